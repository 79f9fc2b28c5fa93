// A text is pasted, its claims decided by keys, recorded in one act, and each statement leads back to its words. On the real pages and the real server.
import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, complaints, desktop, joined, launch, seenEveryWay, violations } from './browser.ts';
import { Caller, type Problem } from './person.ts';
import { Server } from './server.ts';

const text = `The Harbour Authority said on Friday that 9,500 people had left the Old Town.

The evacuation was suspended after shots were fired at a convoy, the Ministry of Works said. The so-called Valley Watch denied that the evacuation had been suspended.

The Harbour Authority said that 200 people would leave the Old Town on Saturday.

Share this article
`;

const arabic = 'قالت هيئة الميناء يوم الجمعة إن 40 شخصا غادروا البلدة القديمة. 🚌 وأضافت أن الحافلات توقفت.\n';

const feature = (id: string, name: string): object => ({ type: 'Feature', properties: { id, name_en: name, kind: 'district' }, geometry: { type: 'Point', coordinates: [30, 50] } });

describe.skipIf(!chromiumPath)('a pasted text', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let officer: Caller;
  let administrator: Caller;
  let said: string[];
  const at = '/operations/valley';

  beforeAll(async () => {
    server = await Server.create();
    await server.start();
    browser = await launch();
    administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
    await administrator.call('POST', '/operations', { slug: 'valley', name: 'Valley', time_zone: 'Europe/Kyiv', places: { type: 'FeatureCollection', features: [feature('old-town', 'Old Town'), feature('lowmoor', 'Lowmoor')] } });
    officer = await Caller.invited(server.address, (await administrator.call('POST', `${at}/invitations`, { roles: ['reporting-officer'] })).address, 'The officer');
    await officer.call('POST', `${at}/statements`, {
      statement: { kind: 'headcount', by: { id: 'gazette', name: 'The Gazette', kind: 'media' }, said_at: '2031-05-02', about: '2031-05-02', from: 'old-town', said: { measure: 'left', counted: { unit: 'people', of: 'all', bound: { low: 2000, high: 2000 } } } },
    });
    page = await (await browser.newContext({ ...desktop, locale: 'en-GB' })).newPage();
    page.on('dialog', (d) => void d.accept());
    said = complaints(page);
    await joined(page, `${server.address}${(await administrator.call('POST', `${at}/invitations`, { roles: ['monitor'] })).address}`, 'The monitor');
  });

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  const total = async (): Promise<number> => (await officer.call('GET', `${at}/statements`)).total;
  const paste = async (words: string, publisher = 'The Gazette', fields: Record<string, string> = {}): Promise<void> => {
    await page.goto(`${server.address}/room/#/op/valley/room`);
    await page.goto(`${server.address}/room/#/op/valley/intake`);
    await page.locator('textarea[name=text]').fill(words);
    await page.locator('input[name=published]').fill('2031-05-02');
    await page.locator('input[name=publisher]').fill(publisher);
    for (const [name, value] of Object.entries(fields)) await page.locator(`select[name=${name}]`).selectOption(value);
    await page.locator('form.sheet button[type=submit]').click();
    await page.locator('.intake .text').waitFor();
  };
  const cards = (): ReturnType<Page['locator']> => page.locator('.cards article');
  const settle = async (): Promise<void> => {
    await page.locator('.names select').first().waitFor();
    for (const select of await page.locator('.names select').all()) if ((await select.inputValue()) === '') await select.selectOption('new:party');
  };
  const tally = (words: RegExp): Promise<void> => page.locator('.doc [role=status]').getByText(words).waitFor();
  const selected = async (): Promise<string> => (await page.locator('.card.sel .no').innerText()).trim();

  test('stands on the page as it came, with its claims, and nothing is recorded or left in the browser', async () => {
    const before = await total();
    await paste(text);
    expect(await page.locator('.intake .text [data-s]').allInnerTexts().then((all) => all.join(''))).toBe(text.replace(/\n$/, '\n'));
    expect(await cards().count()).toBeGreaterThanOrEqual(4);
    expect(await page.locator('.para.boil').innerText()).toContain('Share this article');
    expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain('Harbour');
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
    expect(await total()).toBe(before);
    expect(await violations(page)).toEqual([]);
  });

  test('is decided by keys: down, up, confirm, reject, undo, and a list of the keys', async () => {
    expect(await selected()).toBe('1');
    await page.keyboard.press('j');
    expect(await selected()).toBe('2');
    await page.keyboard.press('k');
    expect(await selected()).toBe('1');
    await page.keyboard.press('r');
    await tally(/0 confirmed, \d+ to decide, 1 rejected/);
    expect(await selected()).toBe('2');
    await page.keyboard.press('u');
    await tally(/0 confirmed, \d+ to decide, 0 rejected/);
    expect(await selected()).toBe('1');
    await page.keyboard.press('c');
    await page.keyboard.press('c');
    await tally(/2 confirmed, \d+ to decide/);
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('undo the last act').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('u');
    await page.keyboard.press('u');
    await tally(/0 confirmed/);
  });

  test('says beside an edited claim what the book holds against it, before it is confirmed for good', async () => {
    await page.keyboard.press('e');
    const form = page.locator('.card.sel form');
    await form.locator('input[name=how_many]').fill('a good many');
    await form.getByRole('button', { name: 'Confirm as edited' }).click();
    await form.getByRole('alert').getByText(/is not a number in words/).waitFor();
    await form.locator('input[name=how_many]').fill('more than 9,500');
    await form.locator('select[name=of]').selectOption('all');
    await form.locator('select[name=from]').selectOption('old-town');
    await form.locator('select[name=measure]').selectOption('left');
    await form.locator('input[name=about]').fill('2031-05-02');
    await form.getByRole('button', { name: 'Confirm as edited' }).click();
    await tally(/1 confirmed/);
    await page.locator('#claim-1').click();
    await page.locator('#claim-1 .beside').getByText(/The Gazette says 2,000 of the same; this says more than 9,500/).waitFor();
    expect(await page.locator('#claim-1 h3').innerText()).toBe('more than 9,500 people left');
  });

  test('a claim is added by marking words, and another split in two where the caret stands', async () => {
    await page.getByRole('button', { name: 'Add a claim by marking text' }).click();
    const form = page.locator('.card.sel form').first();
    await form.locator('textarea[name=span]').fill('no such words');
    await form.getByRole('button', { name: 'Confirm as edited' }).click();
    await form.getByText('These words do not stand in the text.').waitFor();
    const piece = page.locator('.intake .text [data-s]').first();
    await piece.evaluate((e) => {
      const range = document.createRange();
      range.setStart(e.firstChild!, 4);
      range.setEnd(e.firstChild!, 21);
      getSelection()!.removeAllRanges();
      getSelection()!.addRange(range);
    });
    await form.getByRole('button', { name: 'Take the marked words' }).click();
    expect(await form.locator('textarea[name=span]').inputValue()).toBe('Harbour Authority');
    await form.getByRole('button', { name: 'Confirm as edited' }).click();
    await page.locator('.card').getByText('Added').waitFor();
    await page.locator('#claim-2').click();
    await page.keyboard.press('s');
    const quote = await page.locator('#claim-2 .editing textarea').inputValue();
    await page.locator('#claim-2 .editing textarea').evaluate((e: HTMLTextAreaElement, caret) => e.setSelectionRange(caret, caret), quote.indexOf(' ', 4));
    await page.getByRole('button', { name: 'Split here' }).click();
    await page.locator('#claim-2 .splits li').nth(1).waitFor();
    await tally(/4 confirmed/);
  });

  test('is recorded in one act once every name is settled, and each statement leads to its words in the text', async () => {
    const before = await total();
    const record = page.getByRole('button', { name: /^Record \d+ confirmed/ });
    expect(await record.isDisabled()).toBe(true);
    await settle();
    await page.locator('#claim-3').click();
    await page.keyboard.press('r');
    await record.click();
    await page.getByText('4 statements recorded.').waitFor();
    expect(await total()).toBe(before + 4);
    await page.locator('.recordednow .chips a').first().click();
    await page.getByRole('dialog').getByText('more than 9,500 people left').first().waitFor();
    await page.getByRole('link', { name: 'Show the words in the text' }).click();
    await page.locator('.kepttext mark.on').first().waitFor();
    expect(text).toContain((await page.locator('.kepttext mark.on').allInnerTexts()).join(''));
    expect((await page.locator('.kepttext .text p').innerText()).replace(/T-\S+/g, '')).toContain('Share this article');
    expect(await violations(page)).toEqual([]);
  });

  test('the record holds the text once, unchanged, with what was done to each claim, and the audit log who did it', async () => {
    const sha256 = createHash('sha256').update(text).digest('hex');
    const kept = await officer.call('GET', `${at}/texts/${sha256}`);
    expect(kept.text).toBe(text);
    expect(kept.reviews).toHaveLength(1);
    expect(kept.reviews[0].claims.map((c: { act: string }) => c.act)).toEqual(['edited', 'split', 'split', 'added', 'rejected']);
    for (const c of kept.reviews[0].claims) {
      if (!c.statement) continue;
      const whole = await officer.call('GET', `${at}/statements/${c.statement}`);
      expect(whole.statement.words).toMatchObject({ text: text.slice(c.start, c.end), document_sha256: sha256, start: c.start, end: c.end });
    }
    const auditor = await Caller.invited(server.address, (await administrator.call('POST', `${at}/invitations`, { roles: ['auditor'] })).address, 'The auditor');
    const { events } = await auditor.call('GET', `${at}/audit`);
    const lines = events.filter((e: { target: string }) => e.target === sha256) as { act: string; reason: string | null }[];
    expect(lines.map((l) => l.act)).toContain('read-text');
    expect(lines.find((l) => l.act === 'reviewed-text')!.reason).toMatch(/edited 1 \(1\); split 2 \(2 2\); added 1.*; rejected 1 \(3\); rules /);
    expect(JSON.stringify(lines)).not.toContain('Harbour');
  });

  test('the same review sent twice is one, other words under its ids are refused, and rules that changed ask for a new reading', async () => {
    const body = (more: object): object => ({ text, published: '2031-05-02', publisher: { name: 'The Gazette' }, sources: [], handling: 'public', ...more });
    const reading = await officer.call('POST', `${at}/texts/read`, { text, published: '2031-05-02' });
    const last = reading.proposals.at(-1);
    const claims = [{ proposal: last.n, edit: { speakers: { said_by: '', via: [] }, places: { from: 'old-town', to: '', via: '' } } }];
    const before = await total();
    expect(await officer.call('POST', `${at}/texts?dry=true`, body({ claims }))).toMatchObject({ dry: true, drafts: [{ claim: 0, said_by: 'The Gazette' }], recorded: 0 });
    expect(await total()).toBe(before);
    expect(await officer.call('POST', `${at}/texts`, body({ claims }))).toMatchObject({ recorded: 1, already_there: 0 });
    expect(await officer.call('POST', `${at}/texts`, body({ claims }))).toMatchObject({ recorded: 0, already_there: 1 });
    expect(await total()).toBe(before + 1);
    const refused = (more: object): Promise<Problem> => officer.call('POST', `${at}/texts`, body(more)).then(() => expect.fail('it was taken'), (p: Problem) => p);
    expect(await refused({ claims: [{ proposal: last.n }], sources: [{ name: last.source?.name ?? 'x', kind: 'party' }] })).toMatchObject({ code: 'book.same-id-other-words' });
    expect(await refused({ claims, lexicon: 'another 9' })).toMatchObject({ status: 409, code: 'text.lexicon-changed' });
    expect(await refused({ claims: [{ proposal: 1 }], publisher: { name: 'Somebody new' } })).toMatchObject({ code: 'source.kind' });
    expect(await refused({ claims: [], rejected: [1] })).toMatchObject({ code: 'review.nothing-confirmed' });
    expect(await total()).toBe(before + 1);
  });

  test('what is no text to review is refused with what to do', async () => {
    const refused = (body: object): Promise<Problem> => officer.call('POST', `${at}/texts/read`, body).then(() => expect.fail('it was read'), (p: Problem) => p);
    expect(await refused({ text: ' \n', published: '2031-05-02' })).toMatchObject({ status: 422, code: 'text.empty' });
    expect(await refused({ text })).toMatchObject({ status: 422, code: 'text.published' });
    expect(await refused({ text: 'zero \u0000 byte', published: '2031-05-02' })).toMatchObject({ status: 422, code: 'text.binary' });
    expect(await refused({ text: 'half \ud83d of it', published: '2031-05-02' })).toMatchObject({ status: 400 });
    expect(await refused({ text: 'x'.repeat(200_001), published: '2031-05-02' })).toMatchObject({ status: 413, code: 'text.too-long' });
    await page.goto(`${server.address}/room/#/op/valley/intake`);
    await page.locator('input[type=file]').setInputFiles({ name: 'text.txt', mimeType: 'text/plain', buffer: Buffer.from([0x63, 0x61, 0x66, 0xe9]) });
    await page.getByRole('alert').getByText(/not UTF-8/).waitFor();
  });

  test('markup in a text is text, and line ends of a file are kept', async () => {
    const markup = 'The Harbour Authority said that <img src=x onerror="document.title=1"> 9,500 people had left.\r\n\r\n<script>document.title = 2</script>\r\n';
    await page.goto(`${server.address}/room/#/op/valley/room`);
    await page.goto(`${server.address}/room/#/op/valley/intake`);
    await page.locator('input[type=file]').setInputFiles({ name: 'text.txt', mimeType: 'text/plain', buffer: Buffer.from(markup) });
    await page.locator('input[name=published]').fill('2031-05-02');
    await page.locator('input[name=publisher]').fill('The Gazette');
    await page.locator('form.sheet button[type=submit]').click();
    await page.locator('.intake .text').waitFor();
    expect(await page.locator('.intake .text [data-s]').evaluateAll((all) => all.map((e) => e.textContent).join(''))).toBe(markup);
    expect(await page.locator('.intake .text img, .intake .text script').count()).toBe(0);
  });

  for (const language of ['en', 'ar'])
    test(`an Arabic text is whole, axe finds nothing in ${language}, light and dark, and nothing runs out of 320 px`, async () => {
      await page.evaluate((l) => localStorage.setItem('language', l), language);
      await page.goto(`${server.address}/room/#/op/valley/room`);
      await page.reload();
      await paste(arabic, 'صحيفة الوادي', { language: 'ar' });
      expect(await page.locator('.intake .text [data-s]').evaluateAll((all) => all.map((e) => e.textContent).join(''))).toBe(arabic);
      expect(await seenEveryWay(page)).toEqual({ violations: [], fits: true });
    });

  test('no page asked for what its policy refuses', () => expect(said).toEqual([]));
});
