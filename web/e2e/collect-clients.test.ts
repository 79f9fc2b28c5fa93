// The OpenRosa server under the clients it is for: ODK's own engine fills and sends every form, curl signs in by digest, and what goes wrong on a bad line goes wrong here.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Blank, bytesOf, Collect, digest, isSuccess, submissionOf } from './collect/collect.ts';
import { type Filler, fill, idOf, inParts, openedIn, questions, violations, whole, xmlOf } from './collect/filling.ts';
import { type Made, type Mission, mission, sheets } from './collect/mission.ts';
import { until } from './server.ts';

const root = new URL('../..', import.meta.url).pathname;
const FORMS = ['safeconduct-aid', 'safeconduct-convoy', 'safeconduct-count', 'safeconduct-coverage', 'safeconduct-incident', 'safeconduct-obstruction'];

let here: Mission;
let phone: Collect;
const curl = spawnSync('curl', ['--version']).status === 0;
const python = spawnSync('python3', ['--version']).status === 0;
const blanks = new Map<string, Blank>();
const fillers = new Map<string, Filler>();

beforeAll(async () => {
  here = await mission();
  phone = here.phone;
});

afterAll(() => here?.server.remove());

/** A sheet of a form, filled, with what it was filled with. */
async function filled(i: number, form?: string): Promise<{ sheet: ReturnType<Filler['sheet']>; made: Made }> {
  const made = (form ? sheets.find((x) => x(0).form === form)! : sheets[i % sheets.length]!)(i);
  const sheet = fillers.get(made.form)!.sheet();
  expect(fill(sheet, made.answers)).toEqual([]);
  return { sheet, made };
}

interface Kept {
  readonly id: string;
  readonly kind: string;
}

const total = async (): Promise<number> => (await here.officer.call('GET', '/operations/valley/statements?limit=1')).total;

async function everything(): Promise<Map<string, Kept>> {
  const kept = new Map<string, Kept>();
  for (let before = ''; ; ) {
    const page = await here.officer.call('GET', `/operations/valley/statements?said=true&limit=500${before && `&before=${before}`}`);
    for (const one of page.statements) kept.set(one.id, one);
    if (!page.next) return kept;
    before = page.next;
  }
}

/** The ids that the statements of a sheet have (formats/openrosa.md): known before it is sent. */
const idsOf = (made: Made, instanceID: string): string[] => {
  const key = createHash('sha256').update(`safeconduct form 1\n${instanceID}`).digest('hex').slice(0, 24);
  return made.said.map((_, i) => (i === 0 ? `O-${key}` : `OC-${key}`));
};

const heldTo = (made: Made, instanceID: string, kept: ReadonlyMap<string, Kept>): void => {
  for (const [i, id] of idsOf(made, instanceID).entries()) expect(kept.get(id), `${made.form} ${instanceID}`).toMatchObject(made.said[i]!);
};

const detailOf = (instanceID: string): Promise<any> => here.officer.call('GET', `/operations/valley/statements/O-${createHash('sha256').update(`safeconduct form 1\n${instanceID}`).digest('hex').slice(0, 24)}`);

/** The record under the eyes of the verifier that shares no code with the server. */
function verified(): void {
  if (!python) return;
  const said = spawnSync('python3', [join(root, 'formats/verify.py'), join(here.server.data, 'operations/valley'), '--quiet'], { encoding: 'utf8' });
  expect([said.status, said.stderr]).toEqual([0, '']);
}

/** Files of the server that hold these bytes as they are, whatever they are called. */
const holding = (bytes: Buffer | string): string[] =>
  readdirSync(here.server.folder, { recursive: true, withFileTypes: true })
    .filter((x) => x.isFile())
    .map((x) => join(x.parentPath, x.name))
    .filter((path) => readFileSync(path).includes(bytes));

/** Runs so many at a time, in the order in which they come. */
class Slots {
  private readonly waiting: (() => void)[] = [];
  constructor(private free: number) {}

