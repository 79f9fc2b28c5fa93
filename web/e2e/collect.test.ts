// Forms for phones of partners, as their clients ask for them: OpenRosa 1.0 by plain requests.
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Caller } from './person.ts';
import { pause, Server } from './server.ts';

const root = new URL('../..', import.meta.url).pathname;
const at = '/operations/valley';
const place = 'amiriyah-crossing';
const md5 = (bytes: string | Buffer): string => createHash('md5').update(bytes).digest('hex');

interface Key {
  id: string;
  token: string;
  server_url: string;
  settings_qr: string;
  digest: { server_url: string; username: string; password: string };
}

let server: Server;
let officer: Caller;
let auditor: Caller;
let key: Key;
const versions: Record<string, string> = {};

beforeAll(async () => {
  server = await Server.create();
  await server.start();
  const administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
  await administrator.call('POST', '/operations', { slug: 'valley', name: 'Valley', time_zone: 'Asia/Damascus', places: JSON.parse(readFileSync(join(root, 'cases/aleppo-2016/places.geojson'), 'utf8')), settings: { name: 'Valley', time_zone: 'Asia/Damascus', fighters_tallied: true } });
  const invited = async (role: string): Promise<Caller> => Caller.invited(server.address, (await administrator.call('POST', `${at}/invitations`, { roles: [role] })).address, `The ${role}`);
  officer = await invited('reporting-officer');
  auditor = await invited('auditor');
  key = await officer.call('POST', `${at}/collect/users`, { name: 'Team two', organisation: 'Relief of the valley', source_kind: 'responder', language: 'en' });
  for (const form of await officer.call('GET', `${at}/collect/forms`)) versions[form.id] = form.version;
});

afterAll(() => server?.remove());

const sheet = (form: string, instance: string, answers: Record<string, string>, version = versions[form]!): string =>
  `<data id="${form}" version="${version}" xmlns:orx="http://openrosa.org/xforms"><start>2031-05-02T14:08:00.000+03:00</start><end>2031-05-02T14:26:00.000+03:00</end>${Object.entries(answers).map(([name, value]) => `<${name}>${value}</${name}>`).join('')}<orx:meta><orx:instanceID>${instance}</orx:instanceID></orx:meta></data>`;

/** A filled-in count as a phone writes it. */
const counted = (instance: string, answers: Record<string, string> = {}, version?: string): string =>
  sheet('safeconduct-count', instance, { line: place, kind: 'bus', vehicle: '4417', trip: '1', convoy: '', women: '6', men: '3', girls: '4', boys: '0', unknown: '0', wounded: '1', closed: '2031-05-02T14:10:00.000+03:00', ...answers }, version);

const shooting = (instance: string, ...photos: string[]): string =>
  sheet('safeconduct-incident', instance, { type: 'shooting', how: 'seen', when: '2031-05-02T14:20:00.000+03:00', place, hurt: 'none', ...Object.fromEntries(photos.map((name, i) => [`photo_${i + 1}`, name])) });

const photo = (letters: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(letters)]);

interface Answered {
  status: number;
  code: string;
  message: string;
  headers: Headers;
}

async function answered(response: Response): Promise<Answered> {
  const body = await response.text();
  expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8');
  expect([response.headers.get('x-openrosa-version'), response.headers.get('x-openrosa-accept-content-length')]).toEqual(['1.0', '10485760']);
  expect(response.headers.get('date')).toBeTruthy();
  expect(body).toContain('<OpenRosaResponse xmlns="http://openrosa.org/http/response">');
  return { status: response.status, code: response.headers.get('x-safeconduct-code') ?? '', message: /<message[^>]*>([\s\S]*?)<\/message>/.exec(body)?.[1] ?? '', headers: response.headers };
}

