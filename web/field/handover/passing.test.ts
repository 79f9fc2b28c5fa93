import { expect, test } from 'vitest';
import { nothingOpen } from '../keeping/work.js';
import { openBus, tap } from '../tally/bus.js';
import { packed, passingOf, unpacked } from './passing.js';

const work = {
  ...nothingOpen,
  buses: [
    (['women', 'men', 'wounded', 'crew', 'unknown'] as const).reduce((bus, key, n) => tap(bus, key, 1_900_000_000_000 + n * 3_000), { ...openBus('F-0123456789ab', 'bridge'), vehicle: '4417', convoy: 'القافلة الثانية' }),
    openBus('F-0123456789ac', 'bridge'),
    { ...openBus('F-0123456789ad', 'gate'), vehicle: '9' },
  ],
  spells: [{ id: 'F-1', line: 'bridge', watched: true, from: 1_900_000_000_000 }],
};

test('The next device has every tap of the open vehicles of that line, and no others', async () => {
  const passing = passingOf(work, 'op', 'bridge', 'F-0123456789zz', 'two more buses are waiting', '');
  expect(passing.buses.map((bus) => bus.vehicle)).toEqual(['4417']);
  expect(passing.watchedSince).toBe(1_900_000_000_000);
  expect(await unpacked(await packed(passing))).toEqual(passing);
});

test('A full bus is short enough for a few pictures', async () => {
  let bus = { ...openBus('F-0123456789ab', 'bridge'), vehicle: '4417' };
  for (let n = 0; n < 90; n++) bus = tap(bus, (['women', 'men', 'girls', 'boys'] as const)[n % 4]!, 1_900_000_000_000 + n * 4_000);
  const text = await packed(passingOf({ ...nothingOpen, buses: [bus] }, 'a'.repeat(64), 'bridge', 'F-0123456789zz', '', ''));
  expect(text.length).toBeLessThan(800);
});

test.each(['', 'hello', 'https://example.org', 'AAAA'])('%s is no line', async (text) => {
  expect(await unpacked(text)).toBeUndefined();
});

test('A vehicle with an id that is none is refused with the whole', async () => {
  const passing = passingOf(work, 'op', 'bridge', 'F-0123456789zz', '', '');
  expect(await unpacked(await packed({ ...passing, buses: [{ ...passing.buses[0]!, id: 'S-12' }] }))).toBeUndefined();
});
