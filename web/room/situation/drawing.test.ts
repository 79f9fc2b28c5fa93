import { describe, expect, it } from 'vitest';
import { fit, type Point } from './geometry.ts';
import { kindsIn, lensOf } from './lens.ts';
import { lettered, routesOf } from './PlaceMap.tsx';
import { axisOf, markOf } from './plot.ts';
import type { Movement } from './shape.ts';

describe('an axis', () => {
  it('starts at nought, has three to six round steps, and holds the largest number', () => {
    for (const most of [1, 3, 14, 101, 999, 9500, 100_000, 1_234_567]) {
      const { end, step } = axisOf([most]);
      expect(end).toBeGreaterThanOrEqual(most);
      expect(end / step).toBeLessThanOrEqual(6);
      expect(Number.isInteger(end / step)).toBe(true);
      expect(['1', '2', '5']).toContain(String(step)[0]);
    }
  });
});

describe('a mark', () => {
  const axis = { end: 1000, step: 250 };
  it.each([
    ['an exact number is a tick', { low: 500, high: 500 }, 'tick', 50, 50],
    ['a range is a block', { low: 200, high: 400 }, 'block', 20, 40],
    ['a floor is an arrow to the end of the axis', { low: 300, high: null }, 'arrow', 30, 100],
    ['a ceiling is closed at nought', { low: null, high: 300 }, 'from-zero', 0, 30],
    ['no number is dotted over the whole axis', { low: null, high: null }, 'dotted', 0, 100],
  ])('%s', (_, bound, shape, from, to) => {
    expect(markOf(bound, axis)).toMatchObject({ shape, from, to });
  });

  it('“about” is hatched over the tolerance, with a tick at the number said', () => {
    const mark = markOf({ low: 500, high: 500, approximate: 'either-way' }, axis);
    expect(mark.shape).toBe('hatched');
    expect(mark.from).toBeCloseTo(45);
    expect(mark.to).toBeCloseTo(55);
    expect(mark.ticks).toEqual([50]);
  });

  it('the arrow of a part is cut short, so that it is not read as reaching its whole', () => {
    expect(markOf({ low: 300, high: null }, axis, true).to).toBeLessThan(100);
  });
});

describe('a lens of toggles', () => {
  const all = ['un', 'party', 'media'];
  it('comes back as the toggles that made it; all of them are no lens', () => {
    expect(lensOf(all, all)).toBe('');
    expect([...kindsIn(lensOf(['media', 'un'], all), all)].sort()).toEqual(['media', 'un']);
    expect(kindsIn('', all).size).toBe(3);
  });

  it('in words that are not toggles presses none of them', () => {
    expect(kindsIn('not source:bbc', all).size).toBe(0);
  });
});

describe('the map', () => {
  const spots = new Map<string, Point>([
    ['oldtown', [10, 50]],
    ['bridge', [10.1, 50.1]],
  ]);

  it('holds every listed position inside its margin, north above south', () => {
    const project = fit([...spots.values()], 460, 300);
    const [a, b] = [project([10, 50]), project([10.1, 50.1])];
    for (const [x, y] of [a, b]) expect(x >= 23.9 && x <= 436.1 && y >= 23.9 && y <= 276.1).toBe(true);
    expect(b[1]).toBeLessThan(a[1]);
  });

  it('letters places by the number of reports, and leaves out what was withdrawn or lies nowhere', () => {
    const report = (id: string, via: string | null, standing: 'current' | 'withdrawn' = 'current') => ({ id, via, from: null, to: null, standing });
    expect(lettered([report('1', 'oldtown'), report('2', 'bridge'), report('3', 'bridge'), report('4', 'oldtown', 'withdrawn'), report('5', null), report('6', 'elsewhere')], spots)).toEqual([
      { letter: 'A', place: 'bridge', ids: ['2', '3'] },
      { letter: 'B', place: 'oldtown', ids: ['1'] },
    ]);
  });

  it('draws a way once, only between two reported places', () => {
    const convoy = (...places: string[]) => ({ legs: places.map((place) => ({ step: 'passed', place, times: [], counts: [] })) }) as unknown as Movement;
    expect(routesOf([convoy('oldtown', 'oldtown', 'bridge'), convoy('oldtown', 'bridge'), convoy('bridge'), convoy('oldtown', 'elsewhere')], spots)).toEqual([['oldtown', 'bridge']]);
  });
});
