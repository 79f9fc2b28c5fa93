import { expect, test } from 'vitest';
import { type Spell, endSpell, runningSpell, stretchesOf } from './watch.js';

const spell = (from: number, to: number | undefined, watched = true): Spell => ({ id: `F-${from}`, line: 'bridge', watched, from, ...(to === undefined ? {} : { to }) });

test('What nobody watched is a gap, and what is not over yet is to come', () => {
  expect(stretchesOf([spell(10, 20), spell(30, undefined)], 'bridge', 0, 100, 60)).toEqual([
    { kind: 'gap', from: 0, to: 10 },
    { kind: 'watched', from: 10, to: 20 },
    { kind: 'gap', from: 20, to: 30 },
    { kind: 'watched', from: 30, to: 60 },
    { kind: 'to-come', from: 60, to: 100 },
  ]);
});

test('A watch of another line covers nothing here', () => {
  expect(stretchesOf([spell(0, 50)], 'gate', 0, 50, 50)).toEqual([{ kind: 'gap', from: 0, to: 50 }]);
});

test('The stretches of a day join without hole or overlap, whatever the spells', () => {
  let seed = 3;
  const next = (n: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let round = 0; round < 300; round++) {
    const spells = Array.from({ length: next(6) }, () => { const from = next(120) - 10; return spell(from, next(4) === 0 ? undefined : from + next(40), next(2) === 0); });
    const now = next(110);
    const stretches = stretchesOf(spells, 'bridge', 0, 100, now);
    expect(stretches[0]?.from).toBe(0);
    expect(stretches.at(-1)?.to).toBe(100);
    stretches.slice(1).forEach((stretch, n) => expect(stretch.from).toBe(stretches[n]!.to));
    stretches.forEach((stretch) => expect(stretch.kind === 'watched' ? stretch.to <= now : true).toBe(true));
  }
});

test('A clock that was set back ends no spell before its start', () => {
  const ended = endSpell([spell(50, undefined)], 'bridge', 10);
  expect(ended[0]?.to).toBe(50);
  expect(runningSpell(ended, 'bridge')).toBeUndefined();
});