  async run<T>(act: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((go) => this.waiting.push(go));
    try {
      return await act();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }
}

describe('a phone', () => {
  test('lists the six forms, and gets each with its files as the list and the manifest say', async () => {
    for (const listed of await phone.forms()) blanks.set(listed.formID, await phone.download(listed));
    expect([...blanks.keys()].sort()).toEqual(FORMS);
    for (const [id, blank] of blanks) fillers.set(id, await openedIn(blank));
  });

  test('is told by HEAD that the server hears it, with 204 and not one byte', async () => {
    const { limit, answer } = await phone.head();
    expect(answer.status).toBe(204);
    expect(answer.body.byteLength).toBe(0);
    expect(limit).toBeGreaterThanOrEqual(1_000_000);
    expect(answer.headers['content-length'] ?? '0').toBe('0');
  });

  test('fills every form in the engine, is held back where something is missing, and finds in the record what it filled in', async () => {
    for (const form of FORMS) {
      const empty = fillers.get(form)!.sheet();
      expect((await empty.prepareInstancePayload({ payloadType: 'monolithic' })).status).toBe('pending');
      expect(violations(empty).length).toBeGreaterThan(0);
      const { sheet, made } = await filled(1000, form);
      expect(violations(sheet)).toEqual([]);
      const before = await total();
      const data = await whole(sheet);
      const answer = await phone.post(data);
      expect([form, answer.status, answer.message]).toEqual([form, 201, expect.stringMatching(/\w/)]);
      heldTo(made, idOf(await xmlOf(data)), await everything());
      expect(await total()).toBe(before + made.said.length);
    }
  });

  test('in Arabic the same sheet gives the same answers', async () => {
    const { sheet, made } = await filled(2000, 'safeconduct-count');
    sheet.setLanguage(sheet.languages.find((x) => 'language' in x && x.language.includes('(ar)')) as never);
    for (const question of questions(sheet)) expect(question.currentState.label?.asString).toMatch(/[\u0600-\u06ff]/);
    expect(violations(sheet)).toEqual([]);
    const data = await whole(sheet);
    expect((await phone.post(data)).status).toBe(201);
    heldTo(made, idOf(await xmlOf(data)), await everything());
  });
});

describe('a thousand sheets', () => {
  test('filled by the engine are all in the record, each with the values that were filled in, and the record checks', async () => {
    const before = await total();
    const sent: { id: string; made: Made }[] = [];
    const waiting: Promise<void>[] = [];
    const slots = new Slots(8);
    for (let i = 0; i < 1000; i++) {
      const { sheet, made } = await filled(i);
      const data = await whole(sheet);
      sent.push({ id: idOf(await xmlOf(data)), made });
      waiting.push(
        slots.run(async () => {
          const answer = await phone.post(data);
          if (answer.status !== 201) throw new Error(`sheet ${i}, ${made.form}: ${answer.status} ${answer.message ?? answer.body.toString('utf8')}`);
        }),
      );
      // The engine works on this thread: the posts get their turn.
      if (i % 8 === 7) await new Promise((done) => setImmediate(done));
    }
    await Promise.all(waiting);
    const kept = await everything();
    expect(kept.size - before).toBe(sent.reduce((n, x) => n + x.made.said.length, 0));
    for (const { id, made } of sent) heldTo(made, id, kept);
    verified();
  });

  test('are not taken twice: sent again as they were, each is answered with success and nothing is added', async () => {
    const { sheet } = await filled(3000);
    const data = await whole(sheet);
    expect((await phone.post(data)).status).toBe(201);
    const before = await total();
    for (let i = 0; i < 3; i++) expect(isSuccess(await phone.post(data))).toBe(true);
    expect(await total()).toBe(before);
  });

  test('are not taken twice when the engine writes them anew, as ODK Web Forms does when somebody presses Send again: only the hour of ending is another', async () => {
    const { sheet } = await filled(3003, 'safeconduct-count');
    const data = await whole(sheet);
    expect((await phone.post(data)).status).toBe(201);
    const before = await total();
    await new Promise((done) => setTimeout(done, 5));
    const anew = await whole(sheet);
    expect(await xmlOf(anew)).not.toBe(await xmlOf(data));
    const answer = await phone.post(anew);
    expect([answer.status, answer.message]).toEqual([202, expect.stringMatching(/before/)]);
    expect(await total()).toBe(before);
  });

  test('500 posts of one sheet at the same moment are one sheet in the record, and every one is answered with success', async () => {
    const { sheet, made } = await filled(3001, 'safeconduct-count');
    const data = await whole(sheet);
    const before = await total();
    const answers = await Promise.all(Array.from({ length: 500 }, () => phone.post(data)));
    expect(answers.filter((x) => !isSuccess(x)).map((x) => [x.status, x.message])).toEqual([]);
    expect(await total()).toBe(before + made.said.length);
  });

  test('the same instanceID with other words is refused with both named, in words that a person on the phone can read', async () => {
    const { sheet } = await filled(3002, 'safeconduct-count');
    const data = await whole(sheet);
    const xml = await xmlOf(data);
    expect((await phone.post(data)).status).toBe(201);
    const before = await total();
    const changed = xml.replace(/<women>\d+<\/women>/, '<women>77</women>');
    expect(changed).not.toBe(xml);
    const answer = await phone.post(submissionOf(changed));
    expect(answer.status).toBe(409);
    expect(answer.message).toMatch(/\w+ \w+ \w+/);
    expect(await total()).toBe(before);
  });
});

/** A picture by its first and last bytes; between them is noise, so that no photo is like another. */
function jpeg(name: string, size: number): File {
  const bytes = randomBytes(size);
  Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00, 0x01]).copy(bytes);
  bytes.set([0xff, 0xd9], size - 2);
  return new File([bytes], name, { type: 'image/jpeg' });
}

