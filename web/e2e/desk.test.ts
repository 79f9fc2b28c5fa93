// What leaves the room: findings and replies, drafts and signatures, publication, errata. Through the interface alone; the pages of it are in desk.pages.test.ts.
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hexOf } from '../shared/record/index.ts';
import { Caller, type Problem } from './person.ts';
import { Phone } from './phone.ts';
import { Server } from './server.ts';

let server: Server;
let administrator: Caller;
let composer: Caller;
let colleague: Caller;
let council: Caller;
let army: Caller;
const at = '/operations/valley';
const invited = async (name: string, roles: string[], party?: { id: string; name: string }): Promise<Caller> =>
  Caller.invited(server.address, (await administrator.call('POST', `${at}/invitations`, { roles, ...(party ? { party } : {}) })).address, name);

beforeAll(async () => {
  server = await Server.create();
  await server.start();
  administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
  await administrator.call('POST', '/operations', { slug: 'valley', name: 'Northern valley', time_zone: 'Asia/Damascus' });
  composer = await invited('Composer', ['reporting-officer']);
  colleague = await invited('Colleague', ['reporting-officer']);
  council = await invited('Council', ['party'], { id: 'valley-council', name: 'Valley council' });
  army = await invited('The army', ['party'], { id: 'army', name: 'Army' });
});

afterAll(() => server?.remove());

const code = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (problem: Problem) => problem.code,
  );

const said = (statement: object): Promise<{ id: string }> =>
  composer.call('POST', `${at}/statements`, { statement: { by: { id: 'relief/field', name: 'Relief office', kind: 'responder' }, basis: 'seen', modality: 'asserted', handling: 'public', consent: 'not-needed', ...statement } });

const draft = { title: 'Northern valley', cut_off: '' };
const hashes = (made: { editions: { edition: string; sha256: string }[] }): object => ({ sha256: Object.fromEntries(made.editions.map((e) => [e.edition, e.sha256])) });
const edition = (who: Caller, reference: string, which: string): Promise<string> => who.call('GET', `${at}/reports/edition?reference=${encodeURIComponent(reference)}&edition=${which}`);
let shut: string;
let finding: string;

test('a finding goes to the party it speaks of and to nobody else outside the room', async () => {
  shut = (await said({ kind: 'obstruction', said: { what: 'passage', how: 'blocked' }, paraphrase: 'The office saw the north gate shut from noon.' })).id;
  const put = { text: 'The north gate was shut from noon on.', about: [shut], reply_by: '2999-01-01' };
  expect(await code(composer.call('POST', `${at}/findings`, { ...put, to: 'nobody-here' }))).toBe('finding.party-unknown');
  expect(await code(composer.call('POST', `${at}/findings`, { ...put, to: 'valley-council', reply_by: '2001-01-01' }))).toBe('finding.reply-by-past');
  expect(await code(composer.call('POST', `${at}/findings`, { ...put, to: 'valley-council', about: ['S-99'] }))).toBe('finding.unknown-statement');
  finding = (await composer.call('POST', `${at}/findings`, { ...put, to: 'valley-council', handling: 'public' })).id;
  expect(await council.call('GET', `${at}/findings/mine`)).toMatchObject([{ id: finding, state: 'open', text: put.text, to: { name: 'Valley council' } }]);
  expect(await army.call('GET', `${at}/findings/mine`)).toEqual([]);
  expect(await code(army.call('POST', `${at}/findings/${finding}/replies`, { text: 'Not ours.' }))).toBe('finding.not-found');
  for (const party of [council, army]) expect((await party.call('GET', `${at}/statements?kind=finding`)).total).toBe(0);
  expect(await code(composer.call('POST', `${at}/findings/${finding}/adoption`, {}))).toBe('finding.reply-time-not-over');
});

test('a finding is adopted at the desk alone: a statement that reads like it is refused from the room, and not shown from a device', async () => {
  const forged = { kind: 'comment', said: { text: 'Adopted by the head of the mission.' }, handling: 'public', consent: 'not-needed', links: [{ relation: 'confirms', to: finding }] };
  for (const by of [{ id: 'mission/room', name: 'Monitoring room', kind: 'own-observers' }, { id: 'own/first-post', name: 'First post', kind: 'own-observers' }])
    expect(await code(said({ ...forged, by }))).toBe('finding.adopted-elsewhere');
  const put = { kind: 'finding', said: { text: 'The gate was shut.', about: [shut], to: { id: 'valley-council', name: 'Valley council' }, reply_by: '2001-01-01' } };
  expect(await code(said(put))).toBe('finding.put-elsewhere');
  const phone = await Phone.enrolled(composer, 'valley', 'first post');
  const now = new Date().toISOString().slice(0, 16) + 'Z';
  const outcome = await phone.send([await phone.count(0, {}, { v: 1, ...forged, id: 'F-FORGED', by: { id: 'mission/room', name: 'Monitoring room', kind: 'own-observers' }, said_at: now, about: now, basis: 'not-said' })]);
  expect(outcome.taken).toHaveLength(1);
  expect(await code(composer.call('GET', `${at}/statements/F-FORGED`))).toBe('statement.not-found');
  expect((await composer.call('GET', `${at}/findings`))[0]).toMatchObject({ id: finding, state: 'open', adopted_by: null });
  for (const party of [council, army]) expect((await party.call('GET', `${at}/statements?kind=finding`)).total).toBe(0);
});

