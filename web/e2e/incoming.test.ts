// What comes in by line and by list, on the real pages.
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, complaints, desktop, joined, launch, seenEveryWay, violations } from './browser.ts';
import { Caller } from './person.ts';
import { Server, until } from './server.ts';

const root = new URL('../..', import.meta.url).pathname;
const list = join(root, 'cases/aleppo-2016/statements.jsonl');
const { good } = JSON.parse(readFileSync(join(root, 'formats/vectors/line-text.json'), 'utf8')) as { good: { text: string }[] };

describe.skipIf(!chromiumPath)('taking in', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let officer: Caller;
  let said: string[];
  const folder = mkdtempSync(join(tmpdir(), 'safeconduct-list-'));
  const at = '/operations/valley';

  beforeAll(async () => {
    server = await Server.create();
    await server.start();
    browser = await launch();
    const administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
    await administrator.call('POST', '/operations', { slug: 'valley', name: 'Valley', time_zone: 'Asia/Damascus', places: JSON.parse(readFileSync(join(root, 'cases/aleppo-2016/places.geojson'), 'utf8')) });
    officer = await Caller.invited(server.address, (await administrator.call('POST', `${at}/invitations`, { roles: ['reporting-officer'] })).address, 'The officer');
    page = await (await browser.newContext({ ...desktop, locale: 'en-GB' })).newPage();
    said = complaints(page);
    await joined(page, `${server.address}${(await administrator.call('POST', `${at}/invitations`, { roles: ['monitor'] })).address}`, 'The monitor');
    await page.goto(`${server.address}/room/#/op/valley/incoming`);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The chip leads to the statement over whatever is shown, and Esc back to it. */
  const opens = async (chip: Locator, words: string | RegExp): Promise<void> => {
    await chip.click();
    await page.getByRole('dialog').getByText(words).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  const total = async (): Promise<number> => (await officer.call('GET', `${at}/statements`)).total;

  test('a line with a digit heard wrong is not read, and the right one is shown before it is entered, once', async () => {
    const form = page.locator('section[aria-labelledby=line-text]');
    await form.getByLabel('The line').fill(good[0]!.text.replace('4417', '4471'));
    await form.getByRole('button', { name: 'Read it' }).click();
    await form.getByRole('alert').getByText(/check digits are \d\d and the line gives \d\d/).waitFor();
    expect(await total()).toBe(0);
    await form.getByLabel('The line').fill(good[0]!.text.toLowerCase());
    await form.getByRole('button', { name: 'Read it' }).click();
    await form.getByText(/13 people/).waitFor();
    expect(await total()).toBe(0);
    await form.getByRole('button', { name: 'Enter the count' }).click();
    await form.getByText(/^Entered as/).waitFor();
    expect(await total()).toBe(2);
    await opens(form.locator('.chips a').first(), /13 people/);
    await form.getByRole('button', { name: 'Read it' }).click();
    await form.getByText(/entered already; nothing was changed/).waitFor();
    expect(await total()).toBe(2);
    const { statements } = await officer.call('GET', `${at}/statements`);
    expect(statements.find((s: { id: string }) => s.id.startsWith('L-')).reception).toMatchObject({ channel: 'radio', read_back: false });
  });

  test('a list with a bad row in it names the line, and nothing is taken in', async () => {
    const rows = readFileSync(list, 'utf8').trimEnd().split('\n');
    rows[180] = rows[180]!.replace(/"kind": ?"[a-z-]+"/, '"kind": "hearsay"');
    const bad = join(folder, 'bad.jsonl');
    writeFileSync(bad, rows.join('\n'));
    const form = page.locator('section[aria-labelledby=import]');
    await form.getByLabel('File').setInputFiles(bad);
    await form.getByRole('button', { name: 'See what it becomes' }).click();
    await form.getByText(/1 problem: nothing can be taken in/).waitFor();
    expect(await form.locator('.list li').innerText()).toContain('line 181');
    expect(await form.getByRole('button', { name: /Take in/ }).count()).toBe(0);
    expect(await total()).toBe(2);
  });

  test('a list is shown row by row, taken in whole, and taken in again changes nothing', async () => {
    const form = page.locator('section[aria-labelledby=import]');
    await form.getByLabel('File').setInputFiles(list);
    await form.getByRole('button', { name: 'See what it becomes' }).click();
    await form.getByText('367 new').waitFor();
    expect(await form.locator('tbody tr').count()).toBe(200);
    await form.getByRole('button', { name: 'Show 167 more rows' }).click();
    expect(await form.locator('tbody tr').count()).toBe(367);
    expect(await violations(page)).toEqual([]);
    expect(await total()).toBe(2);
    await form.getByRole('button', { name: 'Take in 367 statements' }).click();
    await form.getByText('367 recorded, 0 were there already.').waitFor();
    expect(await total()).toBe(369);
    await form.getByRole('button', { name: 'See what it becomes' }).click();
    await form.getByText('Everything in this list is in the book already.').waitFor();
  });

  test('other words under a known id are refused with both shown, and another kind of file is not read as a list', async () => {
    const rows = readFileSync(list, 'utf8').trimEnd().split('\n');
    const other = join(folder, 'other.jsonl');
    writeFileSync(other, rows[0]!.replace(/"paraphrase": ?"/, '"paraphrase": "Otherwise: '));
    const form = page.locator('section[aria-labelledby=import]');
    await form.getByLabel('File').setInputFiles(other);
    await form.getByRole('button', { name: 'See what it becomes' }).click();
    expect(await form.locator('.list li').innerText()).toMatch(/line 1.*in the book already with other words\. There: .* Here: /s);
    const refused = await officer.raw('POST', `/api/v1${at}/imports`, {}).catch((p: { code: string; status: number }) => p);
    expect(refused).toMatchObject({ status: 415, code: 'request.media-type' });
  });

  const say = async (kind: string, fill: Record<string, string>): Promise<void> => {
    await page.goto(`${server.address}/room/#/op/valley/say?kind=${kind}`);
    await page.reload();
    await page.locator('input[name=who]').fill('Liaison desk');
    for (const [name, value] of Object.entries(fill)) {
      const field = page.locator(`[name="said.${name}"]`);
      if ((await field.evaluate((e) => e.tagName)) === 'SELECT') await field.selectOption(value);
      else await field.fill(value);
    }
  };
  const record = async (): Promise<string> => {
    await page.getByRole('button', { name: 'See how it will stand' }).click();
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    return /Recorded as (\S+)\./.exec(await page.getByText(/^Recorded as/).innerText())![1]!;
  };

  test('a statement of any kind is entered by a form that shows first how it will stand', async () => {
    const before = await total();
    await say('contact', { office: 'Garrison office', asked: 'Passage for the second convoy', answered: 'Agreed', promised: 'The gate opens at noon', promised_by: '2031-05-02T12:00' });
    await page.getByRole('button', { name: 'See how it will stand' }).click();
    await page.getByText('It will stand as:').waitFor();
    expect(await total()).toBe(before);
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByText(/^Recorded as/).waitFor();
    await say('stop', { reason: 'fuel', convoy: 'second convoy', minutes: '20' });
    await record();
    await say('screening', { stopped: '7', batch: 'second convoy' });
    await record();
    await say('incident', { type: 'shooting', 'harm.wounded': '2' });
    const shooting = await record();
    expect((await officer.call('GET', `${at}/statements/${shooting}`)).statement.wording).toBe('shooting: 2 people wounded');
    await say('movement', { step: 'departed', convoy: 'second convoy', aboard: 'about 300' });
    const departed = await record();
    expect((await officer.call('GET', `${at}/statements/${departed}`)).statement.wording).toBe('second convoy departed with about 300 people aboard');
    expect(await total()).toBe(before + 5);
  });

  test('what the server refuses is said with its place, and nothing is recorded', async () => {
    const before = await total();
    await say('stop', { reason: 'fuel', minutes: '99999999' });
    await page.getByRole('button', { name: 'See how it will stand' }).click();
    await page.getByRole('alert').getByText(/said\.minutes: A halt lasts 0 to 86,400 minutes/).waitFor();
    await say('movement', { step: 'departed', aboard: 'a good many' });
    await page.getByRole('button', { name: 'See how it will stand' }).click();
    await page.getByRole('alert').waitFor();
    expect(await total()).toBe(before);
  });

  test('the log has contacts, clearances and stops, and a promise becomes an undertaking', async () => {
    const parties = (await officer.call('GET', at)).parties as { id: string; name: string }[];
    await say('clearance', { convoy: 'second convoy', party: JSON.stringify({ id: parties[0]!.id, name: parties[0]!.name }), state: 'notified' });
    await record();
    await officer.call('POST', `${at}/statements`, { statement: { kind: 'clearance', by: { id: 'mission/room', name: 'Monitoring room', kind: 'own-observers' }, said: { convoy: 'second convoy', party: parties[0], state: 'cleared', reference: 'A-7' } } });
    await page.goto(`${server.address}/room/#/op/valley/log`);
    await page.getByText('A notification gives no guarantee of safety.').waitFor();
    expect(await page.locator('section[aria-labelledby=clearances] tbody li').allInnerTexts()).toEqual([expect.stringMatching(/^cleared.*A-7/), expect.stringMatching(/^notified/)]);
    await page.locator('section[aria-labelledby=stopsTitle] li').getByText('second convoy stopped for 20 minutes, reason: fuel').waitFor();
    await opens(page.locator('section[aria-labelledby=stopsTitle] li a').first(), 'second convoy stopped for 20 minutes, reason: fuel');
    await page.locator('section[aria-labelledby=contacts]').getByText('The gate opens at noon').waitFor();
    await page.getByRole('link', { name: 'Record as an undertaking' }).click();
    await page.locator('input[name="said.what"]').waitFor();
    expect([await page.locator('input[name="said.what"]').inputValue(), await page.locator('input[name="said.who"]').inputValue(), await page.locator('input[name="said.by"]').inputValue()]).toEqual(['The gate opens at noon', 'Garrison office', '2031-05-02T12:00']);
    await page.locator('input[name=who]').fill('Garrison office');
    await record();
  });

  test('two counts of one session stand side by side, and are agreed once the other source confirms one of them', async () => {
    const count = async (source: string, people: number): Promise<string> =>
      (await officer.call('POST', `${at}/statements`, { statement: { kind: 'headcount', by: { id: source, name: source, kind: 'own-observers' }, basis: 'counted', about: '2031-05-02T10:00:00+03:00', from: 'eastern-aleppo', said: { measure: 'left', counted: { unit: 'people', of: 'all', bound: { low: people, high: people } }, batch: 'convoy 9, bus 12, trip 1' } } })).id;
    const [first, second] = [await count('post-1', 51), await count('post-2', 53)];
    const session = async (): Promise<{ difference: number; agreed: number | null }> =>
      (await officer.call('GET', `${at}/situation`)).movements.flatMap((m: { sessions: unknown[] }) => m.sessions).find((s: { counts: { id: string }[] }) => s.counts.some((c) => c.id === first));
    expect(await session()).toMatchObject({ difference: 2, agreed: null });
    const refused = async (of: string): Promise<string> => officer.call('POST', `${at}/statements/${first}/confirmation`, { of }).then(() => '', (p: { code: string }) => p.code);
    expect([await refused(first), await refused('S-999')]).toEqual(['confirm.own-count', 'confirm.unknown']);
    await page.goto(`${server.address}/room/#/op/valley/room`);
    await page.getByText(/^Counts side by side/).click();
    await page.locator('.pair li').filter({ hasText: 'post-1' }).filter({ hasText: '51' }).getByRole('button', { name: 'post-2 confirms this count' }).click();
    await until('the count is agreed', async () => (await session()).agreed === 51);
    for (const id of [first, second]) expect((await officer.call('GET', `${at}/statements/${id}`)).statement.standing).toBe('current');
  });

  test('a statement is corrected in the form it was made in, and the first words stay', async () => {
    const { statements } = await officer.call('GET', `${at}/statements?kind=stop`);
    const first = statements[0].id;
    await page.goto(`${server.address}/room/#/op/valley/statements?open=statement:${first}`);
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    await page.locator('[name="said.minutes"]').fill('45');
    expect(await page.locator('[name="said.reason"]').inputValue()).toBe('fuel');
    await page.locator('textarea[name=reason]').fill('misheard');
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByText(/^Recorded as/).waitFor();
    const whole = await officer.call('GET', `${at}/statements/${first}`);
    expect(whole.statement).toMatchObject({ standing: 'corrected', wording: 'second convoy stopped for 20 minutes, reason: fuel' });
    const corrected = await officer.call('GET', `${at}/statements/${whole.linked_from[0].id}`);
    expect(corrected.statement.wording).toContain('second convoy stopped for 45 minutes, reason: fuel');
    await page.goto(`${server.address}/room/#/op/valley/incoming`);
  });

  for (const language of ['en', 'ar'])
    test(`axe finds nothing in ${language}, light and dark, and nothing runs out of 320 px`, async () => {
      await page.evaluate((l) => localStorage.setItem('language', l), language);
      await page.reload();
      await page.locator('#line-text').waitFor();
      expect(await seenEveryWay(page)).toEqual({ violations: [], fits: true });
    });

  test('no page asked for what its policy refuses', () => expect(said).toEqual([]));
});
