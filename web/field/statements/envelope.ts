// What every statement of this app carries around its own fields. The shapes are those of formats/statement.md and formats/field-statements.md.
import { moment } from '../clock/moment.js';
import type { Body } from '../outbox/carriage.js';

/** What a statement needs of its surroundings. */
export interface Surroundings {
  operation: { timeZone: string };
  t: { language: string };
  now: () => number;
}

/** This mission's own observers: one source, whoever stands at the line; who recorded it is the entry's matter, and the room's alone. */
export const observers = { id: 'mission/observers', name: 'Observers of the mission', kind: 'own-observers' } as const;

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** An id that no other device makes: `F-` and sixty random bits. */
export const newId = (): string => `F-${[...crypto.getRandomValues(new Uint8Array(12))].map((byte) => alphabet[byte & 31]).join('')}`;

export const exactly = (n: number): { low: number; high: number } => ({ low: n, high: n });

export const peopleCounted = (of: string, n: number, group?: string): object => ({ unit: 'people', of, bound: exactly(n), ...(group ? { group } : {}) });

export interface Envelope {
  id: string;
  kind: string;
  basis: 'counted' | 'seen' | 'heard' | 'told';
  /** When it happened, or from when to when, in milliseconds since 1970. */
  at: number | { from: number; to: number };
  /** When it was said, where that is not now. */
  saidAt?: number;
  /** The line or place. */
  place: string | undefined;
  said: object;
  /** The observer's own words, in the language of the phone. */
  words?: string;
  /** Who told it to the observers, where they did not see it themselves: an office, never a name. */
  toldBy?: string;
  attached?: readonly { sha256: string; media: string }[];
  links?: readonly { relation: string; to: string }[];
}

/** Handled in the room alone, and nobody was asked whether it may be passed on: the room may widen both, this phone can't. */
export function statement(envelope: Envelope, { operation, t, now }: Surroundings): Body {
  const write = (at: number): string => moment(at, operation.timeZone);
  const { at } = envelope;
  const span = typeof at === 'number' ? undefined : at;
  return {
    id: envelope.id,
    kind: envelope.kind,
    ...(envelope.toldBy ? { by: { id: `witness/${envelope.id.toLowerCase()}`, name: envelope.toldBy, kind: 'witness' }, relayed_by: [observers] } : { by: observers }),
    basis: envelope.toldBy ? 'told' : envelope.basis,
    said_at: write(envelope.saidAt ?? now()),
    about: span && write(span.from) !== write(span.to) ? `${write(span.from)}/${write(span.to)}` : write(span ? span.from : (at as number)),
    ...(envelope.place ? { via: envelope.place } : {}),
    said: envelope.said,
    ...(envelope.words ? { words: { text: envelope.words, language: t.language } } : {}),
    ...(envelope.attached && envelope.attached.length > 0 ? { attached: envelope.attached } : {}),
    handling: 'room',
    consent: 'not-asked',
    ...(envelope.links ? { links: envelope.links } : {}),
  };
}
