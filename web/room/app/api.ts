// The interface of the server, as the pages use it. A refusal arrives as what it is: a code, a sentence, sometimes a place.

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly place: string | undefined,
    /** All that came with it, where an address says more than one thing. */
    readonly answer: unknown = undefined,
  ) {
    super(detail);
  }
}

/** Nobody answered: no connection, or the server is down. What is on the page stays. */
export class NoConnection extends Error {}

let csrf = '';

export const call = <T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, signal?: AbortSignal): Promise<T> =>
  ask(method, path, body === undefined ? undefined : JSON.stringify(body), 'application/json', signal);

/** A file as it is. */
export const sendFile = <T>(path: string, file: Blob, type: string): Promise<T> => ask('POST', path, file, type);

/** A file with what is said of it, part by part. */
export const sendParts = <T>(path: string, parts: FormData, signal?: AbortSignal): Promise<T> => ask('POST', path, parts, undefined, signal);

async function ask<T>(method: string, path: string, body: BodyInit | undefined, type: string | undefined, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      headers: { ...(body === undefined || type === undefined ? {} : { 'Content-Type': type }), ...(method === 'GET' || !csrf ? {} : { 'X-Safeconduct-Csrf': csrf }) },
      ...(body === undefined ? {} : { body }),
      ...(signal ? { signal } : {}),
    });
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new NoConnection();
  }
  const text = await response.text();
  const answer = text && (response.headers.get('Content-Type') ?? '').includes('json') ? JSON.parse(text) : undefined;
  if (!response.ok) throw new Refusal(response.status, answer?.code ?? 'server.fault', answer?.detail ?? response.statusText, answer?.place, answer);
  if (typeof answer?.csrf === 'string') csrf = answer.csrf;
  return answer as T;
}

export interface Membership {
  readonly operation: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly party: { readonly id: string; readonly name: string } | null;
}

export interface Session {
  readonly signed_in: boolean;
  readonly account: { readonly id: string; readonly name: string; readonly language: string } | null;
  readonly administrator: boolean;
  readonly memberships: readonly Membership[];
}

export interface OperationFacts {
  readonly slug: string;
  readonly id: string;
  readonly name: string;
  readonly time_zone: string;
  readonly size: number;
  readonly root: string;
  readonly level: string;
  readonly parties: readonly { readonly id: string; readonly name: string }[];
  readonly settings: { readonly fighters_tallied: boolean; readonly delay_minutes: number };
  readonly now: string;
  /** From when to when statements became known; for the room alone. */
  readonly known_from: string | null;
  readonly known_to: string | null;
}

export interface Source {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly roles: readonly string[];
}

export interface Statement {
  readonly id: string;
  readonly kind: string;
  readonly wording: string;
  readonly paraphrase: string | null;
  readonly source: Source;
  readonly relayed_by: readonly Source[];
  readonly said_at: string;
  readonly known_from: string;
  readonly about: string;
  readonly about_words: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly via: string | null;
  readonly modality: string;
  readonly basis: string;
  readonly handling: string;
  readonly consent: string;
  readonly words: { readonly text: string; readonly language: string; readonly document_sha256: string | null; readonly start: number | null; readonly end: number | null } | null;
  readonly citation: string | null;
  readonly reception: { readonly channel: string; readonly heard_at: string; readonly read_back: boolean; readonly counted_by: string | null } | null;
  readonly standing: 'current' | 'corrected' | 'superseded' | 'withdrawn';
  readonly links: readonly { readonly relation: string; readonly to: string }[];
  readonly level: string;
  readonly index: number;
  /** Field by field, where the room asked for it with `said=true`. */
  readonly said: Readonly<Record<string, unknown>> | null;
}

export interface StatementDetail {
  readonly statement: Statement;
  readonly entry: { readonly index: number; readonly id: string; readonly kid: string | null; readonly claimed: { readonly at: string; readonly source: string }; readonly not_before_size: number; readonly level: string; readonly notes: readonly string[] };
  readonly linked_from: readonly { readonly id: string; readonly relation: string }[];
  /** The statement as its bytes have it; for the room alone. */
  readonly json: { readonly said: Record<string, unknown> } | null;
  readonly attachments: readonly { readonly sha256: string; readonly media: string }[];
}

/** The questions of a view, as the server reads them. */
export function viewQuery(query: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}): string {
  const asked = new URLSearchParams();
  for (const name of ['lens', 'as_of', 'known']) if (query[name]) asked.set(name, query[name]);
  for (const [name, value] of Object.entries(more)) if (value) asked.set(name, value);
  const text = asked.toString();
  return text ? `?${text}` : '';
}