/** A post with the bytes of its headers as they are given: a browser's FormData would change them. */
function multipart(parts: { head: string; body: string | Buffer }[]): { body: Buffer; headers: Record<string, string> } {
  const boundary = `----${randomUUID()}`;
  const pieces = parts.flatMap(({ head, body }) => [Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), Buffer.from(body as string), Buffer.from('\r\n')]);
  return { body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]), headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}

const formPart = (xml: string): { head: string; body: string } => ({ head: 'Content-Disposition: form-data; name="xml_submission_file"; filename="a.xml"\r\nContent-Type: text/xml', body: xml });
const filePart = (name: string, body: Buffer): { head: string; body: Buffer } => ({ head: `Content-Disposition: form-data; name="${name}"; filename="${name}"\r\nContent-Type: image/jpeg`, body });
const incompletePart = { head: 'Content-Disposition: form-data; name="*isIncomplete*"', body: 'yes' };

async function post(xml: string, files: Record<string, Buffer> = {}, incomplete = false, to = key.server_url): Promise<Answered> {
  const parts = [formPart(xml), ...Object.entries(files).map(([name, body]) => filePart(name, body)), ...(incomplete ? [incompletePart] : [])];
  return answered(await fetch(`${to}/submission`, { method: 'POST', ...multipart(parts) } as RequestInit));
}

const total = async (): Promise<number> => (await officer.call('GET', `${at}/statements`)).total;
const idOf = (instance: string): string => `O-${createHash('sha256').update(`safeconduct form 1\n${instance}`).digest('hex').slice(0, 24)}`;
const read = async (instance: string): Promise<any> => officer.call('GET', `${at}/statements/${idOf(instance)}`);
const leftBehind = (): string[] => {
  const folder = join(server.data, 'uploads', 'valley', 'forms');
  return existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((x) => x.isFile()).map((x) => x.name) : [];
};

test('the list names every form with the hash of its bytes, and the manifest its file of places', async () => {
  const response = await fetch(`${key.server_url}/formList`, { headers: { 'X-OpenRosa-Version': '1.0' } });
  expect([response.status, response.headers.get('content-type'), response.headers.get('x-openrosa-version')]).toEqual([200, 'text/xml; charset=utf-8', '1.0']);
  const forms = [...(await response.text()).matchAll(/<xform>(.*?)<\/xform>/g)].map(([, form]) => Object.fromEntries([...form!.matchAll(/<(\w+)>(.*?)<\/\1>/g)].map(([, name, value]) => [name, value])));
  expect(forms.map((f) => f.formID)).toEqual(['safeconduct-count', 'safeconduct-convoy', 'safeconduct-incident', 'safeconduct-obstruction', 'safeconduct-aid', 'safeconduct-coverage']);
  for (const form of forms) {
    const xml = await (await fetch(form.downloadUrl)).text();
    expect([form.hash, form.version]).toEqual([`md5:${md5(xml)}`, versions[form.formID]]);
    expect(xml).toContain(`<data id="${form.formID}" version="${form.version}">`);
    const manifest = await (await fetch(form.manifestUrl)).text();
    const csv = Buffer.from(await (await fetch(/<downloadUrl>(.*?)<\/downloadUrl>/.exec(manifest)![1]!)).arrayBuffer());
    expect(manifest).toContain(`<mediaFile><filename>places.csv</filename><hash>md5:${md5(csv)}</hash>`);
    expect(csv.toString()).toMatch(new RegExp(`^name,label\r\n[\\s\\S]*${place},`));
  }
  const one = await (await fetch(`${key.server_url}/formList?formID=safeconduct-aid&verbose=true`)).text();
  expect(one.match(/<xform>/g)).toHaveLength(1);
  expect(one).toContain('<descriptionText>Aid or access asked for');
  expect(await answered(await fetch(`${key.server_url}/forms/other`))).toMatchObject({ status: 404, code: 'form.unknown' });
  expect(await answered(await fetch(`${key.server_url}/forms/safeconduct-aid/files/..%2F..%2Faccounts.db`))).toMatchObject({ status: 404, code: 'file.unknown' });
});

