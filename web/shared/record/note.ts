// The checkpoint: a C2SP signed note with one Ed25519 signature, as formats/checkpoint.md says. A note has one form.
import { type Bytes, base64Of, concat, fromBase64, hexOf, isSame, Refusal, sha256, utf8 } from './bytes';
import type { TreeHead } from './entry';

export const originOf = (operation: Bytes): string => `safeconduct/${hexOf(operation)}`;

/** Whether a signature is valid, or 'not-checked' where this browser has no Ed25519. */
export async function verifyEd25519(key: Bytes, message: Bytes, signature: Bytes): Promise<boolean | 'not-checked'> {
  let imported: CryptoKey;
  try {
    imported = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
  } catch (e) {
    return (e as Error).name === 'NotSupportedError' ? 'not-checked' : false;
  }
  try {
    return await crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, message);
  } catch {
    return false;
  }
}

export type Checkpoint = TreeHead & { signatureChecked: boolean };

/** Reads a checkpoint signed by the operation's log key, or refuses it. `signatureChecked` is false where this browser has no Ed25519: say so. */
export async function readCheckpoint(note: string, operation: Bytes, logKey: Bytes): Promise<Checkpoint> {
  const end = note.lastIndexOf('\n\n');
  const parts = end < 0 ? [] : note.slice(end + 2).split(' ');
  if (parts.length !== 3) throw new Refusal('note.form', 'not a text, an empty line and one signature');
  const text = note.slice(0, end + 1);
  const decoded = tryBase64(parts[2]!.replace(/\n+$/, ''));
  const name = originOf(operation);
  const keyHash = (await sha256(concat(utf8(`${name}\n`), Uint8Array.of(1), logKey))).slice(0, 4);
  if (decoded?.length !== 68 || note !== `${text}\n\u2014 ${name} ${base64Of(concat(keyHash, decoded.subarray(4)))}\n`) {
    throw new Refusal('note.signature-line', "the signature line is not written as the log's key writes it");
  }
  const valid = await verifyEd25519(logKey, utf8(text), decoded.slice(4));
  if (valid === false) throw new Refusal('note.signature', "the signature is not valid for this text and the log's key");
  const lines = text.split('\n');
  const root = lines.length === 4 ? tryBase64(lines[2]!) : null;
  const size = /^(0|[1-9][0-9]{0,15})$/.test(lines[1] ?? '') ? Number(lines[1]) : -1;
  if (root?.length !== 32 || size < 0 || text !== `${name}\n${size}\n${base64Of(root)}\n`) throw new Refusal('checkpoint.form', 'not the three lines origin, size and root');
  return { size, root, signatureChecked: valid === true };
}

/** Whether two states of one log agree where both have the same size: a log with two roots for one size lies to somebody. */
export const agree = (a: TreeHead, b: TreeHead): boolean => a.size !== b.size || isSame(a.root, b.root);

function tryBase64(text: string): Bytes | null {
  try {
    return fromBase64(text);
  } catch {
    return null;
  }
}
