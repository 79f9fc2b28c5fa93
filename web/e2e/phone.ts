// Phones without a browser: they sign and seal with the code the field app uses, and send what a test wants them to send.
import { base64Of, type Bytes, emptyRoot, type Entry, fromHex, type Header, hexOf, random, sealBody, signEntry, utf8 } from '../shared/record/index.ts';
import type { Caller } from './person.ts';

export interface Piece {
  readonly entry: Entry;
  readonly blob: Bytes;
  readonly key: Bytes;
  readonly statement: string;
}

export interface Outcome {
  readonly taken: { id: string; index: number; level: string; notes: string[] }[];
  readonly already: { id: string; index: number; level: string }[];
  readonly waiting: { id: string; missing: string[] }[];
  readonly refused: { place: number; id: string | null; code: string }[];
}

export class Phone {
  private seq = 0;
  private prev: Bytes | null = null;

  private constructor(
    readonly address: string,
    readonly slug: string,
    readonly id: string,
    public token: string,
    readonly operation: Bytes,
    readonly sealing: Bytes,
    public kid: Bytes,
    private readonly key: CryptoKey,
    private readonly empty: Bytes,
  ) {}

  static async enrolled(officer: Caller, slug: string, label: string): Promise<Phone> {
    const device = await officer.call('POST', `/operations/${slug}/devices`, { label });
    const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])) as CryptoKeyPair;
    const key = hexOf(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
    const answer = await (await fetch(`${officer.address}/api/v1/enrolments/${device.code}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key }) })).json();
    if (!answer.token) throw new Error(JSON.stringify(answer));
    return new Phone(officer.address, slug, device.id, answer.token, fromHex(answer.operation.id, 32), fromHex(answer.sealing_key, 65), fromHex(answer.kid, 16), pair.privateKey, await emptyRoot());
  }

  /** The same key and chain on a second device: what a copied phone would do. */
  copied(): Phone {
    const copy = new Phone(this.address, this.slug, this.id, this.token, this.operation, this.sealing, this.kid, this.key, this.empty);
    copy.seq = this.seq;
    copy.prev = this.prev;
    return copy;
  }

  async count(people: number, change: Partial<Header> = {}, body?: object): Promise<Piece> {
    const statement = `F-${hexOf(random(6))}`;
    const said = body ?? {
      v: 1, id: statement, kind: 'headcount', by: { id: 'mission/observers', name: 'Observers of the mission', kind: 'own-observers' }, basis: 'counted',
      said_at: '2031-05-02T14:25:00+00:00', about: '2031-05-02T14:10:00+00:00', said: { measure: 'left', counted: { unit: 'people', of: 'all', bound: { low: people, high: people } }, batch: `bus ${statement}` }, handling: 'room', consent: 'not-needed',
    };
    const sealed = await sealBody({ point: this.sealing, operation: this.operation }, utf8(JSON.stringify(said)), 'application/json');
    const header: Header = { operation: this.operation, seq: this.seq, prev: this.prev, claimed: { unixMs: Date.now(), source: 1, uncertaintyMs: null, sinceBootMs: null, boot: null }, seen: { size: 0, root: this.empty }, met: [], kind: 'statement', refs: [], bodies: [sealed.name], ...change };
    const entry = await signEntry(header, this.kid, this.key);
    this.seq++;
    this.prev = entry.id;
    return { entry, blob: sealed.blob, key: sealed.wrapped, statement };
  }

  /** Delivers pieces, its own or another's. Throws where nobody answers. */
  async send(pieces: readonly Piece[], without: { blobs?: boolean } = {}): Promise<Outcome> {
    const answer = await this.post('/sync/entries', JSON.stringify({ entries: pieces.map((p) => base64Of(p.entry.bytes)), blobs: without.blobs ? [] : pieces.map((p) => base64Of(p.blob)), keys: pieces.map((p) => base64Of(p.key)) }));
    const body = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(body.detail), { code: body.code, status: answer.status });
    return body as Outcome;
  }

  post(path: string, body: string, type = 'application/json'): Promise<Response> {
    return fetch(`${this.address}/api/v1/operations/${this.slug}${path}`, { method: 'POST', headers: { authorization: `Bearer ${this.token}`, 'content-type': type }, body });
  }

  blob(method: 'HEAD' | 'PUT', name: string, headers: Record<string, string> = {}, body?: Bytes): Promise<Response> {
    return fetch(`${this.address}/api/v1/operations/${this.slug}/sync/blobs/${name}`, { method, headers: { authorization: `Bearer ${this.token}`, ...(body ? { 'content-type': 'application/octet-stream' } : {}), ...headers }, ...(body ? { body } : {}) });
  }
}
