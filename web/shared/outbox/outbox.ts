// The outbox of a device: its key, its chain, and every entry that is not yet proved to be in the record. It owns the IndexedDB database of its
// name. What it keeps of a statement is sealed to the operation: this device cannot read it again. If the power goes, the head of the chain and the
// entry are both there or both not: one transaction holds them, flushed before anything is called saved.
import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';
import * as record from '../record';
import { base64Of, type Bytes, type Fields, fromBase64, fromHex, hexOf, Refusal, sha256 } from '../record';
import { fromQrParts, readCarried, toQrParts, writeCarried } from './carried';

export type Operation = { slug: string; id: string; name: string; time_zone: string };
export type Line = { id: string; name: string; kind: string; names?: Record<string, string> };

/** What a device is told when it is enrolled; see the answer of /enrolments. */
export type Enrolled = {
  token: string;
  operation: Operation & { charter_b64: string };
  kid: string;
  certificate: { from: number | string; to: number | string };
  sealing_key: string;
  head: { size: number; root: string };
  lines: Line[];
  settings: Record<string, unknown>;
};

/** The device as the app may see it: no key, no token. */
export type Device = Pick<Enrolled, 'kid' | 'certificate' | 'lines' | 'settings'> & { operation: Operation; server: string; recorded: number };

type StoredDevice = Omit<Device, 'recorded'> & {
  key: CryptoKey;
  token: string;
  logKey: Bytes;
  sealingKey: Bytes;
  nextSeq: number;
  prev: Bytes | null;
  seen: record.TreeHead;
};

type StoredEntry = {
  order: number;
  id: string;
  bytes: Bytes;
  bodies: { blob: Bytes; wrapped: Bytes }[];
  /** held: on this device alone, as far as it knows. logged: the server has it under a checkpoint, and the proof could not yet be checked. */
  state: 'held' | 'logged';
  own: boolean;
  refused?: { code: string; detail: string };
};

interface Schema extends DBSchema {
  device: { key: 'device'; value: StoredDevice };
  entries: { key: number; value: StoredEntry; indexes: { id: string } };
  work: { key: string; value: unknown };
  settings: { key: string; value: unknown };
}

export type Attachment = { bytes: Bytes; media: string };
export type Recorded = { entryId: string; statementId: string; seq: number };

/** How a delivery went. `stopped` names what ended it early; what was not delivered stays and is sent again. */
export type Delivery = {
  taken: number;
  already: number;
  proved: number;
  waiting: number;
  refused: { id: string | null; code: string; detail: string }[];
  left: number;
  stopped: null | { code: 'offline' | 'signed-out' | 'server'; detail: string };
};

type Answered = { id: string; index: number; level: 'held' | 'logged' };
type SyncAnswer = {
  taken: Answered[];
  already: Answered[];
  waiting: { id: string; missing: string[] }[];
  refused: { place: number; id: string | null; code: string; detail: string }[];
  head: { size: number; root: string; checkpoint: string };
};

const strict = { durability: 'strict' } as const;
const mostEntries = 100;
const mostBytes = 2_500_000;

/** A blob above this goes ahead of its entry in a call that can be taken up again where a bad link broke it. */
const inlineBlob = 128 * 1024;
const uploadStep = 512 * 1024;

export class Stopped extends Error {
  constructor(
    readonly code: 'offline' | 'signed-out' | 'server',
    detail: string,
  ) {
    super(detail);
  }
}

export class Outbox {
  private readonly turns = new Map<string, Promise<unknown>>();
  private readonly listeners = new Set<() => void>();

  private constructor(
    private readonly db: IDBPDatabase<Schema>,
    private readonly name: string,
  ) {}

