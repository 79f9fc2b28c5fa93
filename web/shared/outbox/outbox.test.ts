import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { type Bytes, hexOf, random, readEntry, Refusal } from '../record';
import { fromQrParts, Outbox, toQrParts } from './index';
import { TestServer } from './server.test-support';

const saying = (people: number) => ({
  kind: 'headcount',
  by: { id: 'mission/observers', name: 'Observers of the mission', kind: 'own-observers' },
  about: '2031-05-02T14:10:00+03:00',
  said: { measure: 'passed', counted: { unit: 'people', of: 'all', bound: { low: people, high: people } } },
  handling: 'room',
  consent: 'not-needed',
});

let made = 0;
const enrolled = async (server: TestServer): Promise<Outbox> => {
  const outbox = await Outbox.open(`outbox ${++made}`);
  await outbox.enrol('CODE', server.origin, server.fetch);
  return outbox;
};

const bytesOf = async (blob: Blob): Promise<Bytes> => new Uint8Array(await blob.arrayBuffer());

test('Entries follow one another in one chain, and what is saved cannot be read on the device', async () => {
  const server = await TestServer.found();
  const outbox = await enrolled(server);
  const recorded = await Promise.all([outbox.record(saying(41)), outbox.record({ ...saying(42), paraphrase: 'Forty-two people' }), outbox.record(saying(43))]);
  expect(recorded.map((r) => r.seq)).toEqual([0, 1, 2]);
  expect(await outbox.undelivered()).toBe(3);
  const file = await bytesOf(await outbox.asFile());
  expect(new TextDecoder('latin1').decode(file)).not.toMatch(/headcount|people|Forty/);
  await outbox.deliver(server.fetch);
  const entries = await Promise.all(server.entries.map(readEntry));
  expect(entries.map((e) => [e.header.seq, e.header.prev && hexOf(e.header.prev)])).toEqual([[0, null], [1, hexOf(entries[0]!.id)], [2, hexOf(entries[1]!.id)]]);
  outbox.close();
});

test('An entry is let go of only when a proof shows it in the signed log', async () => {
  const server = await TestServer.found();
  const outbox = await enrolled(server);
  for (let i = 0; i < 5; i++) await outbox.record(saying(i));
  server.level = 'held';
  expect(await outbox.deliver(server.fetch)).toMatchObject({ taken: 5, proved: 0, left: 5, stopped: null });
  server.level = 'logged';
  server.lie = (hashes) => hashes.map(() => hexOf(random(32)));
  expect(await outbox.deliver(server.fetch)).toMatchObject({ already: 5, proved: 0, left: 5 });
  server.lie = (hashes) => hashes;
  expect(await outbox.deliver(server.fetch)).toMatchObject({ already: 5, proved: 5, left: 0 });
  expect(await (await outbox.asFile()).arrayBuffer()).toHaveProperty('byteLength', 4 + 32 + 12);
  expect(server.entries.length).toBe(5);
  outbox.close();
});

test('A link that breaks after the server took the entries loses nothing and doubles nothing', async () => {
  const server = await TestServer.found();
  const outbox = await enrolled(server);
  for (let i = 0; i < 3; i++) await outbox.record(saying(i));
  server.after = (method, path) => {
    if (method === 'POST' && path.endsWith('/entries')) throw new TypeError('the connection was lost');
  };
  expect(await outbox.deliver(server.fetch)).toMatchObject({ left: 3, stopped: { code: 'offline' } });
  server.after = () => undefined;
  expect(await outbox.deliver(server.fetch)).toMatchObject({ taken: 0, already: 3, proved: 3, left: 0 });
  expect(server.entries.length).toBe(3);
  outbox.close();
});

test('250 entries go in batches of at most 100', async () => {
  const server = await TestServer.found();
  const outbox = await enrolled(server);
  for (let i = 0; i < 250; i++) await outbox.record(saying(i));
  const sizes: number[] = [];
  const send = (async (url: string, request: RequestInit) => {
    if (url.endsWith('/entries')) sizes.push((JSON.parse(request.body as string) as { entries: string[] }).entries.length);
    return server.fetch(url, request);
  }) as typeof fetch;
  server.level = 'held';
  expect(await outbox.deliver(send)).toMatchObject({ taken: 250, left: 250 });
  expect(sizes).toEqual([100, 100, 50]);
  outbox.close();
});

