import { expect, test } from 'vitest';
import { type Fields, statementBytes } from '../../shared/record/index.js';
import type { Body } from '../outbox/carriage.js';
import { type Bus, type Key, openBus, tap } from '../tally/bus.js';
import { coverageOf } from './coverage.js';
import { newId, type Surroundings } from './envelope.js';
import { incidentOf } from './incident.js';
import { movementOf } from './movement.js';
import { screeningOf } from './screening.js';
import { batchOf, crewOf, headcountOf } from './vehicle.js';
import { voluntarinessOf } from './voluntariness.js';

const at = Date.parse('2031-05-02T11:20:00Z');
const around: Surroundings = { operation: { timeZone: 'Asia/Damascus' }, t: { language: 'ar' }, now: () => at + 60_000 };
const written = (body: Body): unknown => JSON.parse(new TextDecoder().decode(statementBytes(body as unknown as Fields)));
const bus = (['women', 'women', 'girls', 'unknown', 'wounded', 'crew'] as Key[]).reduce<Bus>((open, key, n) => tap(open, key, at + n * 1000), { ...openBus('F-0123456789ab', 'river-bridge'), vehicle: '4417', trip: 2, convoy: 'second convoy' });

test('A closed vehicle says how many left, its parts, and of them the wounded', () => {
  expect(written(headcountOf(bus, at + 30_000, around))).toEqual({
    v: 1,
    id: 'F-0123456789ab',
    kind: 'headcount',
    by: { id: 'mission/observers', name: 'Observers of the mission', kind: 'own-observers' },
    basis: 'counted',
    said_at: '2031-05-02T14:20:30+03:00',
    about: '2031-05-02T14:20:00+03:00/2031-05-02T14:20:05+03:00',
    via: 'river-bridge',
    said: {
      measure: 'left',
      counted: { unit: 'people', of: 'all', bound: { low: 4, high: 4 } },
      including: [
        { unit: 'people', of: 'women', bound: { low: 2, high: 2 } },
        { unit: 'people', of: 'girls', bound: { low: 1, high: 1 } },
        { unit: 'people', of: 'wounded-or-sick', bound: { low: 1, high: 1 } },
      ],
      batch: 'second convoy, bus 4417, trip 2',
    },
    handling: 'room',
    consent: 'not-asked',
  });
});

test('The crew is a statement of its own', () => {
  expect(written(crewOf(bus, 'F-0123456789ac', at + 30_000, around)!)).toMatchObject({ said: { measure: 'aboard', counted: { of: 'staff', bound: { low: 1, high: 1 } } } });
  expect(crewOf({ ...bus, taps: bus.taps.slice(0, 2) }, 'F-1', at + 30_000, around)).toBeUndefined();
});

test('A vehicle is said as of its closing, however late it is written', () => {
  const later = { ...around, now: () => at + 9_000_000 };
  expect(written(headcountOf(bus, at + 30_000, later))).toEqual(written(headcountOf(bus, at + 30_000, around)));
});

test('A vehicle without a convoy is named by itself', () => {
  expect(batchOf({ ...bus, convoy: ' ' })).toBe('bus 4417, trip 2');
});

test('Fighters carry how they are known to be that', () => {
  expect(written(headcountOf(tap({ ...bus, fighterBasis: 'weapon' }, 'fighters', at + 9_000), at + 30_000, around))).toMatchObject({ said: { including: expect.arrayContaining([{ unit: 'people', of: 'fighters', bound: { low: 1, high: 1 }, group: 'carried a weapon' }]) } });
});

test('Not known is no zero, and none is', () => {
  const said = { id: 'F-1', type: 'explosion', basis: 'heard', at, place: 'river-bridge', words: '', photos: [] } as const;
  expect(written(incidentOf({ ...said, hurt: 'unknown' }, around))).toMatchObject({ said: { type: 'explosion' } });
  expect(JSON.stringify(written(incidentOf({ ...said, hurt: 'unknown' }, around)))).not.toContain('harm');
  expect(written(incidentOf({ ...said, hurt: 'none' }, around))).toMatchObject({ said: { harm: [{ measure: 'harmed', counted: { bound: { low: 0, high: 0 } } }] } });
});

test('A blocked road is an obstruction of passage, in the words of who saw it', () => {
  expect(written(incidentOf({ id: 'F-1', type: 'blocked', basis: 'seen', at, place: 'river-bridge', hurt: 'unknown', words: 'سيارتان تسدان الطريق', photos: [] }, around))).toMatchObject({ kind: 'obstruction', said: { what: 'passage', how: 'blocked' }, words: { text: 'سيارتان تسدان الطريق', language: 'ar' } });
});

test('An empty field of a convoy is not counted, a zero is', () => {
  expect(written(movementOf({ id: 'F-1', step: 'departed', convoy: 'second convoy', at, place: 'river-bridge', counts: { ambulances: 0 } }, around))).toMatchObject({ said: { vehicles: [{ of: 'ambulances', bound: { low: 0, high: 0 } }] } });
  expect(JSON.stringify(written(movementOf({ id: 'F-1', step: 'departed', convoy: 'second convoy', at, place: 'river-bridge', counts: {} }, around)))).not.toContain('vehicles');
});

test('A gap says that nobody watched, and why', () => {
  expect(written(coverageOf({ id: 'F-1', line: 'river-bridge', watched: false, reason: 'view-blocked', from: at, to: at + 60_000 }, around))).toMatchObject({ about: '2031-05-02T14:20:00+03:00/2031-05-02T14:21:00+03:00', said: { watched: false, reason: 'view blocked' } });
});

test('What was told at a checkpoint is said by who told it, through the observers', () => {
  expect(written(screeningOf({ id: 'F-0123456789ab', at, place: 'north-gate', counts: { stopped: 4, 'taken-off': 1 }, toldBy: 'the driver of the bus', slip: 'R-17', convoy: '', words: '' }, around))).toMatchObject({ basis: 'told', by: { kind: 'witness', name: 'the driver of the bus' }, relayed_by: [{ id: 'mission/observers' }] });
});

test('That nobody was asked is an answer', () => {
  expect(written(voluntarinessOf({ id: 'F-1', at, place: 'north-gate', asked: false, counts: {}, destinations: [], words: '' }, around))).toMatchObject({ kind: 'voluntariness', said: { not_asked: true } });
});

test('Ids are of one form and do not repeat', () => {
  const ids = Array.from({ length: 500 }, newId);
  expect(new Set(ids).size).toBe(500);
  ids.forEach((id) => expect(id).toMatch(/^F-[0-9a-hjkmnp-tv-z]{12}$/));
});