let photographed = 8000;

/** An incident with photos, each given to the form as a camera gives it. */
async function withPhotos(files: readonly File[]): Promise<{ sheet: ReturnType<Filler['sheet']>; made: Made }> {
  const { sheet, made } = await filled(photographed++, 'safeconduct-incident');
  expect(fill(sheet, Object.fromEntries(files.map((file, i) => [`photo_${i + 1}`, file])))).toEqual([]);
  return { sheet, made };
}

/** The photos of a sheet stand in the record byte for byte, after the sheet itself. */
async function expectPhotos(instanceID: string, files: readonly File[]): Promise<void> {
  const { attachments } = await detailOf(instanceID);
  const sums = await Promise.all(files.map(async (file) => createHash('sha256').update(Buffer.from(await file.arrayBuffer())).digest('hex')));
  expect(attachments.map((x: { media: string }) => x.media)).toEqual(['text/xml', ...files.map(() => 'image/jpeg')]);
  expect(attachments.slice(1).map((x: { sha256: string }) => x.sha256)).toEqual(sums);
}

/** Sends so much of a post and then is gone, as a phone that drove into a valley. */
async function cutOff(data: FormData, share: number): Promise<void> {
  const { body, type } = await bytesOf(data);
  const url = new URL(phone.submission);
  const line = createConnection(Number(url.port), url.hostname);
  await new Promise((done) => line.once('connect', done));
  line.on('error', () => undefined);
  line.write(`POST ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nX-OpenRosa-Version: 1.0\r\nContent-Type: ${type}\r\nContent-Length: ${body.byteLength}\r\n\r\n`);
  await new Promise((done) => line.write(body.subarray(0, Math.floor(body.byteLength * share)), done));
  await new Promise((done) => setTimeout(done, 100));
  line.destroy();
  await new Promise((done) => setTimeout(done, 100));
}

