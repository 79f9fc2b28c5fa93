// A closed vehicle: people who left, with parts and, of them, the wounded. The crew is a statement of its own and never among them.
import type { Body } from '../outbox/carriage.js';
import { type Bus, countOf, type FighterBasis, type Key, peopleOn } from '../tally/bus.js';
import { peopleCounted, statement, type Surroundings } from './envelope.js';

const nouns = { bus: 'bus', ambulance: 'ambulance', truck: 'truck', private: 'car' } as const;
const bases: Record<FighterBasis, string> = { weapon: 'carried a weapon', declared: 'declared by a party', 'own-word': 'by their own word' };

/** The words that single out one vehicle on one trip of one convoy, as the room reads them: "second convoy, bus 4417, trip 2". */
export const batchOf = (bus: Bus): string => [...(bus.convoy.trim() ? [bus.convoy.trim()] : []), `${nouns[bus.kind]} ${bus.vehicle}`, `trip ${bus.trip}`].join(', ');

const spanOf = (bus: Bus, closed: number): number | { from: number; to: number } => (bus.taps.length > 0 ? { from: bus.taps[0]!.at, to: Math.max(bus.taps.at(-1)!.at, bus.taps[0]!.at) } : closed);

/** `closed`: when, in milliseconds since 1970. */
export function headcountOf(bus: Bus, closed: number, around: Surroundings): Body {
  const part = (key: Key, of: string, group?: string): object[] => (countOf(bus, key) > 0 ? [peopleCounted(of, countOf(bus, key), group)] : []);
  const including = [
    ...part('women', 'women'),
    ...part('men', 'men'),
    ...part('girls', 'girls'),
    ...part('boys', 'boys'),
    ...part('wounded', 'wounded-or-sick'),
    ...part('fighters', 'fighters', bus.fighterBasis && bases[bus.fighterBasis]),
  ];
  return statement({ id: bus.id, kind: 'headcount', basis: 'counted', at: spanOf(bus, closed), saidAt: closed, place: bus.line, said: { measure: 'left', counted: peopleCounted('all', peopleOn(bus)), ...(including.length > 0 ? { including } : {}), batch: batchOf(bus) } }, around);
}

/** Crew and staff aboard, below the line; nothing where none was tapped. */
export const crewOf = (bus: Bus, id: string, closed: number, around: Surroundings): Body | undefined =>
  countOf(bus, 'crew') === 0 ? undefined : statement({ id, kind: 'headcount', basis: 'counted', at: spanOf(bus, closed), saidAt: closed, place: bus.line, said: { measure: 'aboard', counted: peopleCounted('staff', countOf(bus, 'crew')), batch: batchOf(bus) } }, around);