test('a form opens in the language of its key', async () => {
  const arabic: Key = await officer.call('POST', `${at}/collect/users`, { name: 'Team three', organisation: 'هلال', source_kind: 'red-cross-red-crescent', language: 'ar' });
  expect(await (await fetch(`${arabic.server_url}/formList?formID=safeconduct-count`)).text()).toContain('<name>العدّ عند الصعود</name>');
  expect(await (await fetch(`${arabic.server_url}/forms/safeconduct-count`)).text()).toMatch(/<translation lang="العربية \(ar\)" default="true\(\)">/);
  expect(await post(counted('uuid:arabic'), {}, false, arabic.server_url)).toMatchObject({ status: 201, message: `استُلم وسُجّل برقم ${idOf('uuid:arabic')}.` });
  expect((await post(counted('uuid:arabic', { women: '7' }), {}, false, arabic.server_url)).message).toMatch(/^استُلمت هذه الاستمارة من قبل .*\nA form with this id was received before/);
  expect((await read('uuid:arabic')).statement.source).toMatchObject({ name: 'هلال', kind: 'red-cross-red-crescent' });
});

test('the settings of the phone are in the picture that the room draws', () => {
  expect(JSON.parse(inflateSync(Buffer.from(key.settings_qr, 'base64')).toString())).toMatchObject({ general: { server_url: key.server_url, form_update_mode: 'match_exactly' }, admin: {}, project: {} });
});

test('before it sends, a phone is told 204 and how much a post may hold', async () => {
  const head = await fetch(`${key.server_url}/submission`, { method: 'HEAD' });
  expect([head.status, head.headers.get('location'), head.headers.get('x-openrosa-accept-content-length'), head.headers.get('x-openrosa-version')]).toEqual([204, `${key.server_url}/submission`, '10485760', '1.0']);
});

test('a form is recorded once, says whose it is and how it came, and holds the bytes that were sent', async () => {
  const xml = counted('uuid:once', { crew: '2' });
  const before = await total();
  const first = await post(xml);
  expect([first.status, first.message]).toEqual([201, `Received and recorded as ${idOf('uuid:once')}.`]);
  expect(await total()).toBe(before + 2);
  expect((await post(xml)).status).toBe(202);
  expect(await post(xml.replace('>6<', '>7<'))).toMatchObject({ status: 409, code: 'form.same-id-other-answers' });
  expect(await total()).toBe(before + 2);
  const whole = await read('uuid:once');
  expect(whole.statement).toMatchObject({ wording: '13 people left, including 6 women and 3 men and 4 girls and no boys and 1 wounded or sick people (bus 4417, trip 1)', source: { name: 'Relief of the valley', kind: 'responder' }, reception: { channel: 'form', counted_by: 'Team two' }, handling: 'room', level: 'logged' });
  const kept = await officer.raw('GET', `/api/v1${at}/statements/${idOf('uuid:once')}/attachments/${whole.attachments[0].sha256}`);
  expect([whole.attachments[0].media, kept]).toEqual(['text/xml', xml]);
});

test('a thousand forms are each recorded once, whatever is sent twice', async () => {
  const before = await total();
  for (let from = 0; from < 1000; from += 100) {
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => post(counted(`uuid:thousand-${from + i}`, { trip: String(1 + (i % 99)) }))));
    expect(answers.map((a) => a.status)).toEqual(Array(100).fill(201));
  }
  expect((await Promise.all(Array.from({ length: 100 }, (_, i) => post(counted(`uuid:thousand-${i}`, { trip: String(1 + (i % 99)) }))))).every((a) => a.status === 202)).toBe(true);
  expect(await total()).toBe(before + 1000);
});

