// What was exported comes back by the room's own page: what the book has is counted, what the file can't bring back is named, and nothing is doubled.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, complaints, desktop, joined, launch, narrow, overflow, violations } from './browser.ts';
import { Caller } from './person.ts';
import { Server } from './server.ts';

const place = (id: string, name: string): object => ({ type: 'Feature', properties: { id, name_en: name, kind: 'district' }, geometry: { type: 'Point', coordinates: [30, 50] } });
const table = `Ref,Date,Reported on,Source,Source type,From,Evacuees
A-1,2031-05-02,2031-05-03,Harbour Authority,party,Old Town,300
A-2,2031-05-02,2031-05-03,Valley Monitors,monitor-group,Old Town,more than 250
A-3,2031-05-03,2031-05-04,Valley Monitors,monitor-group,Old Town,about 50
`;
const formats = { csv: 'x.csv', hxl: 'x.hxl.csv', 'hxl-json': 'x.hxl.json', geojson: 'x.geojson', json: 'x.json', xlsx: 'x.xlsx' };

describe.skipIf(!chromiumPath)('an export that comes back', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let officer: Caller;
  const readers = new Map<string, Caller>();
  let administrator: Caller;
  let said: string[];
  const folder = mkdtempSync(join(tmpdir(), 'safeconduct-returned-'));

  const file = async (op: string, format: string, name: string): Promise<string> => {
    const answer = await officer.stream(`/operations/${op}/export?format=${format}`, AbortSignal.timeout(60_000));
    const path = join(folder, name);
    writeFileSync(path, Buffer.from(await answer.arrayBuffer()));
    return path;
  };
  const total = async (op: string): Promise<number> => (await readers.get(op)!.call('GET', `/operations/${op}/statements`)).total;
  const form = (of: Page = page) => of.locator('section[aria-labelledby=import]');

  beforeAll(async () => {
    server = await Server.create();
    await server.start();
    browser = await launch();
    administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
    for (const slug of ['valley', 'ridge']) await administrator.call('POST', '/operations', { slug, name: slug, time_zone: 'Europe/Kyiv', places: { type: 'FeatureCollection', features: [place('old-town', 'Old Town')] } });
    for (const op of ['valley', 'ridge']) readers.set(op, await Caller.invited(server.address, (await administrator.call('POST', `/operations/${op}/invitations`, { roles: ['reporting-officer'] })).address, `The officer of the ${op}`));
    officer = readers.get('valley')!;
    page = await (await browser.newContext({ ...desktop, locale: 'en-GB' })).newPage();
    said = complaints(page);
    await joined(page, `${server.address}${(await administrator.call('POST', '/operations/valley/invitations', { roles: ['monitor'] })).address}`, 'The monitor');
    await page.goto(`${server.address}/room/#/op/valley/incoming`);
    const counts = join(folder, 'counts.csv');
    writeFileSync(counts, table);
    await form().getByLabel('File', { exact: true }).setInputFiles(counts);
    await form().getByRole('button', { name: 'Take in 3 statements' }).click();
    await form().getByText('3 recorded, 0 were there already.').waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  test('in every format it is known as an export, and all of it is in the book already', async () => {
    for (const [format, name] of Object.entries(formats)) {
      const path = await file('valley', format, name);
      await page.reload();
      await form().getByLabel('File', { exact: true }).setInputFiles(path);
      await form().getByText('This is an export of a book.').waitFor();
      expect(await form().getByText('0 new · 3 there already · 0 that this file can’t bring back').count(), format).toBe(1);
      expect(await form().getByText('Everything in this list is in the book already.').count(), format).toBe(1);
      expect(await form().getByRole('button', { name: /^Take in/ }).count(), format).toBe(0);
      expect(await form().getByLabel(/^Stands for/).count(), format).toBe(0);
    }
    expect(await violations(page)).toEqual([]);
    expect(await total('valley')).toBe(3);
  });

  test('what the book has not is recorded word for word, once, and what was changed by hand is refused by row and column', async () => {
    const path = await file('valley', 'csv', 'y.csv');
    const other = await (await browser.newContext({ ...desktop, locale: 'en-GB' })).newPage();
    const heard = complaints(other);
    await joined(other, `${server.address}${(await administrator.call('POST', '/operations/ridge/invitations', { roles: ['monitor'] })).address}`, 'A monitor of the ridge');
    await other.goto(`${server.address}/room/#/op/ridge/incoming`);
    await form(other).getByLabel('File', { exact: true }).setInputFiles(path);
    await form(other).getByText('3 new · 0 there already · 0 that this file can’t bring back').waitFor();
    expect(await total('ridge')).toBe(0);
    await form(other).getByRole('button', { name: 'Take in 3 statements' }).click();
    await form(other).getByText('3 recorded, 0 were there already.').waitFor();
    expect(await total('ridge')).toBe(3);
    const wording = async (op: string): Promise<string[]> => (await readers.get(op)!.call('GET', `/operations/${op}/statements`)).statements.map((s: { id: string; wording: string }) => `${s.id} ${s.wording}`).sort();
    expect(await wording('ridge')).toEqual(await wording('valley'));
    const changed = join(folder, 'changed.csv');
    writeFileSync(changed, readFileSync(path, 'utf8').replace(',300,300,', ',900,300,'));
    await form(other).getByLabel('File', { exact: true }).setInputFiles(changed);
    await form(other).getByText("'900' stands here, and the statement says '300'").waitFor();
    expect(await form(other).getByText("row 2, column 'low'").count()).toBe(1);
    expect(await form(other).getByRole('button', { name: /^Take in/ }).count()).toBe(0);
    expect(heard).toEqual([]);
    await other.context().close();
  });

  test('what was shown in part is named and left behind, in Arabic too', async () => {
    // As a reader outside gets it: no entry, and no signed words in the last cell.
    const whole = JSON.parse(await (await officer.stream('/operations/valley/export?format=json', AbortSignal.timeout(60_000))).text()) as { statements: { entry: string; statement: Record<string, unknown> }[] };
    whole.statements[0] = { entry: '', statement: { ...whole.statements[0]!.statement, coarse: true } };
    const path = join(folder, 'part.json');
    writeFileSync(path, JSON.stringify(whole));
    await page.reload();
    await form().getByLabel('File', { exact: true }).setInputFiles(path);
    await form().getByText('0 new · 2 there already · 1 that this file can’t bring back').waitFor();
    expect(await form().getByText('its reader was shown it in part, and what this book has under that id stays as it is').count()).toBe(1);
    expect(await form().getByText('Nothing in it is new that this file could bring back.').count()).toBe(1);
    expect(await form().getByText('Everything in this list is in the book already.').count()).toBe(0);
    await page.screenshot({ path: join(tmpdir(), 'safeconduct-returned.png'), fullPage: true });
    const small = await (await browser.newContext({ ...narrow, locale: 'ar' })).newPage();
    await joined(small, `${server.address}${(await administrator.call('POST', '/operations/valley/invitations', { roles: ['monitor'] })).address}`, 'Another monitor');
    await small.goto(`${server.address}/room/#/op/valley/incoming`);
    await form(small).locator('input[type=file]').first().setInputFiles(path);
    await form(small).getByText('هذا تصدير من دفتر').waitFor();
    expect(await overflow(small)).toBeLessThanOrEqual(0);
    expect(await violations(small)).toEqual([]);
    await small.context().close();
    expect(await total('valley')).toBe(3);
    expect(said).toEqual([]);
  });
});