test('A large photo goes ahead of its entry and is taken up again where the link broke', async () => {
  const server = await TestServer.found();
  const outbox = await enrolled(server);
  const photo = new Uint8Array(1_500_000).map((_, i) => i % 251);
  await outbox.record(saying(1), [{ bytes: photo, media: 'image/jpeg' }]);
  let puts = 0;
  server.before = (method) => {
    if (method === 'PUT' && ++puts === 3) throw new TypeError('the connection was lost');
    return undefined;
  };
  expect(await outbox.deliver(server.fetch)).toMatchObject({ taken: 0, left: 1, stopped: { code: 'offline' } });
  const before = puts;
  expect(await outbox.deliver(server.fetch)).toMatchObject({ taken: 1, proved: 1, left: 0 });
  expect(puts - before).toBe(2);
  const [entry] = await Promise.all(server.entries.map(readEntry));
  expect(entry!.header.bodies.map((b) => [b.media, b.length])).toEqual([['application/json', 2048], ['application/octet-stream', 2 * 1024 * 1024]]);
  outbox.close();
});

test('A blob that the server lost is sent again when it asks for it', async () => {
  const server = await TestServer.found();
  const outbox = await enrolled(server);
  await outbox.record(saying(1));
  const send = (async (url: string, request: RequestInit) => {
    const body = url.endsWith('/entries') ? JSON.stringify({ ...JSON.parse(request.body as string), blobs: [] }) : request.body;
    return server.fetch(url, { ...request, body });
  }) as typeof fetch;
  expect(await outbox.deliver(send)).toMatchObject({ taken: 1, waiting: 0, proved: 1, left: 0 });
  outbox.close();
});

test('A refused entry stays, with the reason, and does not hold up the others', async () => {
  const [server, other] = [await TestServer.found(), await TestServer.found()];
  const outbox = await enrolled(server);
  await outbox.record(saying(1));
  const file = await bytesOf(await outbox.asFile());
  await outbox.deliver(server.fetch);
  // The same device as another server knows it: the pseudonym is not certified there.
  const stranger = Object.create(server, { fetch: { value: other.fetch } }) as TestServer;
  const carrier = await enrolled(server);
  expect(await carrier.takeFile(file)).toBe(1);
  expect(await carrier.takeFile(file)).toBe(0);
  expect(await carrier.deliver(stranger.fetch)).toMatchObject({ taken: 0, refused: [{ code: 'entry.signature' }], left: 1 });
  expect(await carrier.refused()).toMatchObject([{ code: 'entry.signature' }]);
  expect(await carrier.deliver(server.fetch)).toMatchObject({ already: 1, proved: 1, left: 0 });
  outbox.close();
  carrier.close();
});

test('Another device carries saved entries on as a file or as codes, and both end delivered', async () => {
  const server = await TestServer.found();
  const [outbox, carrier] = [await enrolled(server), await enrolled(server)];
  await outbox.record(saying(1));
  await outbox.record(saying(2));
  const parts = await outbox.asQrParts();
  expect(parts.every((p) => p.length < 900)).toBe(true);
  expect(await carrier.fromQrParts(parts.slice(1))).toEqual({ missing: [1] });
  expect(await carrier.fromQrParts([...parts].reverse())).toEqual({ taken: 2 });
  expect(await carrier.deliver(server.fetch)).toMatchObject({ taken: 2, proved: 2, left: 0 });
  expect(await outbox.deliver(server.fetch)).toMatchObject({ already: 2, proved: 2, left: 0 });
  outbox.close();
  carrier.close();
});

