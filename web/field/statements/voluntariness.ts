import type { Body } from '../outbox/carriage.js';
import { peopleCounted, statement, type Surroundings } from './envelope.js';

export const wishes = ['wished-to-stay', 'pressed-to-leave', 'refused-exit'] as const;
export type Wish = (typeof wishes)[number];

const fields: Record<Wish, string> = { 'wished-to-stay': 'wished_to_stay', 'pressed-to-leave': 'pressed_to_leave', 'refused-exit': 'refused_exit' };

export interface VoluntarinessSaid {
  id: string;
  at: number;
  place: string | undefined;
  /** False: nobody asked them, which is said. */
  asked: boolean;
  counts: Partial<Record<Wish, number>>;
  destinations: readonly { asked: string; given: string; people?: number }[];
  words: string;
}

export const voluntarinessOf = (said: VoluntarinessSaid, around: Surroundings): Body =>
  statement(
    {
      id: said.id,
      kind: 'voluntariness',
      basis: 'counted',
      at: said.at,
      place: said.place,
      words: said.words,
      said: said.asked
        ? {
            ...Object.fromEntries(wishes.flatMap((wish) => (said.counts[wish] === undefined ? [] : [[fields[wish], peopleCounted('all', said.counts[wish])]]))),
            ...(said.destinations.length > 0 ? { destinations: said.destinations.map((each) => ({ ...(each.asked ? { asked: each.asked } : {}), ...(each.given ? { given: each.given } : {}), ...(each.people === undefined ? {} : { counted: peopleCounted('all', each.people) }) })) } : {}),
          }
        : { not_asked: true },
    },
    around,
  );