test('five hundred posts of one form at once give one record, and every phone hears that it is there', async () => {
  const before = await total();
  const answers = await Promise.all(Array.from({ length: 500 }, () => post(counted('uuid:crowd'))));
  expect(answers.filter((a) => a.status === 201)).toHaveLength(1);
  expect(answers.filter((a) => a.status === 202)).toHaveLength(499);
  expect(await total()).toBe(before + 1);
});

test('a hundred posts of one form with a photo give one record too, and with another photo none', async () => {
  const before = await total();
  const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => post(shooting('uuid:crowd-photo', 'a.jpg'), { 'a.jpg': photo(i % 2 ? 'a' : 'b') })));
  expect(answers.filter((a) => a.status === 201)).toHaveLength(1);
  expect(answers.filter((a) => a.status === 202)).toHaveLength(49);
  expect(answers.filter((a) => a.code === 'form.same-id-other-answers')).toHaveLength(50);
  expect(await total()).toBe(before + 1);
  expect(leftBehind()).toEqual([]);
});

test('names of photos are taken as written, as bytes of UTF-8 and as the extended form, and are the room’s alone', async () => {
  const names = ['صورة الجسر.jpg', 'снимок.jpg', 'gate.jpg'];
  const body = multipart([
    formPart(shooting('uuid:names', ...names)),
    filePart(names[0]!, photo('one')),
    { head: `Content-Disposition: form-data; name="x"; filename="q.jpg"; filename*=UTF-8''${encodeURIComponent(names[1]!)}`, body: photo('two') },
    { head: `Content-Disposition: form-data; name=y; filename=gate.jpg\r\nContent-Type: application/octet-stream`, body: photo('three') },
    filePart('not-named-by-the-form.jpg', photo('four')),
  ]);
  expect((await answered(await fetch(`${key.server_url}/submission`, { method: 'POST', ...body } as RequestInit))).status).toBe(201);
  const whole = await read('uuid:names');
  expect(whole.attachments.map((a: { media: string }) => a.media)).toEqual(['text/xml', 'image/jpeg', 'image/jpeg', 'image/jpeg']);
  expect(whole.attachments.slice(1).map((a: { sha256: string }) => a.sha256)).toEqual(['one', 'two', 'three'].map((x) => createHash('sha256').update(photo(x)).digest('hex')));
  expect(leftBehind()).toEqual([]);
});

test('a form in several posts is recorded with the last of them, over a restart between', async () => {
  const xml = shooting('uuid:split', 'a.jpg', 'b.jpg', 'c.jpg');
  const before = await total();
  expect(await post(xml, { 'a.jpg': photo('A') }, true)).toMatchObject({ status: 202 });
  expect(await total()).toBe(before);
  await server.stop('SIGKILL');
  await server.start();
  expect(await post(xml, { 'b.jpg': photo('B') })).toMatchObject({ status: 400, code: 'form.attachment-missing' });
  expect(await total()).toBe(before);
  expect(await post(xml, { 'b.jpg': photo('B') }, true)).toMatchObject({ status: 202 });
  expect(await post(xml, { 'c.jpg': photo('C') })).toMatchObject({ status: 201 });
  expect(await total()).toBe(before + 1);
  expect(leftBehind()).toEqual([]);
  // An answer was lost: the last part alone, then all of it.
  expect(await post(xml, { 'c.jpg': photo('C') })).toMatchObject({ status: 202 });
  expect(await post(xml, { 'a.jpg': photo('A') }, true)).toMatchObject({ status: 202 });
  expect(await total()).toBe(before + 1);
  expect(leftBehind()).toEqual([]);
  expect((await read('uuid:split')).attachments).toHaveLength(4);
});

