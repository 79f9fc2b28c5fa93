// A mission with an operation, its places, an officer and phones of others; and the sheets that those phones fill in.
import { expect } from 'vitest';
import { Caller } from '../person.ts';
import { Server } from '../server.ts';
import { Collect } from './collect.ts';
import type { Answers } from './filling.ts';

const crossing = (id: string, en: string, ar: string): object => ({ type: 'Feature', id, properties: { id, name: en, name_en: en, name_ar: ar, kind: 'crossing' }, geometry: { type: 'Point', coordinates: [30.1, 50.2] } });
const places = { type: 'FeatureCollection', features: [crossing('river-bridge', 'River bridge', 'جسر النهر'), crossing('north-gate', 'North gate', 'البوابة الشمالية')] };

export interface Mission {
  readonly server: Server;
  readonly administrator: Caller;
  readonly officer: Caller;
  readonly phone: Collect;
  /** The same phone for a client that asks for a name and a password. */
  readonly digest: { readonly address: string; readonly user: string; readonly password: string };
  another(name: string, language?: string): Promise<Collect>;
  /** Ends the key of a phone. */
  end(name: string): Promise<void>;
}

interface Key {
  readonly id: string;
  readonly server_url: string;
  readonly digest: { readonly server_url: string; readonly username: string; readonly password: string };
}

export async function mission(): Promise<Mission> {
  const server = await Server.create();
  await server.start();
  const administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
  await administrator.call('POST', '/operations', { slug: 'valley', name: 'Northern valley', time_zone: 'Asia/Damascus', places });
  const officer = await Caller.invited(server.address, (await administrator.call('POST', '/operations/valley/invitations', { roles: ['reporting-officer'] })).address, 'The officer');
  const keys = new Map<string, Key>();
  const another = async (name: string, language = 'en'): Promise<Collect> => {
    const key = (await officer.call('POST', '/operations/valley/collect/users', { name, organisation: 'Relief of the valley', source_kind: 'responder', language })) as Key;
    keys.set(name, key);
    return new Collect(key.server_url);
  };
  const end = (name: string): Promise<void> => officer.call('DELETE', `/operations/valley/collect/users/${keys.get(name)!.id}`);
  const phone = await another('phone 1');
  const { server_url: address, username: user, password } = keys.get('phone 1')!.digest;
  return { server, administrator, officer, phone, digest: { address, user, password }, another, end };
}

/** A form and what is answered in it. */
export interface Made {
  readonly form: string;
  readonly answers: Answers;
  /** What must stand in the record afterwards: of each statement the parts that the sheet says. */
  readonly said: readonly object[];
}

const MINUTE = 60_000;
const people = (of: string, n: number): object => ({ unit: 'people', of, bound: { low: n, high: n } });
const vehicles = (of: string, n: number): object => ({ unit: 'vehicles', of, bound: { low: n, high: n } });
const one = <T>(of: readonly T[], i: number): T => of[i % of.length]!;
/** An hour in the past, on a whole minute: nobody writes seconds. */
const past = (i: number): Date => new Date(Math.floor(Date.now() / MINUTE) * MINUTE - (60 + (i % 600)) * MINUTE);

/** One maker a form; the number makes each sheet another. */
export const sheets: readonly ((i: number) => Made)[] = [
  (i) => {
    const [women, men, girls, boys, unknown, crew] = [2 + (i % 9), 1 + (i % 7), 1 + (i % 5), 1 + (i % 4), i % 3, 1 + (i % 2)];
    const batch = `convoy ${i}, ${one(['bus', 'ambulance', 'truck', 'car'], i)} B${100 + i}, trip ${1 + (i % 99)}`;
    return {
      form: 'safeconduct-count',
      answers: { line: one(['river-bridge', 'north-gate'], i), kind: one(['bus', 'ambulance', 'truck', 'private'], i), vehicle: `B${100 + i}`, trip: 1 + (i % 99), convoy: `convoy ${i}`, women, men, girls, boys, unknown, wounded: 1, crew, closed: past(i), consent: 'given' },
      said: [
        { kind: 'headcount', via: one(['river-bridge', 'north-gate'], i), said: { measure: 'left', counted: people('all', women + men + girls + boys + unknown), including: expect.arrayContaining([people('women', women), people('men', men), people('girls', girls), people('boys', boys), people('wounded-or-sick', 1)]), batch } },
        { kind: 'headcount', said: { measure: 'aboard', counted: people('staff', crew), batch } },
      ],
    };
  },
  (i) => ({
    form: 'safeconduct-convoy',
    answers: { convoy: `convoy ${i}`, step: one(['departed', 'reached', 'halted', 'arrived'], i), place: one(['north-gate', 'river-bridge'], i), when: past(i), how: 'seen', buses: 1 + (i % 20), ambulances: i % 4, words: `as seen, sheet ${i}` },
    said: [{ kind: 'movement', via: one(['north-gate', 'river-bridge'], i), words: { text: `as seen, sheet ${i}` }, said: { step: one(['departed', 'reached', 'halted', 'arrived'], i), convoy: `convoy ${i}`, vehicles: [vehicles('buses', 1 + (i % 20)), vehicles('ambulances', i % 4)] } }],
  }),
  (i) => ({
    form: 'safeconduct-incident',
    answers: { type: one(['shelling', 'explosion', 'shooting', 'threat'], i), how: one(['seen', 'heard'], i), when: past(i), place: 'river-bridge', hurt: 'some', killed: i % 3, wounded: 1 + (i % 40), words: `two bursts from the east, ${i}`, consent: 'not-asked' },
    said: [{ kind: 'incident', via: 'river-bridge', words: { text: `two bursts from the east, ${i}` }, said: { type: one(['shelling', 'explosion', 'shooting', 'threat'], i), harm: expect.arrayContaining([expect.objectContaining({ counted: people('all', 1 + (i % 40)) })]) } }],
  }),
  (i) => ({
    form: 'safeconduct-obstruction',
    answers: { what: one(['passage', 'boarding', 'aid'], i), hindrance: one(['refused', 'delayed', 'blocked', 'held'], i), how: 'seen', when: past(i), place: 'north-gate', affected: 10 + i, reason: `papers ${i}`, words: `they waited, ${i}` },
    said: [{ kind: 'obstruction', via: 'north-gate', said: { what: one(['passage', 'boarding', 'aid'], i), how: one(['refused', 'delayed', 'blocked', 'held'], i), affected: people('all', 10 + i), reason: `papers ${i}` } }],
  }),
  (i) => ({
    form: 'safeconduct-aid',
    answers: { act: one(['requested', 'granted', 'delivered'], i), aid: `flour ${i}`, how_many: 1 + (i % 30), unit: 'trucks', how: 'seen', when: past(i), place: 'north-gate', words: `by the gate, ${i}` },
    said: [{ kind: 'access', to: 'north-gate', said: { act: one(['requested', 'granted', 'delivered'], i), what: `flour ${i}`, how_many: vehicles('trucks', 1 + (i % 30)) } }],
  }),
  (i) => ({
    form: 'safeconduct-coverage',
    answers: { line: one(['river-bridge', 'north-gate'], i), watched: one(['yes', 'no'], i), from: new Date(past(i).getTime() - 60 * MINUTE), to: past(i), ...(i % 2 === 1 ? { why: 'dark' } : {}) },
    said: [{ kind: 'coverage', via: one(['river-bridge', 'north-gate'], i), said: { watched: i % 2 === 0 } }],
  }),
];