describe('a bad line', () => {
  test('a sheet with photos too large for one request comes in parts and is one statement with all of them', async () => {
    const { limit } = await phone.head();
    const files = [jpeg('صورة أولى.jpg', 700_000), jpeg('two.jpg', 600_000), jpeg('three.jpg', 500_000)];
    const { sheet, made } = await withPhotos(files);
    const parts = await inParts(sheet, Math.min(limit, 1_000_000));
    expect(parts.length).toBeGreaterThan(1);
    const before = await total();
    const answers = await phone.deliver(parts);
    expect(answers.map((x) => isSuccess(x))).toEqual(parts.map(() => true));
    expect(await total()).toBe(before + made.said.length);
    await expectPhotos(idOf(await xmlOf(parts[0]!)), files);
    // The whole once more: a client that heard no answer to the last part sends all of them again.
    expect((await phone.deliver(parts)).every(isSuccess)).toBe(true);
    expect(await total()).toBe(before + made.said.length);
  });

  test('parts that come in another order are the same sheet', async () => {
    const files = [jpeg('a.jpg', 700_000), jpeg('b.jpg', 600_000)];
    const { sheet, made } = await withPhotos(files);
    const parts = [...(await inParts(sheet, 1_000_000))].reverse();
    expect(parts.length).toBe(2);
    const before = await total();
    expect((await phone.deliver(parts)).every(isSuccess)).toBe(true);
    expect(await total()).toBe(before + made.said.length);
    await expectPhotos(idOf(await xmlOf(parts[0]!)), files);
  });

  test('cut off in the middle of an upload, nothing is half there, and the next try is taken in', async () => {
    const files = [jpeg('cut.jpg', 800_000)];
    const { sheet, made } = await withPhotos(files);
    const data = await whole(sheet);
    const before = await total();
    for (const share of [0.02, 0.5, 0.98]) await cutOff(data, share);
    expect(await total()).toBe(before);
    expect((await phone.post(data)).status).toBe(201);
    expect(await total()).toBe(before + made.said.length);
    await expectPhotos(idOf(await xmlOf(data)), files);
  });

  test('the power goes between two parts: nothing is half there, and the parts sent again are one whole sheet', async () => {
    const files = [jpeg('first.jpg', 700_000), jpeg('second.jpg', 600_000)];
    const { sheet, made } = await withPhotos(files);
    const parts = await inParts(sheet, 1_000_000);
    const before = await total();
    parts[0]!.set('*isIncomplete*', 'yes');
    expect(isSuccess(await phone.post(parts[0]!))).toBe(true);
    expect(await total()).toBe(before);
    await here.server.stop('SIGKILL');
    await here.server.start();
    expect(await total()).toBe(before);
    expect((await phone.deliver(parts)).every(isSuccess)).toBe(true);
    expect(await total()).toBe(before + made.said.length);
    await expectPhotos(idOf(await xmlOf(parts[0]!)), files);
  });

  test('the power goes while sixty sheets are under way: what was answered is there, and all of them sent again are there once', async () => {
    const before = await total();
    const data: { id: string; made: Made; body: FormData }[] = [];
    for (let i = 0; i < 60; i++) {
      const { sheet, made } = await filled(4000 + i);
      const body = await whole(sheet);
      data.push({ id: idOf(await xmlOf(body)), made, body });
    }
    const answered = new Set<string>();
    const slots = new Slots(8);
    const sending = data.map(({ id, body }) =>
      slots.run(async () => {
        try {
          if (isSuccess(await phone.post(body))) answered.add(id);
        } catch {
          // The line is gone: nobody knows whether it was taken in.
        }
      }),
    );
    await until('fifteen sheets are answered', () => answered.size >= 15);
    await here.server.stop('SIGKILL');
    await Promise.all(sending);
    // A server that was idle when the power went would prove nothing.
    expect(answered.size).toBeLessThan(60);
    await here.server.start();
    const kept = await everything();
    for (const { id, made } of data) if (answered.has(id)) heldTo(made, id, kept);
    for (const { body } of data) expect(isSuccess(await phone.post(body))).toBe(true);
    expect(await total()).toBe(before + data.reduce((n, x) => n + x.made.said.length, 0));
    verified();
  });
});