test('a form that was changed while half of it waits begins anew, and only its last words are recorded', async () => {
  const [first, changed] = [shooting('uuid:changed', 'a.jpg', 'b.jpg'), shooting('uuid:changed', 'a.jpg', 'b.jpg').replace('shooting', 'shelling')];
  const before = await total();
  expect(await post(first, { 'a.jpg': photo('of the first') }, true)).toMatchObject({ status: 202 });
  // Refused, it takes nothing away: the photo of the first answers is not one of these.
  expect(await post(changed, { 'b.jpg': photo('B') })).toMatchObject({ status: 400, code: 'form.attachment-missing' });
  expect(leftBehind()).toHaveLength(2);
  expect(await post(changed, { 'b.jpg': photo('B') }, true)).toMatchObject({ status: 202 });
  expect(await post(changed, { 'a.jpg': photo('blurred') }, true)).toMatchObject({ status: 202 });
  expect(await total()).toBe(before);
  expect(await post(changed, { 'a.jpg': photo('sharp') })).toMatchObject({ status: 201 });
  expect(await total()).toBe(before + 1);
  expect(leftBehind()).toEqual([]);
  const whole = await read('uuid:changed');
  expect(whole.statement.wording).toMatch(/^shelling/);
  expect(whole.attachments.slice(1).map((a: { sha256: string }) => a.sha256)).toEqual(['sharp', 'B'].map((x) => createHash('sha256').update(photo(x)).digest('hex')));
  // Recorded, it stands.
  expect(await post(first, { 'a.jpg': photo('of the first') }, true)).toMatchObject({ status: 409, code: 'form.same-id-other-answers' });
  expect(leftBehind()).toEqual([]);
});

test('half a form is forgotten a week after its last part, when the server starts and when another part comes', async () => {
  const folder = join(server.data, 'uploads', 'valley', 'forms');
  const folders = (): string[] => readdirSync(folder).filter((name) => name !== 'waiting');
  const aged = (days: number): void => folders().forEach((name) => utimesSync(join(folder, name), Date.now() / 1000, Date.now() / 1000 - days * 86_400));
  const half = (instance: string): Promise<Answered> => post(shooting(instance, 'a.jpg', 'b.jpg'), { 'a.jpg': photo('A') }, true);
  expect(await half('uuid:old')).toMatchObject({ status: 202 });
  aged(6.9);
  expect(await half('uuid:next')).toMatchObject({ status: 202 });
  expect(folders()).toHaveLength(2);
  aged(7.1);
  expect(await half('uuid:after')).toMatchObject({ status: 202 });
  expect(folders()).toHaveLength(1);
  aged(7.1);
  await server.stop();
  await server.start();
  expect(folders()).toEqual([]);
});

test('no more than 1 GB and 2,000 half-sent forms wait, and what would be more is refused in words and stays on the phone', async () => {
  const folder = join(server.data, 'uploads', 'valley', 'forms');
  const part = (instance: string): Promise<Answered> => post(shooting(instance, 'a.jpg', 'b.jpg'), { 'a.jpg': photo('A') }, true);
  expect(await part('uuid:room')).toMatchObject({ status: 202 });
  mkdirSync(join(folder, 'f'.repeat(64)));
  writeFileSync(join(folder, 'f'.repeat(64), 'large.file'), '');
  truncateSync(join(folder, 'f'.repeat(64), 'large.file'), 1024 ** 3);
  expect(await part('uuid:no-room')).toMatchObject({ status: 413, code: 'parts.no-room', message: expect.stringContaining('stays on your phone') });
  rmSync(join(folder, 'f'.repeat(64)), { recursive: true });
  for (let i = 0; i < 2000; i++) mkdirSync(join(folder, String(i).padStart(64, '0')));
  expect(await part('uuid:no-room')).toMatchObject({ status: 413, code: 'parts.no-room' });
  // One that has its place goes on and is recorded.
  expect(await post(shooting('uuid:room', 'a.jpg', 'b.jpg'), { 'b.jpg': photo('B') })).toMatchObject({ status: 201 });
  for (let i = 0; i < 2000; i++) rmSync(join(folder, String(i).padStart(64, '0')), { recursive: true });
  expect(leftBehind()).toEqual([]);
});

