import type { Body } from '../outbox/carriage.js';
import { peopleCounted, statement, type Surroundings } from './envelope.js';

export const screened = ['stopped', 'taken-off', 'released', 'still-held'] as const;
export type Screened = (typeof screened)[number];

const fields: Record<Screened, string> = { stopped: 'stopped', 'taken-off': 'taken_off', released: 'released', 'still-held': 'still_held' };

export interface ScreeningSaid {
  id: string;
  at: number;
  place: string | undefined;
  counts: Partial<Record<Screened, number>>;
  toldBy?: string;
  slip: string;
  convoy: string;
  words: string;
}

export const screeningOf = (said: ScreeningSaid, around: Surroundings): Body =>
  statement(
    {
      id: said.id,
      kind: 'screening',
      basis: 'seen',
      at: said.at,
      place: said.place,
      words: said.words,
      ...(said.toldBy ? { toldBy: said.toldBy } : {}),
      said: { ...Object.fromEntries(screened.flatMap((name) => (said.counts[name] === undefined ? [] : [[fields[name], peopleCounted('all', said.counts[name])]]))), ...(said.slip ? { slip: said.slip } : {}), ...(said.convoy ? { batch: said.convoy } : {}) },
    },
    around,
  );
