import type { Body } from '../outbox/carriage.js';
import { peopleCounted, statement, type Surroundings } from './envelope.js';
import { obstructionOf } from './obstruction.js';

/** The tiles of the incident screen; a blocked road is an obstruction of passage, and is recorded as one. */
export const happenings = ['fire-on-convoy', 'shelling', 'explosion', 'shooting', 'blocked', 'detention', 'vehicles-burned', 'threat', 'other'] as const;
export type Happening = (typeof happenings)[number];

export interface IncidentSaid {
  id: string;
  type: Happening;
  basis: 'seen' | 'heard' | 'told';
  at: number;
  place: string | undefined;
  hurt: 'unknown' | 'none' | 'some';
  killed?: number;
  wounded?: number;
  /** By whom, as it is said; absent where nobody is named. */
  author?: string;
  words: string;
  photos: readonly { sha256: string; media: string }[];
}

/** "None" is a statement of nobody harmed; "not known" says nothing of harm. */
function harmOf(said: IncidentSaid): object[] {
  const count = (measure: string, n: number | undefined): object[] => (n === undefined ? [] : [{ measure, counted: peopleCounted('all', n) }]);
  return said.hurt === 'none' ? count('harmed', 0) : said.hurt === 'some' ? [...count('killed', said.killed), ...count('wounded', said.wounded)] : [];
}

export function incidentOf(said: IncidentSaid, around: Surroundings): Body {
  if (said.type === 'blocked') return obstructionOf({ id: said.id, what: 'passage', how: 'blocked', basis: said.basis, at: said.at, place: said.place, words: said.words, ...(said.author ? { author: said.author } : {}) }, around, said.photos);
  const harm = harmOf(said);
  return statement(
    { id: said.id, kind: 'incident', basis: said.basis, at: said.at, place: said.place, words: said.words, attached: said.photos, said: { type: said.type, ...(said.author ? { alleged_author: said.author } : {}), ...(harm.length > 0 ? { harm } : {}) } },
    around,
  );
}