test('what was received before is known after a restart, from the record alone', async () => {
  expect((await post(counted('uuid:crowd'))).status).toBe(202);
  expect((await post(counted('uuid:crowd', { women: '60' }))).status).toBe(409);
});

test('a line that breaks in the middle leaves nothing', async () => {
  const before = await total();
  const { body, headers } = multipart([formPart(shooting('uuid:broken', 'a.jpg')), filePart('a.jpg', Buffer.concat([photo('x'), Buffer.alloc(400_000)]))]);
  const { hostname, port, pathname } = new URL(`${key.server_url}/submission`);
  for (const sent of [200, 2_000, 300_000]) {
    const socket = connect(Number(port), hostname);
    socket.write(`POST ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: ${headers['content-type']}\r\nContent-Length: ${body.length}\r\n\r\n`);
    socket.write(body.subarray(0, sent));
    await pause(150);
    socket.destroy();
  }
  await pause(500);
  expect(await total()).toBe(before);
  expect(leftBehind()).toEqual([]);
  expect((await post(shooting('uuid:broken', 'a.jpg'), { 'a.jpg': photo('x') })).status).toBe(201);
});

test('the server dies while forms arrive: what was acknowledged is there, once, and the rest can be sent again', async () => {
  const acknowledged: string[] = [];
  const sending = Array.from({ length: 300 }, async (_, i) => {
    const answer = await post(counted(`uuid:dying-${i}`)).catch(() => undefined);
    if (answer && answer.status === 201) acknowledged.push(`uuid:dying-${i}`);
  });
  await Promise.race([pause(250), Promise.all(sending)]);
  await server.stop('SIGKILL');
  await Promise.all(sending);
  await server.start();
  const before = await total();
  for (const instance of acknowledged) expect((await post(counted(instance))).status).toBe(202);
  expect(await total()).toBe(before);
  const again = await Promise.all(Array.from({ length: 300 }, (_, i) => post(counted(`uuid:dying-${i}`))));
  expect(again.every((a) => a.status === 201 || a.status === 202)).toBe(true);
  expect((await officer.call('GET', `${at}/statements?limit=1`)).total).toBe(before + again.filter((a) => a.status === 201).length);
});

