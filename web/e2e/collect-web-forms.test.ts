// ODK Web Forms in a real Chromium, on a page of its own: a form of this server filled by hand, in English and in Arabic, sent, and read back.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from 'vite';
import { chromiumPath, complaints, launch } from './browser.ts';
import { Collect } from './collect/collect.ts';
import { type Mission, mission } from './collect/mission.ts';

const pictures = process.env['SAFECONDUCT_PICTURES'];
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

describe.skipIf(!chromiumPath)('ODK Web Forms', () => {
  const built = mkdtempSync(join(tmpdir(), 'safeconduct-web-forms-'));
  let here: Mission;
  let browser: Browser;

  beforeAll(async () => {
    await build({ root: new URL('./collect/page', import.meta.url).pathname, base: './', logLevel: 'error', configFile: false, build: { outDir: built, emptyOutDir: true, target: 'es2022' } });
    here = await mission();
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    await here?.server.remove();
    rmSync(built, { recursive: true, force: true });
  });

  const total = async (): Promise<number> => (await here.officer.call('GET', '/operations/valley/statements?limit=1')).total;

  /** The page under the server's own address; whatever it asks of any other address is refused and named. */
  async function opened(user: Collect, form: string, lang: string): Promise<{ page: Page; elsewhere: string[]; said: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1000, height: 1000 }, locale: lang, timezoneId: 'Asia/Damascus', hasTouch: false });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const elsewhere: string[] = [];
    const said = complaints(page);
    await page.route('**/*', async (route) => {
      const asked = new URL(route.request().url());
      if (asked.protocol !== 'data:' && asked.origin !== here.server.address) {
        elsewhere.push(asked.href);
        return route.abort();
      }
      if (!asked.pathname.startsWith('/web-forms/')) return route.continue();
      const file = asked.pathname.slice('/web-forms/'.length) || 'index.html';
      return route.fulfill({ body: readFileSync(join(built, file)), contentType: types[extname(file)] });
    });
    await page.goto(`${here.server.address}/web-forms/?${new URLSearchParams({ collect: new URL(user.address).pathname, form, lang })}`);
    await page.locator('.odk-form .question-container').first().waitFor();
    return { page, elsewhere, said };
  }

  const question = (page: Page, label: string): Locator => page.locator('.question-container').filter({ has: page.locator('.control-text label').getByText(label, { exact: true }) });

  /** As a hand does it: into the field, key by key. The small arrows of a number lie over its middle where the page runs from right to left. */
  async function typed(page: Page, label: string, keys: string): Promise<void> {
    const field = question(page, label).locator('input, textarea');
    await field.scrollIntoViewIfNeeded();
    if ((await field.getAttribute('role')) === 'spinbutton') await field.focus();
    else await field.click();
    await page.keyboard.type(keys, { delay: 5 });
  }

  /** An hour ago on the clock of the operation, as the field takes it. */
  const anHourAgo = (): string => new Date(Date.now() - 3_600_000).toLocaleString('sv-SE', { timeZone: 'Asia/Damascus' }).replace(' ', 'T').slice(0, 16);

  test('opens every form of the server without an error, and asks nobody else for anything', async () => {
    for (const { formID } of await here.phone.forms()) {
      const { page, elsewhere, said } = await opened(here.phone, formID, 'en');
      expect(await page.locator('.form-load-failure-dialog').count()).toBe(0);
      expect(await page.locator('.question-container').count(), formID).toBeGreaterThan(3);
      expect([elsewhere, said]).toEqual([[], []]);
      await page.context().close();
    }
  });

  test('a count filled by hand in English stands in the record as it was filled in', async () => {
    const { page, elsewhere, said } = await opened(here.phone, 'safeconduct-count', 'en');
    const before = await total();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Count at least one group. If nobody boarded, write 0.').waitFor();
    expect(await total()).toBe(before);
    await question(page, 'Which line').getByRole('combobox').click();
    await page.getByRole('option', { name: /River bridge/ }).click();
    await question(page, 'Kind of vehicle').getByText('Bus', { exact: true }).click();
    await typed(page, 'Door number or last digits of the plate', '4417');
    await typed(page, 'Trip', '2');
    await typed(page, 'Convoy, in your words', 'second convoy');
    await typed(page, 'Women', '6');
    await typed(page, 'Men', '3');
    await typed(page, 'Girls (under 18)', '4');
    const closed = anHourAgo();
    await typed(page, 'When the vehicle was closed', closed);
    await question(page, 'Did the people concerned agree that this is passed on').getByText('They agreed', { exact: true }).click();
    if (pictures) await page.screenshot({ path: join(pictures, 'collect-web-forms.png'), fullPage: true, clip: { x: 0, y: 0, width: 1000, height: 1420 } });
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('#answer').getByText(/^201 \w/).waitFor();
    // A new sheet lies ready: nothing of the last one is left on the screen.
    expect(await question(page, 'Women').locator('input').inputValue()).toBe('');
    const [kept] = (await here.officer.call('GET', '/operations/valley/statements?said=true&limit=1')).statements;
    expect(kept.said).toMatchObject({
      measure: 'left',
      including: [{ of: 'women', bound: { low: 6, high: 6 } }, { of: 'men', bound: { low: 3, high: 3 } }, { of: 'girls', bound: { low: 4, high: 4 } }],
      batch: 'second convoy, bus 4417, trip 2',
    });
    // Boys, and those whose group was not seen, were left empty: nobody said that there were none.
    expect(kept.said.counted).toEqual({ unit: 'people', of: 'all', bound: { low: 13 } });
    const whole = (await here.officer.call('GET', `/operations/valley/statements/${kept.id}`)).json;
    expect(whole).toMatchObject({ via: 'river-bridge', consent: 'given' });
    expect(whole.about).toMatch(new RegExp(`^${closed}`));
    expect(await total()).toBe(before + 1);
    expect([elsewhere, said]).toEqual([[], []]);
    await page.context().close();
  });

  test('a person who types a time is told how, and a day alone is said as a day', async () => {
    const { page } = await opened(here.phone, 'safeconduct-convoy', 'en');
    const before = await total();
    await question(page, 'When').getByText('Day and hour. Where it is typed: 2031-05-02T14:10').waitFor();
    await typed(page, 'Name of the convoy, in your words', 'third convoy');
    await question(page, 'What the convoy did').getByText('Departed', { exact: true }).click();
    await typed(page, 'When', '14:10');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Not read as a day and hour (2031-05-02T14:10), or not yet come. Check both.').waitFor();
    expect(await total()).toBe(before);
    await question(page, 'When').locator('input').fill('');
    await typed(page, 'When', anHourAgo().slice(0, 10));
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('#answer').getByText(/^201 \w/).waitFor();
    const [kept] = (await here.officer.call('GET', '/operations/valley/statements?said=true&limit=1')).statements;
    expect((await here.officer.call('GET', `/operations/valley/statements/${kept.id}`)).json.about).toBe(anHourAgo().slice(0, 10));
    await page.context().close();
  });

  test('an incident filled by hand in Arabic, from right to left, is the same to the record', async () => {
    const phone = await here.another('مكتب', 'ar');
    const { page, elsewhere, said } = await opened(phone, 'safeconduct-incident', 'ar');
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('.odk-form')!).direction)).toBe('rtl');
    expect(await page.locator('h1:visible').innerText()).toBe('حادث');
    const before = await total();
    await question(page, 'ماذا حدث').getByText('قصف', { exact: true }).click();
    await question(page, 'كيف عرفت').getByText('سمعت', { exact: true }).click();
    await typed(page, 'متى', anHourAgo());
    await question(page, 'أين').getByRole('combobox').click();
    await page.getByRole('option', { name: /جسر النهر/ }).click();
    await question(page, 'هل أصيب أحد').getByText('نعم', { exact: true }).click();
    await typed(page, 'جرحى', '12');
    await typed(page, 'بكلماتك', 'قذيفتان قرب الجسر');
    if (pictures) await page.screenshot({ path: join(pictures, 'collect-web-forms-ar.png'), fullPage: true });
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('#answer').getByText(/^201 [\u0600-\u06ff]/).waitFor();
    const [kept] = (await here.officer.call('GET', '/operations/valley/statements?said=true&limit=1')).statements;
    expect(kept.said).toMatchObject({ type: 'shelling', harm: [{ counted: { unit: 'people', bound: { low: 12, high: 12 } } }] });
    const whole = (await here.officer.call('GET', `/operations/valley/statements/${kept.id}`)).json;
    expect(whole).toMatchObject({ basis: 'heard', words: { text: 'قذيفتان قرب الجسر', language: 'ar' } });
    expect(await total()).toBe(before + 1);
    expect([elsewhere, said]).toEqual([[], []]);
    await page.context().close();
  });
});