  static async open(name: string): Promise<Outbox> {
    const db = await openDB<Schema>(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('device');
        fresh.createObjectStore('entries', { keyPath: 'order', autoIncrement: true }).createIndex('id', 'id', { unique: true });
        fresh.createObjectStore('work');
        fresh.createObjectStore('settings');
      },
    });
    // Where the browser refuses, it may clear the store when space runs out; the app says so.
    await globalThis.navigator?.storage?.persist?.().catch(() => false);
    return new Outbox(db, name);
  }

  close(): void {
    this.db.close();
  }

  /** Calls back after every change of what is saved. Returns the way to stop. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async device(): Promise<Device | null> {
    const stored = await this.db.get('device', 'device');
    if (!stored) return null;
    const { kid, certificate, lines, settings, operation, server, nextSeq } = stored;
    return { kid, certificate, lines, settings, operation, server, recorded: nextSeq };
  }

  /** Draws a key that cannot leave this device, and enrols it with the code that the room showed. `server` is an origin, such as `https://host`. */
  async enrol(code: string, server: string, send: typeof fetch = fetch): Promise<Device> {
    if (await this.db.get('device', 'device')) throw new Refusal('outbox.enrolled', 'This device is enrolled already.');
    const pair = await drawKey();
    const answer = await ask<Enrolled>(send, `${server}/api/v1/enrolments/${encodeURIComponent(code)}`, { method: 'POST', body: JSON.stringify({ key: pair.point }) });
    const charter = fromBase64(answer.operation.charter_b64);
    if (hexOf(await sha256(charter)) !== answer.operation.id) throw new Refusal('outbox.other-charter', 'The charter is not the one that names this operation.');
    const { log } = JSON.parse(new TextDecoder().decode(charter)) as { log: { key: string } };
    const { slug, id, name, time_zone } = answer.operation;
    const stored: StoredDevice = {
      key: pair.key,
      kid: answer.kid,
      certificate: answer.certificate,
      token: answer.token,
      operation: { slug, id, name, time_zone },
      server,
      logKey: fromHex(log.key, 32),
      sealingKey: fromHex(answer.sealing_key, 65),
      nextSeq: 0,
      prev: null,
      seen: { size: answer.head.size, root: fromHex(answer.head.root, 32) },
      lines: answer.lines,
      settings: answer.settings,
    };
    fromHex(answer.kid, 16);
    await this.db.put('device', stored, 'device');
    this.changed();
    return (await this.device())!;
  }

  /**
   * Seals, signs and saves one statement; what is attached is named in it by hash. Resolves when it is durable on this device. `id` and `attached` are
   * set here, and `said_at` to now where it is missing.
   */
  async record(statement: Fields, attachments: readonly Attachment[] = [], now: number = Date.now()): Promise<Recorded> {
    return this.inTurn('chain', async () => {
      const device = await this.enrolled();
      const attached = await Promise.all(attachments.map(async (a) => ({ sha256: hexOf(await sha256(a.bytes)), media: a.media })));
      const statementId = typeof statement.id === 'string' ? statement.id : record.newStatementId();
      const bytes = record.statementBytes({ said_at: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'), ...statement, id: statementId, attached });
      const to = { point: device.sealingKey, operation: fromHex(device.operation.id, 32) };
      const bodies = [await record.sealBody(to, bytes, 'application/json')];
      for (const a of attachments) bodies.push(await record.sealBody(to, a.bytes, 'application/octet-stream'));
      bytes.fill(0);
      const entry = await record.signEntry(
        {
          operation: to.operation,
          seq: device.nextSeq,
          prev: device.prev,
          claimed: { unixMs: Math.max(0, now), source: 1, uncertaintyMs: null, sinceBootMs: null, boot: null },
          seen: device.seen,
          met: [],
          kind: 'statement',
          refs: [],
          bodies: bodies.map((b) => b.name),
        },
        fromHex(device.kid, 16),
        device.key,
      );
      await this.append(device, entry, bodies);
      this.changed();
      return { entryId: hexOf(entry.id), statementId, seq: entry.header.seq };
    });
  }

  /** How many entries are not known to be in the record. */
  async undelivered(): Promise<number> {
    return (await this.db.getAll('entries')).filter((e) => e.state === 'held').length;
  }

  /** Entries that the server would not take, with its reasons. They stay here. */
  async refused(): Promise<{ id: string; code: string; detail: string }[]> {
    return (await this.db.getAll('entries')).flatMap((e) => (e.refused ? [{ id: e.id, ...e.refused }] : []));
  }

  /** Sends what is saved, takes receipts, and lets go of an entry only when a proof shows it in the log that the operation's key signed for. */
  async deliver(send: typeof fetch = fetch): Promise<Delivery> {
    return this.inTurn('deliver', async () => {
      const outcome: Delivery = { taken: 0, already: 0, proved: 0, waiting: 0, refused: [], left: 0, stopped: null };
      try {
        const device = await this.enrolled();
        const server = new Server(device, send);
        const held = (await this.db.getAllKeys('entries')).values();
        for (let batch = await this.nextBatch(held); batch.length > 0; batch = await this.nextBatch(held)) await this.sendBatch(server, batch, outcome, true);
        await this.prove(server, device, outcome);
      } catch (e) {
        if (!(e instanceof Stopped)) throw e;
        outcome.stopped = { code: e.code, detail: e.message };
      } finally {
        outcome.left = await this.undelivered();
        this.changed();
      }
      return outcome;
    });
  }

  /** Everything not yet delivered as one file for another device to carry on. It can be read by the room alone. */
  async asFile(): Promise<Blob> {
    return new Blob([writeCarried(await this.carried(await this.held()))], { type: 'application/octet-stream' });
  }

  /** Takes in what another device of the operation handed over, to deliver it on its behalf. Returns how many entries were new here. */
  async takeFile(bytes: Bytes): Promise<number> {
    const device = await this.enrolled();
    const carried = readCarried(bytes);
    if (hexOf(carried.operation) !== device.operation.id) throw new Refusal('outbox.other-operation', 'These entries belong to another operation.');
    const blobs = new Map(await Promise.all(carried.blobs.map(async (b) => [hexOf(await sha256(b)), b] as const)));
    const keys = new Map(await Promise.all(carried.keys.map(async (k) => [hexOf((await sha256(k)).slice(0, 16)), k] as const)));
    const fresh: Omit<StoredEntry, 'order'>[] = [];
    for (const one of carried.entries) {
      const entry = await record.readEntry(one);
      const bodies = entry.header.bodies.map((b) => ({ blob: blobs.get(hexOf(b.blob)), wrapped: keys.get(hexOf(b.key)) }));
      if (hexOf(entry.header.operation) !== device.operation.id || bodies.some((b) => !b.blob || !b.wrapped)) {
        throw new Refusal('outbox.file', 'An entry of this file has not all that it names; nothing was taken in.');
      }
      fresh.push({ id: hexOf(entry.id), bytes: one, bodies: bodies as StoredEntry['bodies'], state: 'held', own: false });
    }
    const tx = this.db.transaction('entries', 'readwrite', strict);
    let taken = 0;
    for (const one of fresh) {
      if (await tx.store.index('id').getKey(one.id)) continue;
      await tx.store.add(one as StoredEntry);
      taken++;
    }
    await tx.done;
    this.changed();
    return taken;
  }

  /** The undelivered entries as a row of QR codes, without those whose attachments are too large for one. */
  async asQrParts(mostBytesOfOne = 8 * 1024): Promise<string[]> {
    const small = (await this.held()).filter((e) => e.bodies.reduce((n, b) => n + b.blob.length, 0) <= mostBytesOfOne);
    return small.length === 0 ? [] : toQrParts(writeCarried(await this.carried(small)));
  }

  /** Takes in a row of codes; says which are still to be read. */
  async fromQrParts(parts: readonly string[]): Promise<{ missing: number[] } | { taken: number }> {
    const read = await fromQrParts(parts);
    return 'missing' in read ? read : { taken: await this.takeFile(read) };
  }

  /** A new key under a new pseudonym, so that what is recorded in one shift is not linked to the next. Needs the server; what is saved keeps its signatures. */
  async newShift(send: typeof fetch = fetch): Promise<Device> {
    return this.inTurn('chain', async () => {
      const device = await this.enrolled();
      const pair = await drawKey();
      const answer = await new Server(device, send).ask<Pick<Enrolled, 'kid' | 'certificate' | 'head'>>('/shift', { method: 'POST', body: JSON.stringify({ kid: device.kid, key: pair.point }) });
      if (answer.kid === device.kid) throw new Refusal('outbox.same-pseudonym', 'The server gave the pseudonym of the last shift again.');
      fromHex(answer.kid, 16);
      const seen = answer.head.size >= device.seen.size ? { size: answer.head.size, root: fromHex(answer.head.root, 32) } : device.seen;
      await this.replaceDevice({ ...device, key: pair.key, kid: answer.kid, certificate: answer.certificate, nextSeq: 0, prev: null, seen });
      this.changed();
      return (await this.device())!;
    });
  }

  // Open work is the one thing kept unsealed, because it is still being written: the bus at the kerb. It is erased when it is closed.
  readonly work = {
    get: async <T>(key: string): Promise<T | null> => ((await this.db.get('work', key)) as T | undefined) ?? null,
    put: async (key: string, value: unknown): Promise<void> => void (await this.write('work', (store) => store.put(value, key))),
    erase: async (key: string): Promise<void> => void (await this.write('work', (store) => store.delete(key))),
    keys: (): Promise<string[]> => this.db.getAllKeys('work'),
  };

  readonly settings = {
    get: async <T>(key: string): Promise<T | null> => ((await this.db.get('settings', key)) as T | undefined) ?? null,
    put: async (key: string, value: unknown): Promise<void> => void (await this.write('settings', (store) => store.put(value, key))),
  };

  /** Forgets everything on this device: key, chain, saved entries, open work. For a device that is given back or in danger. */
  async erase(): Promise<void> {
    const tx = this.db.transaction(['device', 'entries', 'work', 'settings'], 'readwrite', strict);
    await Promise.all([tx.objectStore('device').clear(), tx.objectStore('entries').clear(), tx.objectStore('work').clear(), tx.objectStore('settings').clear(), tx.done]);
    this.changed();
  }

  private async enrolled(): Promise<StoredDevice> {
    const device = await this.db.get('device', 'device');
    if (!device) throw new Refusal('outbox.not-enrolled', 'This device is not enrolled: scan the code that the room shows.');
    return device;
  }

  // The place in the chain is looked at once more inside the transaction: a second window may have taken it since.
  private async append(device: StoredDevice, entry: record.Entry, bodies: record.SealedBody[]): Promise<void> {
    const tx = this.db.transaction(['device', 'entries'], 'readwrite', strict);
    const now = await tx.objectStore('device').get('device');
    if (!now || now.kid !== device.kid || now.nextSeq !== device.nextSeq) {
      tx.abort();
      await tx.done.catch(() => undefined);
      throw new Refusal('outbox.chain-moved', 'Another window saved something at the same moment: save again.');
    }
    const stored: Omit<StoredEntry, 'order'> = { id: hexOf(entry.id), bytes: entry.bytes, bodies: bodies.map(({ blob, wrapped }) => ({ blob, wrapped })), state: 'held', own: true };
    await Promise.all([
      tx.objectStore('entries').add(stored as StoredEntry),
      tx.objectStore('device').put({ ...now, nextSeq: now.nextSeq + 1, prev: entry.id }, 'device'),
      tx.done,
    ]);
  }

  private async held(): Promise<StoredEntry[]> {
    return (await this.db.getAll('entries')).filter((e) => e.state === 'held');
  }

  private async carried(entries: StoredEntry[]) {
    const { operation } = await this.enrolled();
    const bodies = entries.flatMap((e) => e.bodies);
    return { operation: fromHex(operation.id, 32), entries: entries.map((e) => e.bytes), blobs: bodies.map((b) => b.blob), keys: bodies.map((b) => b.wrapped) };
  }

  private async nextBatch(keys: Iterator<number>): Promise<StoredEntry[]> {
    const batch: StoredEntry[] = [];
    for (let size = 0; batch.length < mostEntries && size < mostBytes; ) {
      const { value, done } = keys.next();
      if (done) break;
      const entry = await this.db.get('entries', value);
      if (entry?.state !== 'held') continue;
      batch.push(entry);
      size += entry.bytes.length + entry.bodies.reduce((n, b) => n + Math.min(b.blob.length, inlineBlob), 0);
    }
    return batch;
  }

  private async sendBatch(server: Server, batch: StoredEntry[], outcome: Delivery, mayRepeat: boolean): Promise<void> {
    const bodies = batch.flatMap((e) => e.bodies);
    for (const { blob } of bodies.filter((b) => b.blob.length > inlineBlob)) await server.upload(blob);
    const answer = await server.ask<SyncAnswer>('/entries', {
      method: 'POST',
      body: JSON.stringify({
        entries: batch.map((e) => base64Of(e.bytes)),
        blobs: bodies.filter((b) => b.blob.length <= inlineBlob).map((b) => base64Of(b.blob)),
        keys: bodies.map((b) => base64Of(b.wrapped)),
      }),
    });
    const byId = new Map(batch.map((e) => [e.id, e]));
    const answered = [...answer.taken, ...answer.already].flatMap((a) => (byId.has(a.id) ? [{ entry: byId.get(a.id)!, level: a.level }] : []));
    outcome.taken += answer.taken.length;
    outcome.already += answer.already.length;
    outcome.refused.push(...answer.refused.map(({ id, code, detail }) => ({ id, code, detail })));
    await this.write('entries', async (store) => {
      // A receipt of level held is durable in one place and may still be lost with it: the entry is sent again until the log signs for it.
      for (const { entry, level } of answered) await store.put({ ...entry, refused: undefined, state: level === 'logged' ? 'logged' : 'held' });
      for (const { place, code, detail } of answer.refused) {
        const entry = batch[place];
        if (entry) await store.put({ ...entry, refused: { code, detail } });
      }
    });
    await this.learnHead(answer.head);
    const waiting = answer.waiting.flatMap((w) => (byId.has(w.id) ? [{ entry: byId.get(w.id)!, missing: w.missing }] : []));
    if (waiting.length === 0) return;
    if (!mayRepeat) {
      outcome.waiting += waiting.length;
      return;
    }
    for (const { entry, missing } of waiting) {
      for (const { blob } of entry.bodies) if (missing.includes(hexOf(await sha256(blob)))) await server.upload(blob);
    }
    await this.sendBatch(server, waiting.map((w) => w.entry), outcome, false);
  }

  private async prove(server: Server, device: StoredDevice, outcome: Delivery): Promise<void> {
    const logged = (await this.db.getAll('entries')).filter((e) => e.state === 'logged');
    for (let at = 0; at < logged.length; at += 6) {
      await Promise.all(
        logged.slice(at, at + 6).map(async (entry) => {
          const answer = await server.ask<{ index: number; size: number; hashes: string[]; checkpoint: string }>(`/proof/${entry.id}`, { method: 'GET' });
          const proof = await proofOf(entry.bytes, answer, device);
          if (proof === 'not-checked') return;
          // A server that says "logged" and cannot show it is not believed: the entry counts as not delivered and is sent again.
          await this.write('entries', (store) => (proof === 'good' ? store.delete(entry.order) : store.put({ ...entry, state: 'held' })));
          if (proof === 'good') outcome.proved++;
        }),
      );
    }
  }

  /** The newest state that the log signed for; later entries name it, which shows that they are not older than it. */
  private async learnHead(head: SyncAnswer['head']): Promise<void> {
    const device = await this.enrolled();
    let signed: record.Checkpoint;
    try {
      signed = await record.readCheckpoint(head.checkpoint, fromHex(device.operation.id, 32), device.logKey);
    } catch (e) {
      if (e instanceof Refusal) return;
      throw e;
    }
    if (signed.size <= device.seen.size) return;
    const tx = this.db.transaction('device', 'readwrite', strict);
    const now = await tx.store.get('device');
    if (now && signed.size > now.seen.size) await tx.store.put({ ...now, seen: { size: signed.size, root: signed.root } }, 'device');
    await tx.done;
  }

  private async replaceDevice(device: StoredDevice): Promise<void> {
    const tx = this.db.transaction('device', 'readwrite', strict);
    await tx.store.put(device, 'device');
    await tx.done;
  }

  private async write<N extends 'entries' | 'work' | 'settings'>(name: N, act: (store: IDBPObjectStore<Schema, [N], N, 'readwrite'>) => unknown): Promise<void> {
    const tx = this.db.transaction(name, 'readwrite', strict);
    await act(tx.objectStore(name));
    await tx.done;
  }

  // One after the other in this window, and among windows where the browser has locks.
  private inTurn<T>(what: string, act: () => Promise<T>): Promise<T> {
    const locks = globalThis.navigator?.locks;
    const run = () => (locks ? (locks.request(`${this.name} ${what}`, act) as Promise<T>) : act());
    const turn = (this.turns.get(what) ?? Promise.resolve()).then(run, run);
    this.turns.set(what, turn);
    return turn;
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

async function drawKey(): Promise<{ key: CryptoKey; point: string }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  return { key: pair.privateKey, point: hexOf(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))) };
}