test('a reply stands in its own language, and the finding is adopted after it', async () => {
  await council.call('POST', `${at}/findings/${finding}/replies`, { text: 'أُغلقت البوابة للصيانة فقط.', language: 'ar' });
  expect(await army.call('GET', `${at}/statements`)).toMatchObject({ total: 1 });
  const adopted = await composer.call('POST', `${at}/findings/${finding}/adoption`, {});
  expect(adopted).toMatchObject({ state: 'adopted', adopted_by: 'Adopted by Composer, after the party\'s reply.', replies: [{ language: 'ar', text: 'أُغلقت البوابة للصيانة فقط.' }] });
  expect(await code(composer.call('POST', `${at}/findings/${finding}/adoption`, {}))).toBe('finding.adopted-already');
});

let reference: string;

test('a report is checked by one and cleared by another, who both name the text they read', async () => {
  draft.cut_off = new Date(Date.now() + 60_000).toISOString().slice(0, 16) + 'Z';
  expect(await code(composer.call('POST', `${at}/drafts`, { ...draft, cut_off: '2999-01-01' }))).toBe('report.cut-off-ahead');
  draft.cut_off = new Date().toISOString().slice(0, 19) + 'Z';
  let made = await composer.call('POST', `${at}/drafts`, { ...draft, cut_off: draft.cut_off.slice(0, 16) + 'Z', remark: 'First' });
  expect(made).toMatchObject({ reference: 'VALLEY/SR/01', state: 'draft', composed_by: 'Composer', mine: true });
  expect(await code(composer.call('POST', `${at}/drafts/${made.id}/check`, hashes(made)))).toBe('report.own-draft');
  expect(await code(colleague.call('POST', `${at}/drafts/${made.id}/clearance`, hashes(made)))).toBe('report.not-checked');
  expect(await code(composer.call('POST', `${at}/drafts/${made.id}/publication`, {}))).toBe('report.not-cleared');
  const first = hashes(made);
  made = await composer.call('PUT', `${at}/drafts/${made.id}`, { ...draft, cut_off: draft.cut_off.slice(0, 16) + 'Z', reference: made.reference, remark: 'Second', languages: ['ar', 'ru'] });
  expect(made.languages).toEqual(['ar', 'ru']);
  expect(await code(composer.call('PUT', `${at}/drafts/${made.id}`, { ...draft, cut_off: draft.cut_off.slice(0, 16) + 'Z', languages: ['xx'] }))).toBe('report.language');
  expect(await code(colleague.call('POST', `${at}/drafts/${made.id}/check`, first))).toBe('report.changed');
  made = await colleague.call('POST', `${at}/drafts/${made.id}/check`, hashes(made));
  expect(made).toMatchObject({ state: 'checked', checked_by: 'Colleague' });
  expect(await code(colleague.call('POST', `${at}/drafts/${made.id}/clearance`, hashes(made)))).toBe('report.same-signer');
  made = await composer.call('POST', `${at}/drafts/${made.id}/clearance`, hashes(made));
  expect(made).toMatchObject({ state: 'cleared', cleared_by: 'Composer' });
  const preview = await colleague.raw('GET', `/api/v1${at}/drafts/${made.id}/public`);
  const published = await composer.call('POST', `${at}/drafts/${made.id}/publication`, { editions: ['room', 'parties', 'public'] });
  reference = published.reference;
  expect(await edition(composer, reference, 'public')).toBe(preview);
  expect(published.sign_off).toMatchObject({ composed_by: 'Composer', checked_by: 'Colleague', cleared_by: 'Composer' });
  expect(await composer.call('GET', `${at}/drafts`)).toEqual([]);
});

test('a party reads its own editions, with the bytes that were signed, and not who signed', async () => {
  const [report] = await council.call('GET', `${at}/reports`);
  expect(report).toMatchObject({ reference, sign_off: null });
  expect(report.editions.map((e: { edition: string }) => e.edition)).toEqual(['parties', 'public']);
  for (const { edition: which, sha256 } of report.editions) expect(createHash('sha256').update(await edition(council, reference, which)).digest('hex')).toBe(sha256);
  expect(await code(edition(council, reference, 'room'))).toBe('report.not-found');
  const html = await edition(council, reference, 'parties');
  expect(html).toMatch(/lang="ar" dir="rtl">أُغلقت البوابة للصيانة فقط\./);
  expect(html).toContain('The north gate was shut from noon on.');
  // The room is told in the same answer, and in no edition: an edition may be handed on.
  const listed = async (who: Caller): Promise<string> => JSON.stringify(await who.call('GET', `${at}/reports`));
  const editions = [await edition(composer, reference, 'room'), html, await edition(council, reference, 'public')];
  for (const name of ['Composer', 'Colleague']) {
    expect([(await listed(composer)).includes(name), (await listed(council)).includes(name)]).toEqual([true, false]);
    expect(editions.map((text) => text.includes(name))).toEqual([false, false, false]);
  }
});

