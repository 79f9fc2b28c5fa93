// What an outbox hands to another device: entries with their sealed bodies, as one file or as a row of QR codes. The carrier can read none of it
// and change none of it: everything is signed and named by its hash.
import { base64Of, type Bytes, concat, fromBase64, hexOf, isSame, Refusal, sha256, utf8 } from '../record';

export type Carried = { operation: Bytes; entries: Bytes[]; blobs: Bytes[]; keys: Bytes[] };

// "SCO1" || operation 32 || three lists: how many 4, then each with its length 4.
const mark = utf8('SCO1');

export function writeCarried(carried: Carried): Bytes {
  const list = (items: Bytes[]) => concat(number(items.length), ...items.flatMap((one) => [number(one.length), one]));
  return concat(mark, carried.operation, list(carried.entries), list(carried.blobs), list(carried.keys));
}

export function readCarried(bytes: Bytes): Carried {
  const refuse = (): never => {
    throw new Refusal('outbox.file', 'This is not a file of saved entries, or it is not whole.');
  };
  let at = 4 + 32;
  if (bytes.length < at || !isSame(bytes.subarray(0, 4), mark)) refuse();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = () => (at + 4 > bytes.length ? refuse() : view.getUint32((at += 4) - 4));
  const list = () => {
    const items: Bytes[] = [];
    for (let left = count(); left > 0; left--) {
      const length = count();
      if (at + length > bytes.length) refuse();
      items.push(bytes.slice(at, (at += length)));
    }
    return items;
  };
  const carried = { operation: bytes.slice(4, 36), entries: list(), blobs: list(), keys: list() };
  if (at !== bytes.length) refuse();
  return carried;
}

const number = (value: number): Bytes => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
};

/** Characters of one part: a QR code of them is still read from a scratched screen. */
const partLength = 800;

/** SC1/NAME/PLACE/COUNT/DATA, where NAME tells two rows of codes apart and checks the whole. */
export async function toQrParts(bytes: Bytes): Promise<string[]> {
  const name = hexOf((await sha256(bytes)).slice(0, 6));
  const text = base64Of(bytes);
  const count = Math.max(1, Math.ceil(text.length / partLength));
  return Array.from({ length: count }, (_, i) => `SC1/${name}/${i + 1}/${count}/${text.slice(i * partLength, (i + 1) * partLength)}`);
}

/** The bytes of a row of codes read in any order, some perhaps twice; or how many are still to be read. */
export async function fromQrParts(parts: readonly string[]): Promise<Bytes | { missing: number[] }> {
  const read = parts.map((part) => /^SC1\/([0-9a-f]{12})\/([0-9]{1,4})\/([0-9]{1,4})\/([A-Za-z0-9+/=]*)$/.exec(part));
  const first = read[0];
  if (!first || read.some((one) => one?.[1] !== first[1] || one?.[3] !== first[3])) throw new Refusal('outbox.codes', 'These codes are not of one row.');
  const count = Number(first[3]);
  const pieces = new Map(read.map((one) => [Number(one![2]), one![4]!]));
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter((i) => !pieces.has(i));
  if (missing.length > 0) return { missing };
  const bytes = fromBase64(Array.from({ length: count }, (_, i) => pieces.get(i + 1)!).join(''));
  if (hexOf((await sha256(bytes)).slice(0, 6)) !== first[1]) throw new Refusal('outbox.codes', 'The codes do not give what was sent: read them again.');
  return bytes;
}
