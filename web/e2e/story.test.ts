import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, complaints, desktop, joined, launch, launchKept, seenEveryWay } from './browser.ts';
import { Caller } from './person.ts';
import { Server, until } from './server.ts';

const point = (id: string, name: string, ar: string, at: [number, number]): object => ({ type: 'Feature', id, properties: { id, name, name_en: name, name_ar: ar, kind: 'crossing' }, geometry: { type: 'Point', coordinates: at } });
const places = { type: 'FeatureCollection', features: [point('river-bridge', 'River bridge', 'جسر النهر', [37.1, 36.2]), point('north-gate', 'North gate', 'البوابة الشمالية', [37.2, 36.3])] };

const pictures = process.env['SAFECONDUCT_PICTURES'];
const picture = async (page: Page, name: string): Promise<void> => {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
};

// One mission from the first address that the server prints to a count on the room's screen: the parts of it run in their order.
describe.skipIf(!chromiumPath).each(['en', 'ar'])('a mission, in %s', (language) => {
  let server: Server;
  let browser: Browser;
  let administrator: Caller;
  let officer: Caller;
  let room: Page;
  let phone: BrowserContext;
  let field: Page;
  const folder = mkdtempSync(join(tmpdir(), 'safeconduct-phone-'));
  let photo = '';
  let council: Page;
  const said: string[] = [];

  const opened = async (): Promise<Page> => {
    phone = await launchKept(folder, { locale: language });
    const page = phone.pages()[0] ?? (await phone.newPage());
    said.push(...complaints(page));
    return page;
  };
  const pin = async (): Promise<void> => {
    await field.locator('.keys').waitFor();
    for (const digit of '418027') await field.keyboard.press(digit);
    await field.waitForTimeout(80);
  };
  const menu = (n: number): Promise<void> => field.locator('.tiles .tile').nth(n).click();
  const net = (): Promise<string> => field.locator('.net').innerText();
  const undelivered = async (): Promise<number> => Number(((await net()).match(/[\d٠-٩]+/)?.[0] ?? '0').replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x660)));

  beforeAll(async () => {
    server = await Server.create();
    await server.start();
    browser = await launch();
  });

  afterAll(async () => {
    await phone?.close();
    await browser?.close();
    await server?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the administrator sets up the operation and invites an officer, who opens the room', async () => {
    administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
    await administrator.call('POST', '/operations', { slug: 'valley', name: 'Northern valley', time_zone: 'Asia/Damascus', places });
    const invitation = await administrator.call('POST', '/operations/valley/invitations', { roles: ['reporting-officer'] });
    officer = await Caller.invited(server.address, (await administrator.call('POST', '/operations/valley/invitations', { roles: ['reporting-officer'] })).address, 'Second officer');
    room = await (await browser.newContext({ ...desktop, locale: language })).newPage();
    said.push(...complaints(room));
    await joined(room, `${server.address}${invitation.address}`, 'Officer');
    expect(await room.evaluate(() => document.documentElement.dir)).toBe(language === 'ar' ? 'rtl' : 'ltr');
  });

  test('an observer enrols a phone with the code that the room shows', async () => {
    await room.goto(`${server.address}/room/#/op/valley/devices`);
    await room.locator('input[name=label]').fill('phone 1');
    await room.locator('form.sheet button[type=submit]').click();
    const address = await room.locator('code.address').innerText();
    field = await opened();
    await field.goto(address);
    await field.locator('button[type=submit]').click();
    await pin();
    await pin();
    await field.locator('.stack .tile').first().waitFor();
    await field.evaluate(() => navigator.serviceWorker.ready);
  });

  test('with the server stopped three buses and a shooting are recorded, and nothing is lost by reload, close and a cold start', async () => {
    await server.stop();
    await field.locator('.stack .tile').first().click();
    // The camera is off until somebody switches it on.
    await menu(10);
    await field.locator('fieldset').nth(language === 'ar' ? 4 : 3).locator('.tile').nth(1).click();
    await field.locator('.act button').first().click();
    await menu(0);
    for (const [number, taps] of [['4417', [6, 3, 4]], ['5120', [2, 9, 1]], ['7788', [8, 0, 5]]] as const) {
      for (const [key, times] of taps.entries()) for (let tap = 0; tap < times; tap++) await field.locator('.pad button').nth(key).click();
      if (number === '4417') await picture(field, `field-tally${language === 'en' ? '' : `-${language}`}`);
      await field.locator('.vehicle .name').click();
      await field.locator('input').first().fill(number);
      await field.locator('.act .go').click();
      await field.locator('.act .go').click();
      await field.locator('.act .go').click();
      await field.locator('.line-text').waitFor();
      await field.locator('.act .go').click();
      await field.locator('.pad').waitFor();
    }
    await field.locator('.corner').click();
    await field.waitForTimeout(500);
    await menu(2);
    await field.locator('fieldset .tile').first().click();
    await field.locator('fieldset').nth(1).locator('.tile').first().click();
    const shutter = field.locator('section > button.tile').last();
    await shutter.click();
    await field.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
    await shutter.click();
    photo = /[0-9a-f]{64}/.exec(await field.locator('.hash').innerText())![0];
    await field.locator('.act .go').click();
    await field.waitForTimeout(700);
    const waiting = await undelivered();
    expect(waiting).toBeGreaterThanOrEqual(4);

    await field.reload();
    await pin();
    await field.locator('.net').waitFor();
    expect(await undelivered()).toBe(waiting);
    await phone.close();
    field = await opened();
    await field.goto(`${server.address}/field/`);
    await pin();
    await field.locator('.net').waitFor();
    expect(await undelivered()).toBe(waiting);
  });

  test('when the server is back the phone delivers, and the room shows it within a second of its arrival and without a reload', async () => {
    await room.goto(`${server.address}/room/#/op/valley/statements`).catch(() => undefined);
    await server.start();
    await room.goto(`${server.address}/room/#/op/valley/statements`);
    await room.reload();
    await room.locator('.list').waitFor({ state: 'attached' });
    const before = await room.evaluate(() => performance.timeOrigin);
    await room.evaluate(() => {
      const seen: number[] = [];
      (globalThis as unknown as { seen: number[] }).seen = seen;
      new MutationObserver(() => document.querySelectorAll('.list > li').length > seen.length && seen.push(Date.now())).observe(document.querySelector('main')!, { childList: true, subtree: true });
    });
    // Arrived: the server has answered that the entries are in the record.
    let arrived = 0;
    field.on('response', (answer) => {
      if (arrived === 0 && answer.url().endsWith('/sync/entries') && answer.ok()) arrived = Date.now();
    });
    await until(
      'the phone has delivered everything',
      async () => {
        if ((await undelivered()) === 0) return true;
        await field.locator('.net').click();
        await field.locator('.act .go').click().catch(() => undefined);
        await field.waitForTimeout(400);
        return false;
      },
      60_000,
    );
    await until('the room lists the three counts and the incident', async () => (await room.locator('.list > li').count()) >= 4, 5000);
    expect(await room.evaluate(() => performance.timeOrigin)).toBe(before);
    const first = await room.evaluate(() => (globalThis as unknown as { seen: number[] }).seen[0]!);
    expect(arrived).toBeGreaterThan(0);
    expect(first - arrived).toBeLessThan(1000);
    const { statements } = await officer.call('GET', '/operations/valley/statements');
    const wordings = statements.map((s: { wording: string }) => s.wording).join('\n');
    for (const people of ['13 people', '12 people']) expect(wordings).toContain(people);
    const incidents = statements.filter((s: { kind: string }) => s.kind === 'incident');
    expect(incidents).toHaveLength(1);
    expect((await officer.call('GET', `/operations/valley/statements/${incidents[0].id}`)).attachments).toEqual([{ sha256: photo, media: 'image/jpeg' }]);
    expect(await room.evaluate(async ([id, sha256]) => {
      const bytes = await (await fetch(`/api/v1/operations/valley/statements/${id}/attachments/${sha256}`)).arrayBuffer();
      return Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (b) => b.toString(16).padStart(2, '0')).join('');
    }, [incidents[0].id, photo])).toBe(photo);
  });

  test('what was delivered is in the record, sent twice it is there once, and the record checks', async () => {
    const before = (await officer.call('GET', '/operations/valley/statements')).total;
    await field.reload();
    await pin();
    await field.waitForTimeout(1500);
    expect((await officer.call('GET', '/operations/valley/statements')).total).toBe(before);
    expect(await officer.call('GET', '/operations/valley/record/forks')).toEqual([]);
  });

  const drafts = 'section[aria-labelledby=drafts]';

  /** As a person does it: composed in the room, checked by a colleague, cleared and published in the room. */
  const published = async (): Promise<string> => {
    await room.goto(`${server.address}/room/#/op/valley/reports`);
    await room.locator(`${drafts} > p > button.main`).click();
    await room.locator(`${drafts} form.sheet button[type=submit]`).click();
    await room.locator(`${drafts} .sheets > li`).waitFor();
    const [draft] = await officer.call('GET', '/operations/valley/drafts');
    await officer.call('POST', `/operations/valley/drafts/${draft.id}/check`, { sha256: Object.fromEntries(draft.editions.map((e: { edition: string; sha256: string }) => [e.edition, e.sha256])) });
    // The room hears that it was checked, and offers the second signature without a reload.
    await room.locator(`${drafts} .sheets > li > p > button.main`).click();
    await room.locator(`${drafts} .sheets form button[type=submit]`).click();
    await room.locator(`${drafts} p[role=status]`).waitFor();
    return draft.reference;
  };

  test('the officer publishes a report that a colleague checked, and a party signs in and reads only what was published', async () => {
    await officer.call('POST', '/operations/valley/statements', {
      statement: { kind: 'obstruction', by: { id: 'relief/field', name: 'Relief office', kind: 'responder' }, basis: 'seen', said: { what: 'passage', how: 'blocked' }, paraphrase: 'The relief office saw the gate shut.', handling: 'parties', consent: 'not-needed' },
    });
    const reference = await published();
    const { address } = await administrator.call('POST', '/operations/valley/invitations', { roles: ['party'], party: { id: 'valley-council', name: 'Valley council' } });
    council = await (await browser.newContext({ ...desktop, locale: language })).newPage();
    said.push(...complaints(council));
    await joined(council, `${server.address}${address}`, 'Delegate of the council');

    await council.goto(`${server.address}/room/#/op/valley/reports`);
    await council.locator('.sheets > li h3').getByText(reference).waitFor();
    expect(await council.locator('.sheets .tabs button').count()).toBe(2);
    await council.locator('.sheets .tabs button').first().click();
    const edition = council.frameLocator('iframe.paper');
    await edition.getByText('The relief office saw the gate shut.').first().waitFor();
    const text = await edition.locator('body').innerText();
    for (const hidden of ['13 people', '4417', 'Officer']) expect(text).not.toContain(hidden);
    await picture(council, `party-reads${language === 'en' ? '' : `-${language}`}`);

    await council.goto(`${server.address}/room/#/op/valley/statements`);
    await council.locator('.list > li').first().waitFor();
    expect(await council.locator('.list > li').count()).toBe(1);
  });

  test('the party asks for nothing that is not its own, even behind the pages', async () => {
    const ask = (path: string): Promise<{ status: number; code?: string; total?: number }> => council.evaluate(async (p) => {
      const answer = await fetch(`/api/v1/operations/valley/${p}`);
      return { status: answer.status, ...((await answer.json()) as object) };
    }, path);
    const { statements } = await officer.call('GET', '/operations/valley/statements');
    expect(await ask(`statements/${statements.find((s: { kind: string }) => s.kind === 'incident').id}`)).toMatchObject({ status: 404, code: 'statement.not-found' });
    expect(await ask('situation?lens=kind:un')).toMatchObject({ status: 403, code: 'lens.stays-in-room' });
    expect(await ask('drafts')).toMatchObject({ status: 403 });
  });

  test('the party verifies the record in its own browser, and notes the state for next time', async () => {
    await council.goto(`${server.address}/room/#/op/valley/record`);
    const check = council.locator('section[aria-labelledby=check]');
    await check.locator('button').click();
    await check.locator('.outcome').waitFor();
    expect(await check.locator('.refused').count()).toBe(0);
    await council.reload();
    await check.locator('button').click();
    await check.locator('.outcome').waitFor();
    expect(await council.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith('checked:')))).toBe(true);
    await picture(council, `record-checked${language === 'en' ? '' : `-${language}`}`);
  });

  test('a finding is put to the party, it replies in its own language, and the reply is printed in the next report', async () => {
    const { statements } = await officer.call('GET', '/operations/valley/statements?kind=obstruction');
    await room.goto(`${server.address}/room/#/op/valley/findings`);
    await room.locator('textarea[name=text]').fill('The gate was shut to people who wished to leave.');
    await room.locator('select[name=language]').selectOption('en');
    await room.locator('input[name=about]').fill(statements[0].id);
    await room.locator('input[name=reply_by]').fill('2999-01-01T12:00');
    await room.locator('form[aria-labelledby=new-finding] button[type=submit]').click();
    await room.locator('.sheets > li').waitFor();

    await council.goto(`${server.address}/room/#/op/valley/findings`);
    await council.locator('.sheets textarea').fill('أُغلقت البوابة للصيانة ساعتين فقط.');
    await council.locator('.sheets select[name=language]').selectOption('ar');
    await council.locator('.sheets button[type=submit]').click();
    await council.locator('.beside .said').waitFor();
    await picture(council, `reply${language === 'en' ? '' : `-${language}`}`);

    // The room hears of the reply without a reload, and adopts the finding by name.
    await room.locator('.beside .said').waitFor();
    await picture(room, `findings${language === 'en' ? '' : `-${language}`}`);
    await room.locator('.sheets > li > p > button').click();
    await until('the finding is adopted', async () => (await officer.call('GET', '/operations/valley/findings'))[0].state === 'adopted');

    const reference = await published();
    await picture(room, `reports${language === 'en' ? '' : `-${language}`}`);
    await council.goto(`${server.address}/room/#/op/valley/reports`);
    await council.locator('.sheets > li').filter({ hasText: reference }).locator('.tabs button').first().click();
    const reply = council.frameLocator('iframe.paper').locator('section#replies [lang=ar]');
    await reply.waitFor();
    expect([await reply.getAttribute('dir'), await reply.innerText()]).toEqual(['rtl', 'أُغلقت البوابة للصيانة ساعتين فقط.']);
    const bytes = await council.evaluate(async (r) => (await fetch(`/api/v1/operations/valley/reports/edition?reference=${encodeURIComponent(r)}&edition=parties`)).text(), reference);
    const listed = (await officer.call('GET', '/operations/valley/reports')).find((r: { reference: string }) => r.reference === reference);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(listed.editions.find((e: { edition: string }) => e.edition === 'parties').sha256);
  });

  for (const [view, who] of [['reports', 'room'], ['findings', 'room'], ['record', 'room'], ['reports', 'council'], ['findings', 'council']] as const)
    test(`axe finds nothing on ${view} as the ${who} has it, light and dark, and nothing runs out of 320 px`, async () => {
      const page = who === 'room' ? room : council;
      await page.goto(`${server.address}/room/#/op/valley/${view}`);
      // Nothing stays open from before: a report's frame runs no script, so that axe can't look into it.
      await page.reload();
      await page.locator('main h1').waitFor();
      expect(await seenEveryWay(page)).toEqual({ violations: [], fits: true });
    });

  test('no page asked for what its policy refuses', () => expect(said).toEqual([]));
});