test('what was published is had as a print, a Word document, Markdown and JSON, by whom the edition was made for', async () => {
  const form = (who: Caller, which: string, format: string): Promise<Response> => who.stream(`${at}/reports/edition?reference=${encodeURIComponent(reference)}&edition=${which}&format=${format}`);
  // What came after the publication is in none of them.
  await said({ kind: 'comment', said: { text: 'Said after the report was out.' }, paraphrase: 'Said after the report was out.' });
  const docx = await form(council, 'parties', 'docx');
  expect(docx.headers.get('content-disposition')).toContain('VALLEY-SR-01-parties.docx');
  expect(Buffer.from(await docx.arrayBuffer()).subarray(0, 2).toString()).toBe('PK');
  const json = JSON.parse(await (await form(council, 'parties', 'json')).text());
  expect(json).toMatchObject({ reference, audience: 'parties' });
  expect(json.sections.map((s: { language?: string }) => s.language).filter(Boolean)).toEqual(['ar', 'ru']);
  const markdown = await (await form(council, 'public', 'md')).text();
  expect(markdown).toContain('<section lang="ar" dir="rtl">');
  expect(markdown).not.toContain('Said after the report was out.');
  const pdf = await form(council, 'public', 'pdf').catch((problem: Problem) => problem);
  if (pdf instanceof Response) {
    const bytes = Buffer.from(await pdf.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.toString('latin1')).toContain('/StructTreeRoot');
  } else expect(pdf.message + JSON.stringify(pdf)).toMatch(/print\.(no-browser|failed)|browser/);
  for (const format of ['pdf', 'docx', 'md', 'json']) expect((await form(council, 'room', format).catch((problem: Problem) => problem) as Problem).status).toBe(404);
  expect((await form(council, 'public', 'odt').catch((problem: Problem) => problem) as Problem).status).toBe(422);
});

test('a bundle names who signed to the room alone, and tells nobody which pseudonyms are of one phone', async () => {
  const phone = await Phone.enrolled(composer, 'valley', 'two shifts');
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const key = Buffer.from(await crypto.subtle.exportKey('raw', pair.publicKey)).toString('hex');
  expect((await phone.post('/sync/shift', JSON.stringify({ kid: hexOf(phone.kid), key }))).status).toBe(200);
  const head = await invited('Head of mission', ['head-of-mission']);
  const release = await head.call('POST', `${at}/bundle/releases`, { to: 'An inquiry', reason: 'Asked for' });
  const [ours, theirs] = [await composer.raw('GET', `/api/v1${at}/bundle?for=room&release=${release.entry}`), await council.raw('GET', `/api/v1${at}/bundle`)];
  expect([ours.includes('Colleague'), theirs.includes('Colleague')]).toEqual([true, false]);
  expect([ours.includes('The north gate was shut'), theirs.includes('The north gate was shut')]).toEqual([true, true]);
  expect([ours.includes('renewal 1'), theirs.includes('renewal 1')]).toEqual([false, false]);
});

test('an erratum names every report that speaks of the statement, and the next report prints it', async () => {
  expect(await composer.call('GET', `${at}/reports/citing/${shut}`)).toEqual([reference]);
  expect(await code(composer.call('POST', `${at}/reports/errata`, { text: 'x', reports: ['VALLEY/SR/77'] }))).toBe('erratum.unknown-report');
  expect(await code(composer.call('POST', `${at}/reports/errata`, { text: 'x', reports: [] }))).toBe('erratum.no-report');
  await composer.call('POST', `${at}/reports/errata`, { text: 'It was the south gate.', reports: [reference], statement: shut });
  expect((await council.call('GET', `${at}/reports`))[0].errata).toMatchObject([{ text: 'It was the south gate.', statement: shut, reports: [reference] }]);
  const next = await composer.call('POST', `${at}/drafts`, { title: 'Northern valley', cut_off: new Date().toISOString().slice(0, 16) + 'Z', period_start: '2001-01-01' });
  expect(next.reference).toBe('VALLEY/SR/02');
  expect(await composer.raw('GET', `/api/v1${at}/drafts/${next.id}/public`)).toContain('It was the south gate.');
});

test('what was published outlives the accounts: it is read from the record', async () => {
  await server.stop();
  for (const name of ['accounts.db', 'accounts.db-wal', 'accounts.db-shm']) rmSync(join(server.data, name), { force: true });
  server.output = '';
  await server.start();
  administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'New head');
  const reader = await invited('Reader', ['guarantor'], { id: 'guarantor', name: 'Guarantor' });
  const [report] = await reader.call('GET', `${at}/reports`);
  expect(report).toMatchObject({ reference, errata: [{ text: 'It was the south gate.' }] });
  expect(createHash('sha256').update(await edition(reader, reference, 'parties')).digest('hex')).toBe(report.editions[0].sha256);
});