describe('a client that signs in by digest', () => {
  test('is asked for it, gets the list and sends a sheet', async () => {
    const { address, user, password } = here.digest;
    const asked = await new Collect(address).ask('GET', `${address}/formList`);
    expect(asked.status).toBe(401);
    expect(asked.headers['x-openrosa-version']).toBe('1.0');
    const challenge = asked.headers['www-authenticate'] ?? '';
    expect(challenge).toMatch(/^Digest .*realm="[^"]+".*nonce="[^"]+"/);
    const old = new Collect(address, digest(user, password, challenge));
    expect((await old.forms()).map((x) => x.formID).sort()).toEqual(FORMS);
    const { sheet, made } = await filled(5000, 'safeconduct-count');
    const before = await total();
    expect((await old.post(await whole(sheet))).status).toBe(201);
    expect(await total()).toBe(before + made.said.length);
    // The same words once more are somebody who listened on the line; another password is nobody.
    const once = digest(user, password, challenge);
    const fixed = once('GET', new URL(`${address}/formList`).pathname);
    const replayed = new Collect(address, () => fixed);
    await replayed.ask('GET', `${address}/formList`);
    expect((await replayed.ask('GET', `${address}/formList`)).status).toBe(401);
    expect((await new Collect(address, digest(user, `${password}x`, challenge)).ask('GET', `${address}/formList`)).status).toBe(401);
  });

  test.skipIf(!curl)('curl does the same by its own hand (skipped where there is no curl)', async () => {
    const { address, user, password } = here.digest;
    const folder = mkdtempSync(join(tmpdir(), 'safeconduct-curl-'));
    try {
      const { sheet, made } = await filled(5001, 'safeconduct-incident');
      const file = join(folder, 'sheet.xml');
      writeFileSync(file, await xmlOf(await whole(sheet)));
      const common = ['--silent', '--show-error', '--noproxy', '*', '--digest', '--user', `${user}:${password}`, '--header', 'X-OpenRosa-Version: 1.0'];
      const list = execFileSync('curl', [...common, `${address}/formList`], { encoding: 'utf8' });
      for (const form of FORMS) expect(list).toContain(`<formID>${form}</formID>`);
      const head = execFileSync('curl', [...common, '--head', `${address}/submission`], { encoding: 'utf8' });
      expect(head.trim().split(/\r?\n\r?\n/).at(-1)).toMatch(/^HTTP\/1\.1 204/);
      const before = await total();
      const answer = execFileSync('curl', [...common, '--form', `xml_submission_file=@${file};type=text/xml`, '--write-out', '\n%{http_code}', `${address}/submission`], { encoding: 'utf8' });
      expect(answer.split('\n').at(-1)).toBe('201');
      expect(await total()).toBe(before + made.said.length);
      const wrong = execFileSync('curl', ['--silent', '--noproxy', '*', '--digest', '--user', `${user}:wrong`, '--output', '/dev/null', '--write-out', '%{http_code}', `${address}/formList`], { encoding: 'utf8' });
      expect(wrong).toBe('401');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('what is wrong is refused in words, and nothing of it is kept', () => {
  const marker = 'zq-marker-7f3a';
  const xmlWith = async (change: (xml: string) => string | Buffer): Promise<FormData> => {
    const { sheet } = await filled(6000 + Math.floor(Math.random() * 1e6), 'safeconduct-count');
    const xml = await xmlOf(await whole(sheet));
    const marked = xml.replace(/<convoy>[^<]*/, `<convoy>${marker}`);
    expect(marked).toContain(marker);
    const changed = change(marked);
    expect(changed, 'nothing was changed').not.toBe(marked);
    return submissionOf(changed);
  };
  const laughs = (xml: string): string => {
    let declared = '<!ENTITY a0 "ha">';
    for (let i = 1; i < 12; i++) declared += `<!ENTITY a${i} "${`&a${i - 1};`.repeat(10)}">`;
    return `<?xml version="1.0"?><!DOCTYPE data [${declared}]>${xml.replace(marker, `${marker}&a11;`)}`;
  };
  const withName = async (p: Collect, name: string): Promise<Answer> => {
    const { sheet } = await withPhotos([jpeg('plain.jpg', 2000)]);
    const xml = await xmlOf(await whole(sheet));
    const file = jpeg(name, 2000);
    const data = submissionOf(xml.replace('plain.jpg', name).replace(/<words>[^<]*/, `<words>${marker}`), [file]);
    return p.post(data);
  };
  const within = (xml: string, more: string): string => xml.replace(/<\/\w+>\s*$/, (end) => more + end);

  const wrong: [string, (phone: Collect) => Promise<Answer>][] = [
    ['XML that is cut off', async (p) => p.post(await xmlWith((xml) => xml.slice(0, xml.length - 20)))],
    ['no XML at all', async (p) => p.post(submissionOf('not a form'))],
    ['an empty file', async (p) => p.post(submissionOf(''))],
    ['entities that grow without end', async (p) => p.post(await xmlWith(laughs))],
    ['a document type that names a file of the server', async (p) => p.post(await xmlWith((xml) => `<?xml version="1.0"?><!DOCTYPE data [<!ENTITY x SYSTEM "file:///etc/passwd">]>${xml.replace(marker, `${marker}&x;`)}`))],
    ['a document type elsewhere', async (p) => p.post(await xmlWith((xml) => `<?xml version="1.0"?><!DOCTYPE data SYSTEM "http://127.0.0.1:9/x.dtd">${xml}`))],
    ['a document type, empty', async (p) => p.post(await xmlWith((xml) => `<?xml version="1.0"?><!DOCTYPE data>${xml}`))],
    ['elements one in another, a hundred thousand deep', async (p) => p.post(await xmlWith((xml) => within(xml, '<x>'.repeat(100_000) + '</x>'.repeat(100_000))))],
    ['bytes that are not UTF-8', async (p) => p.post(await xmlWith((xml) => Buffer.concat([Buffer.from(xml.split(marker)[0]! + marker), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from(xml.split(marker)[1]!)])))],
    ['another version of the form', async (p) => p.post(await xmlWith((xml) => xml.replace(/ version="[^"]*"/, ' version="1999010101"')))],
    ['a form that nobody has', async (p) => p.post(await xmlWith((xml) => xml.replace(/ id="safeconduct-count"/, ' id="census-of-names"')))],
    ['no instanceID', async (p) => p.post(await xmlWith((xml) => xml.replace(/<(\w+:)?instanceID>[^<]*<\/(\w+:)?instanceID>/, '')))],
    ['a count below nothing', async (p) => p.post(await xmlWith((xml) => xml.replace(/<women>\d+/, '<women>-5')))],
    ['a count that is a word', async (p) => p.post(await xmlWith((xml) => xml.replace(/<women>\d+/, '<women>many')))],
    ['a line that is not of the operation', async (p) => p.post(await xmlWith((xml) => xml.replace(/<line>[^<]*/, '<line>moon')))],
    ['a kind that the form does not offer', async (p) => p.post(await xmlWith((xml) => xml.replace(/<kind>[^<]*/, '<kind>submarine')))],
    ['an attachment whose name is a path', (p) => withName(p, '../../x')],
    ['an attachment whose name is a path of another system', (p) => withName(p, '..\\..\\x')],
    ['an attachment whose name is absolute', (p) => withName(p, '/etc/cron.d/x')],
    ['an attachment with a null in its name', async (p) => { const data = await xmlWith((xml) => `${xml}\n`); data.set('x', jpeg('a\0b.jpg', 2000)); return p.post(data); }],
    ['a photo that is named and does not come', async (p) => { const { sheet } = await withPhotos([jpeg('lost.jpg', 2000)]); const data = await whole(sheet); data.delete('lost.jpg'); return p.post(data); }],
    ['a photo that is a page', async (p) => { const { sheet } = await withPhotos([new File([`<script>${marker}</script>`], 'x.jpg', { type: 'image/jpeg' })]); return p.post(await whole(sheet)); }],
    ['no sheet among the parts', async (p) => { const data = new FormData(); data.set('x.jpg', new File([marker], 'x.jpg')); return p.post(data); }],
    ['a body that is not of parts', async (p) => p.ask('POST', p.submission, Buffer.from(`<data>${marker}</data>`), { 'Content-Type': 'text/xml' })],
    ['parts without a boundary', async (p) => p.ask('POST', p.submission, Buffer.from(marker), { 'Content-Type': 'multipart/form-data' })],
    ['parts that do not end', async (p) => { const { body, type } = await bytesOf(await xmlWith((xml) => `${xml}\n`)); return p.ask('POST', p.submission, body.subarray(0, body.length - 30), { 'Content-Type': type }); }],
    ['ten thousand parts', async (p) => { const data = await xmlWith((xml) => `${xml}\n`); for (let i = 0; i < 10_000; i++) data.append(`f${i}`, marker); return p.post(data); }],
    ['more than the server takes at once', async (p) => { const { limit } = await p.head(); const data = await xmlWith((xml) => `${xml}\n`); data.set('big.jpg', new File([Buffer.alloc(limit + 1)], 'big.jpg')); return p.post(data); }],
  ];

  test.each(wrong)('%s', async (_, send) => {
    const before = await total();
    const answer = await send(phone);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers['x-openrosa-version']).toBe('1.0');
    expect(answer.message, answer.body.toString('utf8').slice(0, 300)).toMatch(/\w+ \w+ \w+/);
    expect(answer.message).not.toMatch(/Exception|\bat \w+\.\w+|root:/);
    expect(await total()).toBe(before);
    expect(holding(marker)).toEqual([]);
  });

  test('nobody who is not an app user of the operation gets a form or leaves a sheet', async () => {
    const { sheet } = await filled(7000, 'safeconduct-count');
    const stranger = new Collect(phone.address.replace(/key\/[^/]+/, `key/${'A'.repeat(43)}`));
    for (const answer of [await stranger.ask('GET', `${stranger.address}/formList`), await stranger.ask('HEAD', stranger.submission), await stranger.post(await whole(sheet))]) expect(answer.status).toBe(403);
    const gone = await here.another('a phone that was lost');
    expect((await gone.forms()).length).toBe(6);
    await here.end('a phone that was lost');
    for (const answer of [await gone.ask('GET', `${gone.address}/formList`), await gone.post(await whole(sheet))]) {
      expect(answer.status).toBe(403);
      expect(answer.message).toMatch(/ask the room for a new key/);
    }
  });

  test('nothing that the server printed says what a sheet said or with which token it came', () => {
    expect(here.server.output).not.toContain(marker);
    expect(here.server.output).not.toContain(/key\/([^/]+)/.exec(phone.address)![1]!);
  });
});
