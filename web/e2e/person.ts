// A person with a browser: accepts an invitation with password and one-time codes, and then acts through the pages or, where a test is about something
// else, through the same interface the pages use.
import { createHmac } from 'node:crypto';

/** RFC 6238 with SHA-1, 30 seconds, 6 digits: what authenticator apps do. */
export function oneTimeCode(base32: string, at = Date.now()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of base32.replace(/[\s=]/g, '').toUpperCase()) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0');
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac('sha1', key).update(step).digest();
  const offset = digest[19]! & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${status} ${code}: ${detail}`);
  }
}

/** The interface as a signed-in person has it: cookie and CSRF token, no page. */
export class Caller {
  private cookies = new Map<string, string>();
  private csrf = '';
  secret = '';

  constructor(readonly address: string) {}

  static async invited(address: string, invitation: string, name: string, language = 'en'): Promise<Caller> {
    const caller = new Caller(address);
    await caller.call('GET', '/session');
    const code = invitation.split('/').at(-1)!;
    const begun = await caller.call('POST', `/invitations/${code}`, { name, password: passwordOf(name), language });
    caller.secret = begun.totp_secret;
    await caller.call('POST', `/invitations/${code}/confirm`, { code: oneTimeCode(caller.secret) });
    await caller.call('GET', '/session');
    return caller;
  }

  /** An answer that goes on, resumed after the last id heard. */
  async stream(path: string, signal?: AbortSignal, after = ''): Promise<Response> {
    const answer = await fetch(`${this.address}/api/v1${path}`, { ...(signal ? { signal } : {}), headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '), ...(after ? { 'last-event-id': after } : {}) } });
    if (!answer.ok) throw new Problem(answer.status, '', await answer.text());
    return answer;
  }

  /** As a page of another site would send: with the cookie and without the token. */
  forgetCsrf(): void {
    this.csrf = '';
  }

  call(method: string, path: string, body?: unknown): Promise<any> {
    return this.raw(method, `/api/v1${path}`, body);
  }

  async raw(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<any> {
    const response = await fetch(`${this.address}${path}`, {
      method,
      ...(signal ? { signal } : {}),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.csrf ? { 'x-safeconduct-csrf': this.csrf } : {}),
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0]!.split(/=(.*)/s);
      this.cookies.set(name!, value ?? '');
    }
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const answer = isJson && text ? JSON.parse(text) : text;
    if (!response.ok) throw new Problem(response.status, answer?.code ?? '', answer?.detail ?? text.slice(0, 300));
    if (answer?.csrf) this.csrf = answer.csrf;
    return answer;
  }
}

export const passwordOf = (name: string): string => `a long walk home, ${name}`;
