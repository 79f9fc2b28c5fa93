import type { Body } from '../outbox/carriage.js';
import { peopleCounted, statement, type Surroundings } from './envelope.js';

export const hindered = ['passage', 'boarding', 'access', 'observers', 'aid'] as const;
export type Hindered = (typeof hindered)[number];
export const hinderedHow = ['refused', 'delayed', 'blocked', 'held', 'turned-back'] as const;
export type HinderedHow = (typeof hinderedHow)[number];

export interface ObstructionSaid {
  id: string;
  what: Hindered;
  how: HinderedHow;
  basis: 'seen' | 'heard' | 'told';
  at: number;
  place: string | undefined;
  affected?: number;
  author?: string;
  reason?: string;
  words: string;
}

export const obstructionOf = (said: ObstructionSaid, around: Surroundings, attached: readonly { sha256: string; media: string }[] = []): Body =>
  statement(
    {
      id: said.id,
      kind: 'obstruction',
      basis: said.basis,
      at: said.at,
      place: said.place,
      words: said.words,
      attached,
      said: { what: said.what, how: said.how, ...(said.author ? { alleged_author: said.author } : {}), ...(said.affected === undefined ? {} : { affected: peopleCounted('all', said.affected) }), ...(said.reason ? { reason: said.reason } : {}) },
    },
    around,
  );
