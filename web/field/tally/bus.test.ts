import { expect, test } from 'vitest';
import { type Bus, type Key, countOf, newestBoarding, openBus, people, peopleOn, problemsOf, tap, undo } from './bus.js';

const tapped = (keys: Key[], bus: Partial<Bus> = {}): Bus => keys.reduce((open, key, at) => tap(open, key, at), { ...openBus('F-1', 'bridge'), vehicle: '4417', ...bus });

test('Wounded, fighters and crew are never added to the people', () => {
  const bus = tapped(['women', 'men', 'wounded', 'fighters', 'crew', 'unknown']);
  expect(peopleOn(bus)).toBe(3);
  expect(countOf(bus, 'crew')).toBe(1);
});

test('Every tap can be taken back, to the first', () => {
  let bus = tapped(['women', 'girls', 'wounded']);
  bus = undo(bus);
  expect(countOf(bus, 'wounded')).toBe(0);
  bus = undo(undo(undo(bus)));
  expect(bus.taps).toEqual([]);
});

test('A tap and its undo leave the bus as it was, whatever was tapped before', () => {
  const keys: Key[] = [...people, 'wounded', 'crew'];
  let seed = 7;
  for (let round = 0; round < 200; round++) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    const bus = tapped(Array.from({ length: seed % 40 }, (_, n) => keys[(seed + n * n) % keys.length]!));
    expect(undo(tap(bus, 'boys', 9))).toEqual(bus);
    expect(peopleOn(tap(bus, 'boys', 9))).toBe(peopleOn(bus) + 1);
  }
});

test('The newest boarding is not the crew’s', () => {
  expect(newestBoarding(tapped(['women', 'men', 'crew']))).toEqual({ key: 'men', at: 1 });
});

test.each<[string, Bus, string[]]>([
  ['more wounded than people', tapped(['women', 'wounded', 'wounded']), ['tally.wrong.wounded']],
  ['fighters without a basis', tapped(['men', 'fighters']), ['tally.wrong.basis']],
  ['no number', tapped(['men'], { vehicle: '' }), ['tally.wrong.number']],
  ['no trip', tapped(['men'], { trip: Number.NaN }), ['tally.wrong.trip']],
  ['silence', tapped([]), ['tally.wrong.empty']],
  ['nobody boarded, as said', tapped([], { nobodyBoarded: true }), []],
  ['a whole count', tapped(['men', 'boys', 'wounded']), []],
])('A vehicle with %s has its problems named', (_, bus, problems) => {
  expect(problemsOf(bus)).toEqual(problems);
});

test('The next vehicle keeps the trip and the convoy, not the number', () => {
  expect(openBus('F-2', 'bridge', tapped(['men'], { trip: 3, convoy: 'second convoy' }))).toMatchObject({ trip: 3, convoy: 'second convoy', vehicle: '', taps: [] });
});
