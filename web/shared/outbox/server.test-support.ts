// A server of one operation for the outbox's tests: it checks entries and keeps a log as the real one does, and can be told to fail or to lie.
import * as record from '../record';
import { base64Of, type Bytes, concat, fromBase64, fromHex, hexOf, sha256, utf8 } from '../record';

type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

export class TestServer {
  readonly origin = 'https://room.example';
  entries: Bytes[] = [];
  calls = 0;
  level: 'held' | 'logged' = 'logged';
  /** Called before each call; throws for a link that is gone, gives an answer for a server that fails. */
  before: (method: string, path: string) => Answer | undefined = () => undefined;
  /** Called after each call that did its work, in place of its answer. */
  after: (method: string, path: string) => void = () => undefined;
  lie: (hashes: string[]) => string[] = (hashes) => hashes;
  private readonly keys = new Map<string, CryptoKey>();
  private readonly places = new Map<string, number>();
  readonly blobs = new Map<string, Bytes>();
  private readonly partial = new Map<string, Bytes>();
  private constructor(
    private readonly log: CryptoKeyPair,
    readonly charter: Bytes,
    readonly operation: Bytes,
    readonly sealingKey: string,
  ) {}

  static async found(): Promise<TestServer> {
    const log = (await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify'])) as CryptoKeyPair;
    const charter = utf8(JSON.stringify({ safeconduct: 'charter 1', log: { key: hexOf(new Uint8Array(await crypto.subtle.exportKey('raw', log.publicKey))) } }));
    const sealing = (await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])) as CryptoKeyPair;
    return new TestServer(log, charter, await sha256(charter), hexOf(new Uint8Array(await crypto.subtle.exportKey('raw', sealing.publicKey))));
  }

  readonly fetch = (async (url: string, request: RequestInit = {}): Promise<Response> => {
    this.calls++;
    const path = url.slice(this.origin.length);
    const method = request.method ?? 'GET';
    const answer = this.before(method, path) ?? (await this.answer(method, path, request));
    this.after(method, path);
    return new Response(method === 'HEAD' || answer.body === undefined ? null : JSON.stringify(answer.body), { status: answer.status, headers: answer.headers });
  }) as typeof fetch;

  private async answer(method: string, path: string, request: RequestInit): Promise<Answer> {
    const body = typeof request.body === 'string' ? (JSON.parse(request.body) as Record<string, unknown>) : {};
    if (path.startsWith('/api/v1/enrolments/')) return { status: 200, body: await this.enrol(body.key as string) };
    if ((request.headers as Record<string, string>).Authorization !== 'Bearer token') return { status: 401, body: { code: 'sign-in.refused', detail: 'no' } };
    const [, call, name] = /\/sync\/([a-z]+)\/?(.*)$/.exec(path)!;
    if (call === 'shift') return { status: 200, body: await this.certify(body.key as string) };
    if (call === 'proof') return { status: 200, body: await this.proof(name!) };
    if (call === 'blobs') return method === 'HEAD' ? { status: 200, headers: { 'Upload-Offset': String(this.partial.get(name!)?.length ?? 0) } } : this.put(name!, request);
    return { status: 200, body: await this.take(body as { entries: string[]; blobs: string[]; keys: string[] }) };
  }

  private async enrol(point: string) {
    const shift = await this.certify(point);
    return {
      token: 'token',
      operation: { slug: 'valley', id: hexOf(this.operation), name: 'Northern valley', time_zone: 'Etc/UTC', charter_b64: base64Of(this.charter) },
      sealing_key: this.sealingKey,
      lines: [],
      settings: {},
      ...shift,
    };
  }

  private async certify(point: string) {
    const kid = hexOf(record.random(16));
    this.keys.set(kid, await record.importSigningKey(fromHex(point, 65)));
    return { kid, certificate: { from: 0, to: 9e15 }, head: { size: this.entries.length, root: hexOf(await this.root()) } };
  }

  private async put(name: string, request: RequestInit): Promise<Answer> {
    const before = this.partial.get(name) ?? new Uint8Array();
    if (Number((request.headers as Record<string, string>)['Upload-Offset']) !== before.length) return { status: 409, headers: { 'Upload-Offset': String(before.length) } };
    const whole = concat(before, request.body as Bytes);
    this.partial.set(name, whole);
    if (hexOf(await sha256(whole)) !== name) return { status: 202 };
    this.blobs.set(name, whole);
    return { status: 201 };
  }

  private async take(sent: { entries: string[]; blobs: string[]; keys: string[] }) {
    for (const blob of sent.blobs.map(fromBase64)) this.blobs.set(hexOf(await sha256(blob)), blob);
    const answer = { taken: [] as unknown[], already: [] as unknown[], waiting: [] as unknown[], refused: [] as unknown[], head: null as unknown };
    for (const [place, text] of sent.entries.entries()) {
      const entry = await record.readEntry(fromBase64(text));
      const [id, key] = [hexOf(entry.id), this.keys.get(hexOf(entry.kid))];
      const missing = entry.header.bodies.map((b) => hexOf(b.blob)).filter((b) => !this.blobs.has(b));
      if (this.places.has(id)) answer.already.push({ id, index: this.places.get(id), level: this.level });
      else if (!key || !(await record.isSignedBy(entry, key))) answer.refused.push({ place, id, code: 'entry.signature', detail: 'its signature is not valid' });
      else if (missing.length > 0) answer.waiting.push({ id, missing });
      else {
        this.places.set(id, this.entries.length);
        answer.taken.push({ id, index: this.entries.length, level: this.level });
        this.entries.push(entry.bytes);
      }
    }
    answer.head = { size: this.entries.length, root: hexOf(await this.root()), checkpoint: await this.checkpoint() };
    return answer;
  }

  private async proof(id: string) {
    const index = this.places.get(id)!;
    return { index, size: this.entries.length, hashes: this.lie((await this.path(index, 0, this.entries.length)).map(hexOf)), checkpoint: await this.checkpoint() };
  }

  private async hash(from: number, to: number): Promise<Bytes> {
    const tree = new record.Tree();
    for (const entry of this.entries.slice(from, to)) await tree.add(await record.leafOf(entry));
    return tree.root();
  }

  root(): Promise<Bytes> {
    return this.hash(0, this.entries.length);
  }

  private async path(index: number, from: number, to: number): Promise<Bytes[]> {
    if (to - from === 1) return [];
    let split = 1;
    while (split * 2 < to - from) split *= 2;
    const middle = from + split;
    return index < middle ? [...(await this.path(index, from, middle)), await this.hash(middle, to)] : [...(await this.path(index, middle, to)), await this.hash(from, middle)];
  }

  private async checkpoint(): Promise<string> {
    const name = record.originOf(this.operation);
    const text = `${name}\n${this.entries.length}\n${base64Of(await this.root())}\n`;
    const key = new Uint8Array(await crypto.subtle.exportKey('raw', this.log.publicKey));
    const hint = (await sha256(concat(utf8(`${name}\n`), Uint8Array.of(1), key))).slice(0, 4);
    const signature = new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, this.log.privateKey, utf8(text)));
    return `${text}\n\u2014 ${name} ${base64Of(concat(hint, signature))}\n`;
  }
}
