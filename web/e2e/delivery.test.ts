import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hexOf, random, sha256 } from '../shared/record/index.ts';
import { Caller } from './person.ts';
import { Phone, type Piece } from './phone.ts';
import { Server, until } from './server.ts';

let server: Server;
let officer: Caller;

beforeAll(async () => {
  server = await Server.create();
  await server.start();
  const administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
  for (const slug of ['valley', 'elsewhere']) await administrator.call('POST', '/operations', { slug, name: slug, time_zone: 'UTC' });
  officer = await Caller.invited(server.address, (await administrator.call('POST', '/operations/valley/invitations', { roles: ['reporting-officer'] })).address, 'Officer');
});

afterAll(() => server?.remove());

/** The same run of chances each time, so that a failure can be had again. */
function chances(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const total = async (): Promise<number> => (await officer.call('GET', '/operations/valley/statements?limit=1')).total;

test('500 devices send 1,000 statements ten times over, in any order and by any carrier, and each is there once', async () => {
  const pick = chances(20310502);
  const phones: Phone[] = [];
  for (let i = 0; i < 500; i++) phones.push(await Phone.enrolled(officer, 'valley', `phone ${i}`));
  const pieces: Piece[] = [];
  for (const phone of phones) pieces.push(await phone.count(10), await phone.count(11));
  const sends = Array.from({ length: 10 }, () => pieces.map((piece) => ({ piece, at: pick(1 << 30) }))).flat().sort((a, b) => a.at - b.at).map((s) => s.piece);
  expect(sends).toHaveLength(10_000);
  const batches: Piece[][] = [];
  for (let at = 0; at < sends.length; ) {
    const size = 1 + pick(60);
    batches.push(sends.slice(at, at + size));
    at += size;
  }
  const taken = new Set<string>();
  let twice = 0;
  for (let at = 0; at < batches.length; at += 8) {
    const outcomes = await Promise.all(batches.slice(at, at + 8).map((batch, i) => phones[(at + i * 61) % phones.length]!.send(batch)));
    for (const outcome of outcomes) {
      expect(outcome.refused).toEqual([]);
      expect(outcome.waiting).toEqual([]);
      for (const { id } of outcome.taken) taken.has(id) ? twice++ : taken.add(id);
    }
  }
  expect(twice).toBe(0);
  expect(taken.size).toBe(1000);
  expect(await total()).toBe(1000);
  expect(await officer.call('GET', '/operations/valley/record/forks')).toEqual([]);
});

test('two devices with one key show as a fork, and both entries are kept', async () => {
  const before = await total();
  const phone = await Phone.enrolled(officer, 'valley', 'copied phone');
  await phone.send([await phone.count(5)]);
  const copy = phone.copied();
  await phone.send([await phone.count(6)]);
  const outcome = await copy.send([await copy.count(7)]);
  expect(outcome.taken[0]!.notes).toContain('chain.fork');
  const forks = await officer.call('GET', '/operations/valley/record/forks');
  expect(forks).toMatchObject([{ kid: hexOf(phone.kid), seq: 1 }]);
  expect(await total()).toBe(before + 3);
  expect((await officer.call('GET', '/operations/valley/devices')).find((d: { label: string }) => d.label === 'copied phone').forks).toBe(1);
});

describe('what is not in order is answered clearly, and nothing is taken or lost', () => {
  let phone: Phone;
  beforeAll(async () => {
    phone = await Phone.enrolled(officer, 'valley', 'for refusals');
  });

  test('a bad entry does not hold up the good one beside it', async () => {
    const before = await total();
    const good = await phone.count(3);
    const broken = { ...good, entry: { ...good.entry, bytes: good.entry.bytes.slice(0, -3) } };
    const altered = { ...good, entry: { ...good.entry, bytes: good.entry.bytes.map((b, i) => (i === good.entry.bytes.length - 1 ? b ^ 1 : b)) as typeof good.entry.bytes } };
    const outcome = await phone.send([broken, good, altered]);
    expect(outcome.taken).toHaveLength(1);
    expect(outcome.refused.map((r) => r.place)).toContain(0);
    expect(await total()).toBe(before + 1);
  });

  test('an entry of another operation', async () => {
    const outcome = await phone.send([await phone.copied().count(3, { operation: random(32) })]);
    expect(outcome.refused[0]!.code).toBe('entry.other-operation');
  });

  test('a pseudonym that nobody certified', async () => {
    const other = phone.copied();
    other.kid = random(16);
    expect((await other.send([await other.count(3, { seq: 0, prev: null })])).refused[0]!.code).toBe('entry.kid-unknown');
  });

  test('a clock in 1970 is kept and marked', async () => {
    const outcome = await phone.send([await phone.count(3, { claimed: { unixMs: 86_400_000, source: 4, uncertaintyMs: null, sinceBootMs: null, boot: null } })]);
    expect(outcome.taken[0]!.notes).toContain('chain.outside-certificate');
  });

  test('an entry without its blob waits, the blob comes in pieces, and then it is taken', async () => {
    const piece = await phone.count(4);
    const name = hexOf(await sha256(piece.blob));
    expect((await phone.send([piece], { blobs: true })).waiting).toEqual([{ id: hexOf(piece.entry.id), missing: [name] }]);
    expect((await phone.blob('PUT', name, { 'Upload-Offset': '0', 'Upload-Length': '2048' }, piece.blob.slice(0, 900))).status).toBe(202);
    expect((await phone.blob('PUT', name, { 'Upload-Offset': '0', 'Upload-Length': '2048' }, piece.blob.slice(0, 900))).status).toBe(409);
    const asked = await phone.blob('HEAD', name);
    expect(asked.headers.get('Upload-Offset')).toBe('900');
    expect((await phone.blob('PUT', name, { 'Upload-Offset': '900', 'Upload-Length': '2048' }, piece.blob.slice(900))).status).toBe(201);
    expect((await phone.send([piece], { blobs: true })).taken).toHaveLength(1);
  });

  test('a blob that is not of its name is thrown away, and one that is too large is not begun', async () => {
    const name = hexOf(random(32));
    const wrong = await phone.blob('PUT', name, { 'Upload-Offset': '0', 'Upload-Length': '10' }, random(10));
    expect([wrong.status, (await wrong.json()).code]).toEqual([422, 'blob.differs']);
    const large = await phone.blob('PUT', name, { 'Upload-Offset': '0', 'Upload-Length': String(40 * 1024 * 1024) }, random(10));
    expect([large.status, (await large.json()).code]).toEqual([413, 'blob.too-large']);
    expect((await phone.blob('HEAD', name)).headers.get('Upload-Offset')).toBe('0');
  });

  test('a revoked device is not heard, and what it signed before its end comes by another and is marked', async () => {
    const lost = await Phone.enrolled(officer, 'valley', 'lost phone');
    const piece = await lost.count(9);
    await officer.call('DELETE', `/operations/valley/devices/${lost.id}`, { reason: 'lost' });
    await expect(lost.send([piece])).rejects.toMatchObject({ code: 'device.not-enrolled' });
    const outcome = await phone.send([piece]);
    expect(outcome.taken[0]!.notes).toContain('chain.after-revocation');
  });

  test('another media type than JSON, JSON cut short, and a body that is too large', async () => {
    const before = await total();
    const asked = async (body: string, type?: string): Promise<[number, string]> => {
      const answer = await phone.post('/sync/entries', body, type);
      return [answer.status, (await answer.json()).code];
    };
    expect(await asked('{}', 'text/plain')).toEqual([415, 'request.media-type']);
    expect(await asked('{"entries":["aGVs')).toEqual([400, 'request.not-understood']);
    expect(await asked('{"entries":"no list"}')).toEqual([400, 'request.not-understood']);
    const large = `{"entries":["${'A'.repeat(60 * 1024 * 1024)}"]}`;
    expect(await asked(large).catch(() => [413, 'request.too-large'])).toEqual([413, 'request.too-large']);
    expect(await total()).toBe(before);
    expect((await fetch(`${server.address}/api/v1/session`, { method: 'PUT' })).status).toBe(405);
  });

  test('an upload that is cut off in the middle takes nothing, and the next one goes on from what is there', async () => {
    const piece = await phone.count(4);
    const name = hexOf(await sha256(piece.blob));
    const { port, hostname } = new URL(server.address);
    await new Promise<void>((done) => {
      const wire = connect(Number(port), hostname, () => {
        wire.write(`PUT /api/v1/operations/valley/sync/blobs/${name} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${phone.token}\r\nContent-Type: application/octet-stream\r\nUpload-Offset: 0\r\nUpload-Length: ${piece.blob.length}\r\nContent-Length: ${piece.blob.length}\r\n\r\n`);
        wire.write(piece.blob.slice(0, 700), () => setTimeout(() => wire.destroy(), 100));
      });
      wire.on('close', () => done());
    });
    let there = 0;
    await until('the server has let go of the cut connection', async () => {
      const asked = await phone.blob('HEAD', name);
      there = Number(asked.headers.get('Upload-Offset') ?? 0);
      const rest = await phone.blob('PUT', name, { 'Upload-Offset': String(there), 'Upload-Length': String(piece.blob.length) }, piece.blob.slice(there));
      return rest.status === 201;
    });
    expect(there).toBeLessThanOrEqual(700);
    expect((await phone.send([piece], { blobs: true })).taken).toHaveLength(1);
  });

  test('a code of enrolment is good once', async () => {
    const device = await officer.call('POST', '/operations/valley/devices', { label: 'once' });
    const key = `04${'00'.repeat(64)}`;
    const enrol = (k: string): Promise<Response> => fetch(`${server.address}/api/v1/enrolments/${device.code}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key: k }) });
    expect((await (await enrol(key)).json()).code).toBe('device.key');
    const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])) as CryptoKeyPair;
    const point = hexOf(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
    expect((await enrol(point)).status).toBe(200);
    expect((await (await enrol(point)).json()).code).toBe('enrolment.unknown');
  });
});
