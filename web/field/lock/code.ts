// The code that opens the app. It guards the open work (a count not yet closed, a watch, a draft): that is kept enciphered under a key made from the
// code. What was closed is sealed to the operation and can't be opened here with any code.

/** What stands on the phone: enough to tell a right code from a wrong one, and how often wrong ones came. */
export interface Lock {
  salt: Uint8Array<ArrayBuffer>;
  rounds: number;
  check: Sealed;
  /** Wrong codes since the last right one; counted before a code is tried, so that a reload forgives nothing. */
  wrong: number;
  /** No code is tried before this moment, in milliseconds since 1970. */
  notBefore: number;
}

/** AES-256-GCM: a fresh 96-bit nonce each time, and what it protects. */
export interface Sealed {
  nonce: Uint8Array<ArrayBuffer>;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Digits of a code. */
export const codeLength = 6;

/** PBKDF2-HMAC-SHA-256, rounds as OWASP's Password Storage Cheat Sheet (2023) gives them: about half a second on a cheap phone. */
export const rounds = 600_000;

const text = new TextEncoder();
const random = (n: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(n));

async function keyFrom(code: string, salt: Uint8Array<ArrayBuffer>, count: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', text.encode(code), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: count }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

export async function sealBytes(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<Sealed> {
  const nonce = random(12);
  return { nonce, bytes: new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, bytes)) };
}

export const unsealBytes = async (key: CryptoKey, sealed: Sealed): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.nonce }, key, sealed.bytes));

export const seal = (key: CryptoKey, value: unknown): Promise<Sealed> => sealBytes(key, text.encode(JSON.stringify(value)));

export const unseal = async (key: CryptoKey, sealed: Sealed): Promise<unknown> => JSON.parse(new TextDecoder().decode(await unsealBytes(key, sealed)));

/** A new lock and its key. */
export async function lockWith(code: string, count = rounds): Promise<{ lock: Lock; key: CryptoKey }> {
  const salt = random(16);
  const key = await keyFrom(code, salt, count);
  return { lock: { salt, rounds: count, check: await seal(key, 'open'), wrong: 0, notBefore: 0 }, key };
}

/** Milliseconds to wait after so many wrong codes in a row: none for two slips, then doubling from 5 seconds, never more than 15 minutes. */
export const waitAfter = (wrong: number): number => (wrong < 3 ? 0 : Math.min(5_000 * 2 ** (wrong - 3), 900_000));

/** The lock as it must be kept BEFORE a code is tried. */
export const beforeTrying = (lock: Lock, now: number): Lock => ({ ...lock, wrong: lock.wrong + 1, notBefore: now + waitAfter(lock.wrong + 1) });

export const afterOpening = (lock: Lock): Lock => ({ ...lock, wrong: 0, notBefore: 0 });

/** The milliseconds that are still to wait. A clock that was set back does not make the wait longer than its step. */
export const stillToWait = (lock: Lock, now: number): number => Math.min(Math.max(lock.notBefore - now, 0), waitAfter(lock.wrong));

/** The key, or nothing where the code is wrong. */
export async function openWith(lock: Lock, code: string): Promise<CryptoKey | undefined> {
  const key = await keyFrom(code, lock.salt, lock.rounds);
  try {
    return (await unseal(key, lock.check)) === 'open' ? key : undefined;
  } catch {
    return undefined;
  }
}
