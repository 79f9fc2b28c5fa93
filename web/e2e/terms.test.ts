// The agreement of the worked case: entered by an officer, read term by term, and shown outside the room without a verdict on who goes for whom.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, complaints, desktop, joined, launch, narrow, overflow, phone, violations } from './browser.ts';
import { Caller, type Problem } from './person.ts';
import type { Server } from './server.ts';
import { servedCase, slug } from './worked-case.ts';

const pictures = process.env['SAFECONDUCT_PICTURES'];
const at = `/operations/${slug}/agreement`;
const text = readFileSync(new URL('../../cases/aleppo-2016/agreement.terms', import.meta.url), 'utf8');
const wrong = text.replace('never weapons-found at pocket, road', 'never weapons-found at pokket, road');
const placeOfWrong = wrong.split('\n').findIndex((line) => line.includes('pokket')) + 1;

describe.skipIf(!chromiumPath)('the terms of the worked case', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let said: string[];
  let monitor: Caller;
  let party: Caller;
  let partyPage: Page;
  let invite: (role: string) => Promise<string>;

  beforeAll(async () => {
    const served = await servedCase('aleppo-2016');
    server = served.server;
    invite = served.invitation;
    browser = await launch();
    page = await (await browser.newContext({ ...desktop, locale: 'en-GB' })).newPage();
    page.setDefaultTimeout(15_000);
    said = complaints(page);
    await joined(page, `${server.address}${await served.invitation('reporting-officer')}`, 'Reporting officer');
    monitor = await Caller.invited(server.address, await served.invitation('monitor'), 'Monitor');
    party = await Caller.invited(server.address, await served.invitation('party', { id: 'turkish-government', name: 'A guarantor' }), 'Somebody of a party');
    partyPage = await (await browser.newContext({ ...desktop, locale: 'en-GB' })).newPage();
    await joined(partyPage, `${server.address}${await served.invitation('party', { id: 'turkish-government', name: 'A guarantor' })}`, 'Another of that party');
  });

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  const show = async (view: string, query = '', on = page): Promise<void> => {
    await on.goto(`${server.address}/room/#/op/${slug}/${view}${query ? `?${query}` : ''}`);
    await on.locator('main h1').waitFor();
  };

  const picture = async (name: string, whole = false): Promise<void> => {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: whole });
  };

  const code = (act: Promise<unknown>): Promise<string> =>
    act.then(
      () => 'done',
      (problem: Problem) => problem.code,
    );

  test('before an agreement is entered the view says so, and a reporting officer how to enter one', async () => {
    await show('terms');
    await page.getByText('No agreement is entered.').waitFor();
    await page.getByRole('link', { name: 'Enter the agreement' }).click();
    await page.getByRole('textbox', { name: 'Text of the agreement' }).waitFor();
    expect(await monitor.call('GET', at)).toMatchObject({ title: null, entered: null, terms: [] });
    expect(await code(monitor.call('PUT', at, { text }))).toBe('not-allowed');
  });

  test('a text with an error is shown its line and column, the caret goes there, and nothing is kept', async () => {
    const area = page.getByRole('textbox', { name: 'Text of the agreement' });
    await area.fill(wrong);
    await page.getByRole('button', { name: 'Enter', exact: true }).click();
    await page.getByText('Nothing was kept.').waitFor();
    const place = page.getByRole('button', { name: `Line ${placeOfWrong}, column 26` });
    await page.getByText("'pokket' is not a place").waitFor();
    await place.focus();
    await page.keyboard.press('Enter');
    expect(await area.evaluate((t: HTMLTextAreaElement) => t.value.slice(t.selectionStart, t.selectionEnd))).toBe('pokket');
    expect(await area.evaluate((t) => t === document.activeElement)).toBe(true);
    await picture('terms-text-wrong');
    expect(await violations(page)).toEqual([]);
    expect((await monitor.call('GET', at)).entered).toBeNull();
  });

  test('the form writes a term into the text, and says at its field what it does not understand', async () => {
    const area = page.getByRole('textbox', { name: 'Text of the agreement' });
    const field = (name: string) => page.getByRole('combobox', { name, exact: true });
    await area.fill(text);
    await page.getByLabel('What kind of term').selectOption('reciprocity');
    await page.getByLabel('Title, as it will be printed').fill('Departures side by side');
    await field('For each').fill('1250 people leave vilages');
    await field('So many').fill('2000 people leave pocket');
    await field('Within').fill('24 hours');
    await page.getByLabel('Either may come first').check();
    await page.getByRole('button', { name: 'Add to the text' }).click();
    await page.locator('.fieldwrong').getByText("'vilages' is not a place").waitFor();
    expect(await field('For each').getAttribute('aria-invalid')).toBe('true');
    await field('For each').fill('1250 people leave villages');
    await page.getByRole('button', { name: 'Add to the text' }).click();
    await page.getByText('Term 27 stands in the text.').waitFor();
    expect(await area.inputValue()).toContain('term 27 "Departures side by side"\n  for each 1250 people who leave villages, 2000 people leave pocket within 24 hours of each other');
    expect(await area.inputValue()).toContain('-- The terms of terms.md');
    expect((await monitor.call('GET', at)).entered).toBeNull();
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('27 terms understood.').waitFor();
    await page.getByRole('button', { name: 'Enter', exact: true }).click();
    await page.getByText('Entered: 27 terms').waitFor();
    await picture('terms-text');
  });

  test('the board lists every term with its words, and no count of them', async () => {
    await page.getByRole('link', { name: 'Back to the terms' }).click();
    await page.locator('.term').first().waitFor();
    expect(await page.locator('.term').count()).toBe(27);
    const words = new Set(await page.locator('.term .reading').allInnerTexts());
    for (const word of words) expect(['met, as reported', 'met late', 'due, not reported met', 'partly met', 'not met, as reported', 'contested', 'not yet due', 'no date; not reported met', 'unclear', 'no report in watched hours']).toContain(word);
    await page.getByText('Computed from statements; not a finding.').waitFor();
    await page.locator('#term-27').getByRole('table', { name: 'Parallel departures' }).waitFor();
    expect(await page.locator('#term-27 .sidebyside tbody tr').count()).toBe(2);
    expect(await page.locator('main').innerText()).not.toMatch(/\d+ (kept|broken|met|contested)/);
    await picture('terms', true);
  });

  test('as known on the 16th at 18:00 fewer terms are there, as they read then, and the address says so', async () => {
    await show('terms', 'as_of=2016-12-16T18:00');
    await page.waitForFunction(() => document.querySelectorAll('.term').length === 14 || document.querySelectorAll('.term').length === 15);
    await page.locator('#term-11').getByText('met late').waitFor();
    await page.locator('#term-11').getByText(/after due/).waitFor();
    expect(await page.locator('#term-16').count()).toBe(0);
    await picture('terms-past');
    await page.getByRole('link', { name: 'Room', exact: true }).click();
    await page.getByRole('region', { name: 'Terms' }).locator('li').first().waitFor();
    expect(await page.getByRole('region', { name: 'Terms' }).locator('li').count()).toBe(5);
    expect(page.url()).toContain('as_of=2016-12-16');
    await picture('terms-card');
  });

  test('what decides a reading opens, who is named stands beside who names them, and a finding can be put from there', async () => {
    await show('terms', 'as_of=2016-12-16T18:00');
    const term = page.locator('#term-10');
    await term.locator('.deciding .st').first().click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await term.locator('summary').focus();
    await page.keyboard.press('Enter');
    await term.getByText('Who is responsible is not resolved.').waitFor();
    expect(await term.locator('.pair > li').count()).toBeGreaterThan(1);
    await term.getByRole('columnheader', { name: 'Known at' }).waitFor();
    expect(await term.locator('.behind tbody tr').count()).toBeGreaterThan(1);
    await term.scrollIntoViewIfNeeded();
    await picture('terms-behind');
    expect(await violations(page)).toEqual([]);
    await term.getByRole('link', { name: /Put a finding on this/ }).click();
    expect(await page.getByLabel('It rests on').inputValue().catch(() => page.locator('input[name=about]').inputValue())).toMatch(/ALP-\d+/);
  });

  test('a party sees no allegation, no verdict on two totals, no text, and no id of what it may not see', async () => {
    // What a monitor heard in confidence changes a reading in the room, and nothing outside it.
    const said = { kind: 'incident', said: { type: 'shelling', alleged_author: 'somebody' }, about: '2016-12-20', from: 'eastern-aleppo' };
    const secret = await monitor.call('POST', `/operations/${slug}/statements`, { statement: { by: { id: 'relief/field', name: 'Relief office', kind: 'responder' }, basis: 'seen', modality: 'asserted', handling: 'room', consent: 'refused', paraphrase: 'The office heard shelling.', ...said } });
    expect(JSON.stringify((await monitor.call('GET', at)).terms)).toContain(secret.id);
    const seen = await party.call('GET', at);
    expect(seen.terms.length).toBeGreaterThan(0);
    const plain = JSON.stringify(seen);
    expect(plain).not.toContain(secret.id);
    for (const key of ['alleged', 'entered', 'problems', 'speaks_through', 'about']) expect(plain).not.toContain(`"${key}"`);
    expect(seen.read_up_to).toBeNull();
    const two = seen.terms.find((t: { id: string }) => t.id === '27');
    for (const key of ['verdict', 'shown', 'since', 'provisional', 'deciding']) expect(two).not.toHaveProperty(key);
    expect(Object.keys(two.clauses[0]).sort()).toEqual(['against', 'ids', 'sentence', 'text', 'total', 'two_totals'].filter((k) => k in two.clauses[0]).sort());
    expect(two.sentence).toMatch(/^Parallel departures: [^.]*\.$/);
    const named = new Set(plain.match(/ALP-\d+/g) ?? []);
    const open = new Set<string>();
    for (const id of named) if ((await code(party.call('GET', `/operations/${slug}/statements/${id}`))) === 'done') open.add(id);
    expect([...named].filter((id) => !open.has(id))).toEqual([]);
    for (const address of [`${at}/history`, `${at}/form`]) expect(await code(party.call('GET', address))).toBe('not-allowed');
    await show('terms', '', partyPage);
    await partyPage.locator('#term-27').getByText('two totals side by side').waitFor();
    if (pictures) await partyPage.screenshot({ path: join(pictures, 'terms-party.png') });
    await partyPage.locator('#term-10 summary').click();
    await partyPage.locator('#term-10 .facts').waitFor();
    expect(await partyPage.getByText('Who is responsible').count()).toBe(0);
    expect(await partyPage.getByText('How the reading changed').count()).toBe(0);
    expect(await partyPage.getByRole('link', { name: 'Change the text' }).count()).toBe(0);
  });

  for (const [language, scheme] of [['en', 'light'], ['en', 'dark'], ['ar', 'light'], ['ar', 'dark']] as const) {
    test(`axe finds nothing in ${language}, ${scheme}, and nothing runs out of a page of 320 px`, async () => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.evaluate((l) => localStorage.setItem('language', l), language);
      for (const view of ['terms', 'terms/text']) {
        await page.setViewportSize(desktop.viewport!);
        await show(view, 'as_of=2016-12-16T18:00');
        await page.reload();
        await page.locator(view === 'terms' ? '.term' : '.code').first().waitFor();
        if (view === 'terms') await page.locator('#term-10 summary').click();
        await page.waitForTimeout(400);
        expect(await violations(page)).toEqual([]);
        await page.setViewportSize(narrow.viewport!);
        await page.waitForTimeout(150);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        if (scheme === 'light' && language === 'ar') {
          await page.setViewportSize(phone.viewport!);
          if (view === 'terms') await page.locator('#term-27').scrollIntoViewIfNeeded();
          await picture(`${view.replace('/', '-')}-phone-ar`);
        }
        if (scheme === 'dark' && language === 'en') {
          if (view === 'terms') await page.locator('#term-27').scrollIntoViewIfNeeded();
          await page.setViewportSize(desktop.viewport!);
          await picture(`${view.replace('/', '-')}-dark`);
        }
      }
    });
  }

  test('a second text takes the place of the first, which stays in the record', async () => {
    const officer = await Caller.invited(server.address, await invite('reporting-officer'), 'Second officer');
    const size = (await officer.call('GET', `/operations/${slug}`)).size;
    expect(await officer.call('PUT', at, { text })).toMatchObject({ changed: true, terms: 26, problems: [] });
    expect(await officer.call('PUT', at, { text })).toMatchObject({ changed: false });
    expect((await officer.call('GET', `/operations/${slug}`)).size).toBe(size + 1);
    expect((await monitor.call('GET', at)).terms).toHaveLength(26);
    expect(await code(officer.call('PUT', at, { text: 'x'.repeat(4_000_001) }))).toBe('agreement.too-large');
  });

  test('no page asked for anything that its policy refuses, and none failed', () => expect(said).toEqual([]));
});
