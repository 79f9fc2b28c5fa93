// The count of one vehicle on one trip, while it is open: a list of taps, so that every one can be taken back.

/** Those who make up the people on a vehicle; nobody stands in two of them. */
export const people = ['women', 'men', 'girls', 'boys', 'unknown'] as const;

/** Of those above: never added to them. Fighters only where the operation tallies them. */
export const within = ['wounded', 'fighters'] as const;

/** Below the line: never in people. */
export const below = ['crew'] as const;

export type Key = (typeof people)[number] | (typeof within)[number] | (typeof below)[number];
export const vehicleKinds = ['bus', 'ambulance', 'truck', 'private'] as const;
export type VehicleKind = (typeof vehicleKinds)[number];
export type FighterBasis = 'weapon' | 'declared' | 'own-word';

/** One person tapped, at a moment in milliseconds since 1970. */
export interface Tap {
  key: Key;
  at: number;
}

export interface Bus {
  /** The statement's id once the vehicle is closed. */
  id: string;
  line: string;
  kind: VehicleKind;
  /** Door number or last digits of the plate: capital letters and digits, at least one digit. */
  vehicle: string;
  trip: number;
  /** The convoy in the observer's words; empty where nobody named one. */
  convoy: string;
  taps: Tap[];
  fighterBasis?: FighterBasis;
  /** Somebody said that nobody boarded: a zero is then a count, not silence. */
  nobodyBoarded?: boolean;
}

export type BusProblem = 'tally.wrong.number' | 'tally.wrong.trip' | 'tally.wrong.wounded' | 'tally.wrong.fighters' | 'tally.wrong.basis' | 'tally.wrong.empty';

export const openBus = (id: string, line: string, before?: Bus): Bus => ({ id, line, kind: before?.kind ?? 'bus', vehicle: '', trip: before?.trip ?? 1, convoy: before?.convoy ?? '', taps: [] });

export const countOf = (bus: Bus, key: Key): number => bus.taps.reduce((n, tap) => (tap.key === key ? n + 1 : n), 0);

/** The people on the vehicle: neither the crew nor, a second time, those wounded. */
export const peopleOn = (bus: Bus): number => people.reduce((n, key) => n + countOf(bus, key), 0);

export const tap = (bus: Bus, key: Key, at: number): Bus => ({ ...bus, taps: [...bus.taps, { key, at }] });

export const undo = (bus: Bus): Bus => ({ ...bus, taps: bus.taps.slice(0, -1) });

/** The newest person of those who make up the people. */
export const newestBoarding = (bus: Bus): Tap | undefined => bus.taps.findLast((each) => (people as readonly string[]).includes(each.key));

/** What keeps the vehicle from being closed, in the order of the screen. */
export function problemsOf(bus: Bus): BusProblem[] {
  const problems: BusProblem[] = [];
  if (!/^(?=.*\d)[A-Z\d]{1,8}$/.test(bus.vehicle)) problems.push('tally.wrong.number');
  if (!Number.isInteger(bus.trip) || bus.trip < 1 || bus.trip > 99) problems.push('tally.wrong.trip');
  if (countOf(bus, 'wounded') > peopleOn(bus)) problems.push('tally.wrong.wounded');
  if (countOf(bus, 'fighters') > peopleOn(bus)) problems.push('tally.wrong.fighters');
  if (countOf(bus, 'fighters') > 0 && !bus.fighterBasis) problems.push('tally.wrong.basis');
  if (peopleOn(bus) === 0 && !bus.nobodyBoarded) problems.push('tally.wrong.empty');
  return problems;
}