/** Whether an entry is in the log that the operation's key signed for. Without Ed25519 in this browser it is not known, and the entry stays here. */
async function proofOf(entry: Bytes, answer: { index: number; hashes: string[]; checkpoint: string }, device: StoredDevice): Promise<'good' | 'bad' | 'not-checked'> {
  try {
    const head = await record.readCheckpoint(answer.checkpoint, fromHex(device.operation.id, 32), device.logKey);
    const leads = record.agree(head, device.seen) && (await record.includes(await record.leafOf(entry), answer.index, head, answer.hashes.map((h) => fromHex(h, 32))));
    return !leads ? 'bad' : head.signatureChecked ? 'good' : 'not-checked';
  } catch (e) {
    if (e instanceof Refusal) return 'bad';
    throw e;
  }
}

class Server {
  private readonly base: string;

  constructor(
    private readonly device: StoredDevice,
    private readonly send: typeof fetch,
  ) {
    this.base = `${device.server}/api/v1/operations/${device.operation.slug}/sync`;
  }

  ask<T>(path: string, request: RequestInit): Promise<T> {
    return ask<T>(this.send, this.base + path, request, this.device.token);
  }

  /** Sends a blob in steps, from where the server has it. */
  async upload(blob: Bytes): Promise<void> {
    const url = `${this.base}/blobs/${hexOf(await sha256(blob))}`;
    const authorization = { Authorization: `Bearer ${this.device.token}` };
    const head = await call(this.send, url, { method: 'HEAD', headers: authorization });
    let at = head.ok ? Number(head.headers.get('Upload-Offset') ?? 0) : 0;
    for (let tries = 0; at < blob.length; ) {
      const part = blob.slice(at, at + uploadStep);
      const headers = { ...authorization, 'Upload-Offset': String(at), 'Content-Type': 'application/octet-stream' };
      const answer = await call(this.send, url, { method: 'PUT', headers, body: part });
      if (answer.status === 409 && tries++ < 3) {
        const offset = Number(answer.headers.get('Upload-Offset') ?? NaN);
        at = Number.isSafeInteger(offset) && offset <= blob.length ? offset : 0;
      } else if (answer.status === 201) return;
      else if (answer.status === 202 || answer.status === 200) at += part.length;
      else throw await stopped(answer);
    }
  }
}

async function ask<T>(send: typeof fetch, url: string, request: RequestInit, token?: string): Promise<T> {
  const headers = { ...(request.body ? { 'Content-Type': 'application/json' } : {}), ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  const answer = await call(send, url, { ...request, headers });
  if (!answer.ok) throw await stopped(answer);
  return (await answer.json()) as T;
}

// A device has no cookie session: it is never sent along.
async function call(send: typeof fetch, url: string, request: RequestInit): Promise<Response> {
  try {
    return await send(url, { ...request, credentials: 'omit', cache: 'no-store' });
  } catch (e) {
    throw new Stopped('offline', (e as Error).message);
  }
}

async function stopped(answer: Response): Promise<Stopped> {
  const problem = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string };
  return new Stopped(answer.status === 401 || answer.status === 403 ? 'signed-out' : 'server', problem.detail ?? problem.code ?? `The server answered ${answer.status}.`);
}

