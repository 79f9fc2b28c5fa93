import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, complaints, desktop, launch, launchKept } from './browser.ts';
import { Caller, oneTimeCode, passwordOf } from './person.ts';
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
    await room.goto(`${server.address}${invitation.address}`);
    await room.locator('input[name=name]').fill('Officer');
    await room.locator('input[name=password]').fill(passwordOf('Officer'));
    await room.locator('button[type=submit]').click();
    await room.locator('input[name=code]').fill(oneTimeCode(await room.locator('#secret').innerText()));
    await room.locator('button[type=submit]').click();
    await room.locator('nav').waitFor();
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
    expect(statements.filter((s: { kind: string }) => s.kind === 'incident')).toHaveLength(1);
  });

  test('what was delivered is in the record, sent twice it is there once, and the record checks', async () => {
    const before = (await officer.call('GET', '/operations/valley/statements')).total;
    await field.reload();
    await pin();
    await field.waitForTimeout(1500);
    expect((await officer.call('GET', '/operations/valley/statements')).total).toBe(before);
    expect(await officer.call('GET', '/operations/valley/record/forks')).toEqual([]);
  });

  test('a party sees nothing of the room that was not given to it, and takes the record to check', async () => {
    const invitation = await administrator.call('POST', '/operations/valley/invitations', { roles: ['party'], party: { id: 'valley-council', name: 'Valley council' } });
    const party = await Caller.invited(server.address, invitation.address, 'Council');
    expect((await party.call('GET', '/operations/valley/statements')).total).toBe(0);
    expect((await party.call('GET', '/operations/valley/situation')).figures).toEqual([]);
    const known = (await officer.call('GET', '/operations/valley/statements')).statements[0].id;
    await expect(party.call('GET', `/operations/valley/statements/${known}`)).rejects.toThrow('statement.not-found');
    await expect(party.call('GET', '/operations/valley/situation?lens=kind:un')).rejects.toThrow('lens.stays-in-room');
    expect((await party.call('GET', '/operations/valley/record/entries')).entries.length).toBeGreaterThan(5);
  });

  test('no page asked for what its policy refuses', () => expect(said).toEqual([]));
});