test('bad input is refused with a sentence, and nothing of it is kept', async () => {
  const before = await total();
  const refused: [string, Promise<Answered>][] = [
    ['400 form.not-xml', post('<data id="safeconduct-count"><women>')],
    ['400 form.document-type', post(`<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>${counted('uuid:bad').replace('>6<', '>&b;<')}`)],
    ['404 form.unknown', post(sheet('safeconduct-other', 'uuid:bad', {}, '1'))],
    ['409 form.other-version', post(counted('uuid:bad', {}, '0123456789'))],
    ['400 form.answered-twice', post(counted('uuid:bad').replace('<men>3</men>', '<men>3</men><men>4</men>'))],
    ['400 form.unknown-question', post(counted('uuid:bad', { name: 'A person' }))],
    ['400 form.not-a-count', post(counted('uuid:bad', { women: 'six' }))],
    ['400 place.unknown', post(counted('uuid:bad', { line: 'elsewhere' }))],
    ['400 form.no-instance', post(counted('').replace('<orx:instanceID></orx:instanceID>', ''))],
    ['400 form.too-large', post(counted('uuid:bad', { convoy: 'x'.repeat(300_000) }))],
    ['400 form.attachment-name', post(shooting('uuid:bad', '../a.jpg'), { 'a.jpg': photo('a') })],
    ['400 form.attachment-name', post(shooting('uuid:bad', 'a.jpg'), { '../a.jpg': photo('a') })],
    ['400 form.attachment-missing', post(shooting('uuid:bad', 'a.jpg'))],
    ['415 form.not-a-photo', post(shooting('uuid:bad', 'a.jpg'), { 'a.jpg': Buffer.from('<script>alert(1)</script>') })],
    ['415 form.not-a-photo', post(shooting('uuid:bad', 'a.jpg'), { 'a.jpg': Buffer.from('') }, true)],
    ['413 post.too-large', post(shooting('uuid:bad', 'a.jpg'), { 'a.jpg': Buffer.concat([photo('a'), Buffer.alloc(11 * 1024 * 1024)]) })],
    ['415 post.not-multipart', fetch(`${key.server_url}/submission`, { method: 'POST', body: counted('uuid:bad'), headers: { 'content-type': 'text/xml' } }).then(answered)],
    ['400 post.no-form', fetch(`${key.server_url}/submission`, { method: 'POST', ...multipart([filePart('a.jpg', photo('a'))]) } as RequestInit).then(answered)],
    ['400 post.two-forms', fetch(`${key.server_url}/submission`, { method: 'POST', ...multipart([formPart(counted('uuid:bad')), formPart(counted('uuid:bad-2'))]) } as RequestInit).then(answered)],
    ['400 post.two-files', fetch(`${key.server_url}/submission`, { method: 'POST', ...multipart([formPart(shooting('uuid:bad', 'a.jpg')), filePart('a.jpg', photo('a')), filePart('a.jpg', photo('b'))]) } as RequestInit).then(answered)],
    ['403 key.unknown', post(counted('uuid:bad'), {}, false, `${server.address}/key/nobody`)],
  ];
  for (const [expected, asked] of refused) {
    const answer = await asked;
    expect(`${answer.status} ${answer.code}`).toBe(expected);
    expect(answer.message).toMatch(/[.)]$/);
  }
  expect(await total()).toBe(before);
  expect(leftBehind()).toEqual([]);
  expect((await post(counted('uuid:bad', {}, '0123456789'))).message).toContain(`the version now offered is ${versions['safeconduct-count']}`);
  expect((await auditor.call('GET', `${at}/audit`)).events.filter((e: { act: string }) => e.act === 'form-refused').length).toBeGreaterThan(10);
});

/** As a client that is asked for a name and a password answers (RFC 7616, 3.4). */
function answerTo(challenge: string, method: string, path: string, number: number, { username, password } = key.digest): string {
  const of = (name: string): string => new RegExp(`${name}="?([^",]+)"?`).exec(challenge)![1]!;
  const [nc, cnonce] = [number.toString(16).padStart(8, '0'), randomUUID()];
  const response = md5(`${md5(`${username}:${of('realm')}:${password}`)}:${of('nonce')}:${nc}:${cnonce}:auth:${md5(`${method}:${path}`)}`);
  return `Digest username="${username}", realm="${of('realm')}", nonce="${of('nonce')}", uri="${path}", qop=auth, nc=${nc}, cnonce="${cnonce}", response="${response}", opaque="${of('opaque')}", algorithm=MD5`;
}

test('a client that is asked for a name and a password gets the list and hands in, and a request overheard is good once', async () => {
  const base = key.digest.server_url;
  const { pathname } = new URL(base);
  const first = await fetch(`${base}/submission`, { method: 'HEAD' });
  const challenge = first.headers.get('www-authenticate')!;
  expect([first.status, challenge]).toEqual([401, expect.stringMatching(/^Digest realm="safeconduct valley", qop="auth", algorithm=MD5, nonce="[^"]+"/)]);
  const list = await fetch(`${base}/formList`, { headers: { authorization: answerTo(challenge, 'GET', `${pathname}/formList`, 1) } });
  expect(list.status).toBe(200);
  expect(await list.text()).toContain(`<downloadUrl>${base}/forms/safeconduct-count</downloadUrl>`);
  const header = answerTo(challenge, 'POST', `${pathname}/submission`, 2);
  const body = multipart([formPart(counted('uuid:digest'))]);
  const asked = (authorization: string): Promise<Response> => fetch(`${base}/submission`, { method: 'POST', body: body.body, headers: { ...body.headers, authorization } } as RequestInit);
  expect((await asked(header)).status).toBe(201);
  const again = await asked(header);
  expect([again.status, again.headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/stale=true$/)]);
  const fresh = again.headers.get('www-authenticate')!;
  expect((await asked(answerTo(fresh, 'POST', `${pathname}/submission`, 1))).status).toBe(202);
  for (const wrong of [answerTo(fresh, 'POST', `${pathname}/submission`, 2, { ...key.digest, password: 'guessed' }), answerTo(fresh, 'GET', `${pathname}/submission`, 3), answerTo(fresh, 'POST', '/openrosa/other/submission', 4), answerTo(fresh.replace(/nonce="[^"]+"/, 'nonce="1.2.3"'), 'POST', `${pathname}/submission`, 5).replace(/username="[^"]+"/, 'username="nobody"'), 'Digest ', 'Basic eDp5']) {
    const refused = await asked(wrong);
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, expect.not.stringContaining('stale')]);
  }
  expect((await fetch(`${server.address}/openrosa/elsewhere/formList`, { headers: { authorization: answerTo(fresh, 'GET', '/openrosa/elsewhere/formList', 6) } })).status).toBe(401);
});