test('Codes of two rows, and codes that do not give what was sent, are refused', async () => {
  const [a, b] = [await toQrParts(random(2000)), await toQrParts(random(2000))];
  await expect(fromQrParts([a[0]!, b[1]!])).rejects.toThrow('not of one row');
  await expect(fromQrParts([a[0]!, a[1]!.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')), ...a.slice(2).map((p) => p.replace(/[^/]{4}$/, 'AAAA'))])).rejects.toThrow('read them again');
});

test('A file of another operation, or one that is cut, is refused whole', async () => {
  const [server, other] = [await TestServer.found(), await TestServer.found()];
  const [outbox, elsewhere] = [await enrolled(server), await enrolled(other)];
  await outbox.record(saying(1));
  const file = await bytesOf(await outbox.asFile());
  await expect(elsewhere.takeFile(file)).rejects.toThrow('another operation');
  const third = await enrolled(server);
  await expect(third.takeFile(file.slice(0, -1))).rejects.toThrow('not whole');
  expect(await third.undelivered()).toBe(0);
  for (const one of [outbox, elsewhere, third]) one.close();
});

test('A new shift begins a new chain under a new pseudonym; what was saved keeps the old one', async () => {
  const server = await TestServer.found();
  const outbox = await enrolled(server);
  const before = (await outbox.device())!.kid;
  await outbox.record(saying(1));
  const after = (await outbox.newShift(server.fetch)).kid;
  expect(after).not.toBe(before);
  expect((await outbox.record(saying(2))).seq).toBe(0);
  await outbox.deliver(server.fetch);
  const entries = await Promise.all(server.entries.map(readEntry));
  expect(entries.map((e) => [hexOf(e.kid), e.header.seq])).toEqual([[before, 0], [after, 0]]);
  outbox.close();
});

test('Closing in the middle leaves the head of the chain and its entry both there or both not', async () => {
  const server = await TestServer.found();
  const outbox = await enrolled(server);
  await outbox.record(saying(1));
  // A full disk refuses the entry: the head of the chain must not have moved.
  const { add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = () => {
    throw new DOMException('no room', 'QuotaExceededError');
  };
  await expect(outbox.record(saying(2))).rejects.toThrow('no room');
  IDBObjectStore.prototype.add = add;
  expect(await outbox.undelivered()).toBe(1);
  expect((await outbox.device())!.recorded).toBe(1);
  expect((await outbox.record(saying(3))).seq).toBe(1);
  outbox.close();
});

test('Two windows on one store do not fork the chain', async () => {
  const server = await TestServer.found();
  const outbox = await enrolled(server);
  const second = await Outbox.open(`outbox ${made}`);
  const all = await Promise.allSettled([outbox, second, outbox, second].map((o, i) => o.record(saying(i))));
  for (const one of all) if (one.status === 'rejected') expect((one.reason as Refusal).code).toBe('outbox.chain-moved');
  await outbox.deliver(server.fetch);
  const seqs = (await Promise.all(server.entries.map(readEntry))).map((e) => e.header.seq);
  expect(seqs).toEqual(seqs.map((_, i) => i));
  expect(seqs.length).toBe(all.filter((one) => one.status === 'fulfilled').length);
  outbox.close();
  second.close();
});

test('Signed out and failing servers are told apart, and everything stays', async () => {
  const server = await TestServer.found();
  const outbox = await enrolled(server);
  await outbox.record(saying(1));
  server.before = () => ({ status: 401, body: { code: 'sign-in.refused', detail: 'The device is not known.' } });
  expect((await outbox.deliver(server.fetch)).stopped).toEqual({ code: 'signed-out', detail: 'The device is not known.' });
  server.before = () => ({ status: 503 });
  expect(await outbox.deliver(server.fetch)).toMatchObject({ left: 1, stopped: { code: 'server', detail: 'The server answered 503.' } });
  outbox.close();
});

test('Open work is kept while it is written and erased when it is closed', async () => {
  const outbox = await Outbox.open('work');
  await outbox.work.put('bus', { line: 'A', people: 12 });
  expect(await outbox.work.get('bus')).toEqual({ line: 'A', people: 12 });
  await outbox.work.erase('bus');
  expect([await outbox.work.get('bus'), await outbox.work.keys()]).toEqual([null, []]);
  await expect(outbox.record(saying(1))).rejects.toThrow('scan the code');
  outbox.close();
});

test('The key cannot leave the device, and erasing leaves nothing', async () => {
  const server = await TestServer.found();
  const outbox = await enrolled(server);
  await outbox.record(saying(1));
  const open = indexedDB.open(`outbox ${made}`);
  const db = await new Promise<IDBDatabase>((done) => (open.onsuccess = () => done(open.result)));
  const get = db.transaction('device').objectStore('device').get('device');
  const key = await new Promise<CryptoKey>((done) => (get.onsuccess = () => done((get.result as { key: CryptoKey }).key)));
  await expect(crypto.subtle.exportKey('pkcs8', key)).rejects.toThrow();
  db.close();
  await outbox.erase();
  expect([await outbox.device(), await outbox.undelivered()]).toEqual([null, 0]);
  outbox.close();
});
