// Entries of the record: COSE_Sign1 (RFC 9052) with ES256 over a fixed header, as formats/entry.md says. The bytes are never written again from
// what they say.
import { type Bytes, concat, hexOf, Refusal, sha256, utf8 } from './bytes';
import { CborReader, CborWriter, longestItem } from './cbor';

export const kinds = ['charter', 'document', 'erasure', 'key', 'statement', 'witness'] as const;
export type EntryKind = (typeof kinds)[number];

/** 0 not stated, 1 the device's clock, 2 network, 3 satellite, 4 set by hand. */
export type ClockSource = 0 | 1 | 2 | 3 | 4;

/** The time a device claims: milliseconds since 1970 UTC, with what the device can say about it. */
export type Claimed = { unixMs: number; source: ClockSource; uncertaintyMs: number | null; sinceBootMs: number | null; boot: Bytes | null };
export type TreeHead = { size: number; root: Bytes };
export type BodyName = { blob: Bytes; length: number; commit: Bytes; key: Bytes; media: string };
export type Header = {
  operation: Bytes;
  seq: number;
  prev: Bytes | null;
  claimed: Claimed;
  seen: TreeHead;
  met: { kid: Bytes; id: Bytes }[];
  kind: EntryKind;
  refs: Bytes[];
  bodies: BodyName[];
};
export type Entry = { bytes: Bytes; id: Bytes; kid: Bytes; header: Header; signature: Bytes; signed: Bytes };

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const halfOrder = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${hexOf(bytes)}`);

export const isLow = (signature: Uint8Array): boolean => numberOf(signature.subarray(32, 64)) <= halfOrder;

/** WebCrypto draws either of the two valid values of s; an entry may carry the lower one alone, so that nobody makes a second entry out of a first. */
export function lowered(signature: Bytes): Bytes {
  if (isLow(signature)) return signature;
  const s = (order - numberOf(signature.subarray(32))).toString(16).padStart(64, '0');
  const low = signature.slice();
  for (let i = 0; i < 32; i++) low[32 + i] = parseInt(s.slice(2 * i, 2 * i + 2), 16);
  return low;
}

function protectedOf(kid: Bytes): Bytes {
  return new CborWriter().map(2).integer(1).integer(-7).integer(4).bytes(kid).written;
}

function payloadOf(header: Header): Bytes {
  const w = new CborWriter();
  w.map(10).integer(1).integer(1).integer(2).bytes(header.operation).integer(3).integer(header.seq).integer(4);
  if (header.prev) w.bytes(header.prev);
  else w.null();
  const { claimed, seen } = header;
  w.integer(5).list(5).integer(claimed.unixMs).integer(claimed.source).integerOrNull(claimed.uncertaintyMs).integerOrNull(claimed.sinceBootMs);
  if (claimed.boot) w.bytes(claimed.boot);
  else w.null();
  w.integer(6).list(2).integer(seen.size).bytes(seen.root);
  w.integer(7).list(header.met.length);
  for (const { kid, id } of header.met) w.list(2).bytes(kid).bytes(id);
  w.integer(8).text(header.kind).integer(9).list(header.refs.length);
  for (const ref of header.refs) w.bytes(ref);
  w.integer(10).list(header.bodies.length);
  for (const b of header.bodies) w.list(5).bytes(b.blob).integer(b.length).bytes(b.commit).bytes(b.key).text(b.media);
  return w.written;
}

/** What is signed: the Sig_structure of RFC 9052, section 4.4. Its SHA-256 is the id of the entry. */
const signedOf = (head: Bytes, payload: Bytes): Bytes => new CborWriter().list(4).text('Signature1').bytes(head).bytes(new Uint8Array()).bytes(payload).written;

/** Signs a header with a device's key (P-256, WebCrypto). */
export async function signEntry(header: Header, kid: Bytes, key: CryptoKey): Promise<Entry> {
  if ((header.seq === 0) !== (header.prev === null)) throw new Refusal('entry.prev', 'the first entry of a chain, and only the first, has none before it');
  const [head, payload] = [protectedOf(kid), payloadOf(header)];
  const signed = signedOf(head, payload);
  const signature = lowered(new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, signed)));
  const bytes = new CborWriter().tag(18).list(4).bytes(head).map(0).bytes(payload).bytes(signature).written;
  if (bytes.length > longestItem) throw new Refusal('entry.too-long', `the entry is ${bytes.length} bytes, more than ${longestItem}: name fewer bodies or references`);
  return { bytes, id: await sha256(signed), kid, header, signature, signed };
}

/** Reads an entry or refuses it with the code of formats/entry.md. Whether the signature is valid is checked with the device's key: `isSignedBy`. */
export async function readEntry(bytes: Bytes): Promise<Entry> {
  const r = new CborReader(bytes);
  r.tag(18);
  r.list(4);
  const head = r.byteString();
  r.map(0);
  const payload = r.byteString();
  const signature = r.byteString(64);
  r.end();
  if (!isLow(signature)) r.refuse('entry.high-s', 'the signature has the higher of the two values of s');
  const kid = readProtected(head);
  const header = readHeader(payload);
  const signed = signedOf(head, payload);
  return { bytes, id: await sha256(signed), kid, header, signature, signed };
}

export const importSigningKey = (point: Bytes): Promise<CryptoKey> => crypto.subtle.importKey('raw', point, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']);

export const isSignedBy = (entry: Entry, key: CryptoKey): Promise<boolean> => crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, entry.signature, entry.signed);

/** The leaf of the log's tree: SHA-256(00 || entry), RFC 9162, section 2.1.1. */
export const leafOf = (entryBytes: Uint8Array): Promise<Bytes> => sha256(concat(Uint8Array.of(0), entryBytes));

function readProtected(bytes: Bytes): Bytes {
  const r = new CborReader(bytes);
  r.map(2);
  r.key(1, 0);
  if (r.integer() !== -7) r.refuse('entry.algorithm', 'the algorithm is not ES256 (-7)');
  r.key(4, 1);
  const kid = r.byteString(16);
  r.end();
  return kid;
}

function readHeader(bytes: Bytes): Header {
  const r = new CborReader(bytes);
  r.map(10);
  r.key(1, 0);
  if (r.integer() !== 1) r.refuse('entry.version', 'the version is not 1');
  r.key(2, 1);
  const operation = r.byteString(32);
  r.key(3, 2);
  const seq = r.count();
  r.key(4, 3);
  const prev = r.takeNull() ? null : r.byteString(32);
  if ((seq === 0) !== (prev === null)) r.refuse('entry.prev', 'the first entry of a chain, and only the first, has none before it');
  r.key(5, 4);
  const claimed = readClaimed(r);
  r.key(6, 5);
  r.list(2);
  const seen = { size: r.count(), root: r.byteString(32) };
  r.key(7, 6);
  const met = many(r, () => (r.list(2), { kid: r.byteString(16), id: r.byteString(32) }));
  r.key(8, 7);
  const kind = r.ascii() as EntryKind;
  if (!kinds.includes(kind)) r.refuse('entry.kind', `the kind is none of ${kinds.join(', ')}`);
  r.key(9, 8);
  const refs = many(r, () => r.byteString(32));
  r.key(10, 9);
  const bodies = many(r, () => readBody(r));
  r.end();
  return { operation, seq, prev, claimed, seen, met, kind, refs, bodies };
}

function readClaimed(r: CborReader): Claimed {
  r.list(5);
  const [unixMs, source] = [r.count(), r.count()];
  if (source > 4) r.refuse('entry.clock-source', "the clock's source is none of 0 to 4");
  return { unixMs, source: source as ClockSource, uncertaintyMs: r.countOrNull(), sinceBootMs: r.countOrNull(), boot: r.takeNull() ? null : r.byteString(16) };
}

function readBody(r: CborReader): BodyName {
  r.list(5);
  const body = { blob: r.byteString(32), length: r.count(), commit: r.byteString(32), key: r.byteString(16), media: r.ascii() };
  if (!isMedia(body.media)) r.refuse('entry.media', 'the media type is not of the form type/subtype in lower case');
  return body;
}

export const isMedia = (media: string): boolean => media.length <= 64 && /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(media);

function many<T>(r: CborReader, read: () => T): T[] {
  const all: T[] = [];
  for (let left = r.list(); left > 0; left--) all.push(read());
  return all;
}

/** The root of a log of no entries, which a device names before it has seen any. */
export const emptyRoot = (): Promise<Bytes> => sha256(utf8(''));