test('a key is made by the room, listed without its secrets, and good for nothing once it is ended', async () => {
  const made: Key = await officer.call('POST', `${at}/collect/users`, { name: 'Team four', organisation: 'Relief of the valley', source_kind: 'responder', language: 'fr' });
  for (const [wrong, code] of [
    [{ name: '' }, 'app-user.name'],
    [{ organisation: 'x'.repeat(101) }, 'app-user.organisation'],
    [{ source_kind: 'friend' }, 'app-user.source-kind'],
    [{ language: 'xx' }, 'app-user.language'],
    [{ project_name: 'x'.repeat(41) }, 'app-user.project-name'],
  ] as const)
    expect(await officer.call('POST', `${at}/collect/users`, { name: 'N', organisation: 'O', source_kind: 'un', ...wrong }).catch((p: { code: string }) => p.code)).toBe(code);
  expect((await post(counted('uuid:ended'), {}, false, made.server_url)).status).toBe(201);
  await officer.call('DELETE', `${at}/collect/users/${made.id}`);
  expect(await post(counted('uuid:ended-2'), {}, false, made.server_url)).toMatchObject({ status: 403, code: 'key.unknown', message: expect.stringMatching(/ask the room for a new key\.\n.*اطلب من الغرفة[^\n]*\n[^\n]*nouvelle clé[^\n]*\n[^\n]*новый ключ\.$/) });
  expect((await fetch(`${made.server_url}/formList`)).headers.get('www-authenticate')).toBeNull();
  // Its phone with a new key sends again what the old one had sent already.
  expect((await post(counted('uuid:ended'))).status).toBe(202);
  const listed = await officer.call('GET', `${at}/collect/users`);
  expect(listed.find((u: { id: string }) => u.id === made.id)).toMatchObject({ name: 'Team four', organisation: 'Relief of the valley', source_kind: 'responder', language: 'fr', revoked: expect.any(String), last_heard: expect.any(String) });
  expect(JSON.stringify(listed)).not.toMatch(/token|hash|ha1|password/i);
  expect((await auditor.call('GET', `${at}/audit`)).events.filter((e: { act: string; target: string }) => e.target === made.id).map((e: { act: string }) => e.act)).toEqual(['app-user-made', 'app-user-revoked']);
});

test('the whole record stands up to its check, partners’ forms and the forms they were filled in with among them', async () => {
  await server.stop();
  const verified = JSON.parse(execFileSync('dotnet', ['exec', join(root, 'src/Cli/bin/Release/net10.0/safeconduct.dll'), 'verify', join(server.data, 'operations/valley'), '--keys', join(`${server.data}.keys`, 'valley'), '--json'], { encoding: 'utf8' }));
  expect(verified).toMatchObject({ refuted: false, findings: [] });
});
