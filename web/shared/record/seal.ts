// Sealing a body to the operation's public key: form 02 of formats/body.md. Whoever sealed cannot open again: the ephemeral private key and the
// body's key are forgotten here. The standard behind it is RFC 9180 (HPKE, base mode, DHKEM with P-256); body.md says what is kept of it.
import { type Bytes, concat, Refusal, sha256, utf8 } from './bytes';
import * as bytes from './bytes';
import type { BodyName } from './entry';

export type SealedBody = { name: BodyName; blob: Bytes; wrapped: Bytes };

/** What a device needs to seal for an operation. `point` is the public sealing key, 65 bytes; `operation` the id, 32 bytes. */
export type SealingKey = { point: Bytes; operation: Bytes };

/** Where the random parts come from. Tests give fixed ones. */
export type Chance = { bytes(length: number): Bytes; pair(): Promise<CryptoKeyPair> };

const chance: Chance = {
  bytes: bytes.random,
  pair: () => crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']) as Promise<CryptoKeyPair>,
};

const overhead = 12 + 32 + 1 + 16;
const largest = 1024 * 1024;
export const longestText = 256 * 1024 * 1024;

/** The length of the blob for a text: the next power of two from 2 KiB to 1 MiB, above that the next whole MiB. */
export function blobLength(textLength: number): number {
  if (textLength > longestText) throw new Refusal('body.too-long', `the body is ${textLength} bytes, more than ${longestText}`);
  const least = textLength + overhead;
  for (let length = 2048; length <= largest; length *= 2) if (least <= length) return length;
  return Math.ceil(least / largest) * largest;
}

export async function sealBody(to: SealingKey, text: Bytes, media: string, by: Chance = chance): Promise<SealedBody> {
  const [key, salt, nonce] = [by.bytes(32), by.bytes(32), by.bytes(12)];
  const inner = new Uint8Array(blobLength(text.length) - 12 - 16);
  inner.set(salt);
  inner.set(text, 32);
  inner[32 + text.length] = 0x80;
  const commit = await sha256(inner.slice(0, 32 + text.length));
  const cipher = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const blob = concat(nonce, new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, cipher, inner)));
  inner.fill(0);
  const wrapped = await wrapKey(to, key, by);
  key.fill(0);
  const keyId = (await sha256(wrapped)).slice(0, 16);
  return { name: { blob: await sha256(blob), length: blob.length, commit, key: keyId, media }, blob, wrapped };
}

/** 02 || id of sealing key 16 || ephemeral point 65 || nonce 12 || encrypted key 32 || tag 16. */
async function wrapKey(to: SealingKey, key: Bytes, by: Chance): Promise<Bytes> {
  const id = (await sha256(concat(utf8('safeconduct sealing key\n'), to.point))).slice(0, 16);
  const theirs = await crypto.subtle.importKey('raw', to.point, { name: 'ECDH', namedCurve: 'P-256' }, true, []);
  const ours = await by.pair();
  const ephemeral: Bytes = new Uint8Array(await crypto.subtle.exportKey('raw', ours.publicKey));
  const agreed = new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, ours.privateKey, 256));
  const material = await crypto.subtle.importKey('raw', agreed, 'HKDF', false, ['deriveKey']);
  agreed.fill(0);
  const info = concat(utf8('safeconduct seal 2'), ephemeral, to.point);
  const wrapping = await crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: to.operation, info }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  const nonce = by.bytes(12);
  const encrypted = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: to.operation }, wrapping, key));
  return concat(Uint8Array.of(2), id, ephemeral, nonce, encrypted);
}
