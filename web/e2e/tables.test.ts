// A table taken in on the real page: what its columns mean is said first, and every row is seen before it is recorded.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, complaints, desktop, joined, launch, narrow, overflow, violations } from './browser.ts';
import { Caller } from './person.ts';
import { Server } from './server.ts';

const place = (id: string, name: string): object => ({ type: 'Feature', properties: { id, name_en: name, kind: 'district' }, geometry: { type: 'Point', coordinates: [30, 50] } });
const csv = `Evacuations of May,,,,,,
Ref,Day,Told,Who,Where,Evacuees,Women
#meta+id,#date+occurred,#date+reported,#org+reporting,#loc+name+origin,#affected+evacuated,#affected+evacuated+f
H-1,03/05/2031,2031-05-03,Valley Monitors,Old Town,>300,120
H-2,04/05/2031,2031-05-04,Valley Monitors,Old Town,about 50,
`;

describe.skipIf(!chromiumPath)('a table', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let officer: Caller;
  let said: string[];
  const folder = mkdtempSync(join(tmpdir(), 'safeconduct-table-'));
  const at = '/operations/valley';
  const counts = join(folder, 'counts.csv');

  beforeAll(async () => {
    server = await Server.create();
    await server.start();
    browser = await launch();
    const administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
    await administrator.call('POST', '/operations', { slug: 'valley', name: 'Valley', time_zone: 'Europe/Kyiv', places: { type: 'FeatureCollection', features: [place('old-town', 'Old Town')] } });
    officer = await Caller.invited(server.address, (await administrator.call('POST', `${at}/invitations`, { roles: ['reporting-officer'] })).address, 'The officer');
    page = await (await browser.newContext({ ...desktop, locale: 'en-GB' })).newPage();
    said = complaints(page);
    await joined(page, `${server.address}${(await administrator.call('POST', `${at}/invitations`, { roles: ['monitor'] })).address}`, 'The monitor');
    await page.goto(`${server.address}/room/#/op/valley/incoming`);
    writeFileSync(counts, csv);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const total = async (): Promise<number> => (await officer.call('GET', `${at}/statements`)).total;

  test('its tags propose what the columns mean, a person says the rest, and all of it is taken in once', async () => {
    const form = page.locator('section[aria-labelledby=import]');
    await form.getByLabel('File', { exact: true }).setInputFiles(counts);
    await form.getByText('Something is still to be said').waitFor();
    expect(await form.getByLabel('Stands for: Told').inputValue()).toBe('published');
    expect(await form.getByLabel('Stands for: Evacuees').inputValue()).toBe('quantity');
    expect(await form.getByLabel('Who or what is counted: Women').inputValue()).toBe('women who left');
    expect(await form.getByText('#affected+evacuated+f', { exact: true }).count()).toBe(1);
    expect(await form.getByText('tag #loc+name+origin').count()).toBe(1);
    await form.getByLabel('Type of source, for all rows').selectOption('monitor-group');
    await form.getByLabel('How dates stand').selectOption('day-month-year');
    await form.getByText('3 new').waitFor();
    await form.getByText('more than 300').first().waitFor();
    expect(await total()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: join(tmpdir(), 'safeconduct-table.png'), fullPage: true });
    await form.getByRole('button', { name: 'Take in 3 statements' }).click();
    await form.getByText('3 recorded, 0 were there already.').waitFor();
    expect(await total()).toBe(3);
  });

  test('by keyboard alone a column is given another meaning, and the rows follow', async () => {
    await page.reload();
    const form = page.locator('section[aria-labelledby=import]');
    await form.getByLabel('File', { exact: true }).setInputFiles(counts);
    const select = form.getByLabel('Stands for: Women');
    await select.focus();
    await page.keyboard.press('Home');
    await form.getByLabel('Type of source, for all rows').selectOption('monitor-group');
    await form.getByLabel('How dates stand').selectOption('month-day-year');
    await form.getByText(/problems?: nothing can be taken in|2 new|2 there already/).waitFor();
    expect(await select.inputValue()).toBe('');
    expect(await form.getByText("No field takes the column 'Women'").count()).toBe(1);
  });

  test('a row that can not be read is named by row and column, and another file of the same kind is refused in words', async () => {
    const bad = join(folder, 'bad.csv');
    writeFileSync(bad, csv.replace('about 50', 'a busful'));
    const form = page.locator('section[aria-labelledby=import]');
    await form.getByLabel('File', { exact: true }).setInputFiles(bad);
    await form.getByLabel('Type of source, for all rows').selectOption('monitor-group');
    await form.getByLabel('How dates stand').selectOption('day-month-year');
    await form.getByText("row 5, column 'Evacuees'").waitFor();
    expect(await form.getByRole('button', { name: /^Take in/ }).count()).toBe(0);
    const old = join(folder, 'old.xls');
    writeFileSync(old, Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]));
    await form.getByLabel('File', { exact: true }).setInputFiles(old);
    await form.getByText('This is an old .xls workbook').waitFor();
    expect(said).toEqual([]);
  });

  test('in Arabic on a narrow page nothing has to be scrolled sideways but the tables', async () => {
    const other = await (await browser.newContext({ ...narrow, locale: 'ar' })).newPage();
    await joined(other, `${server.address}${(await officer.call('POST', `${at}/invitations`, { roles: ['monitor'] })).address}`, 'Another monitor');
    await other.goto(`${server.address}/room/#/op/valley/incoming`);
    await other.locator('section[aria-labelledby=import] input[type=file]').first().setInputFiles(counts);
    await other.locator('.mapped select').first().waitFor();
    expect(await overflow(other)).toBeLessThanOrEqual(0);
    expect(await violations(other)).toEqual([]);
    await other.screenshot({ path: join(tmpdir(), 'safeconduct-table-ar.png'), fullPage: true });
    await other.context().close();
  });
});
