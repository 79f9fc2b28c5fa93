import { expect, test } from 'vitest';
import { moment, offsetMinutes, startOfDay } from './moment.js';

test.each([
  ['2031-05-02T11:25:00Z', 'Asia/Damascus', '2031-05-02T14:25:00+03:00'],
  ['2031-01-02T23:59:59Z', 'Europe/Paris', '2031-01-03T00:59:59+01:00'],
  ['2031-07-02T00:00:00Z', 'America/St_Johns', '2031-07-01T21:30:00-02:30'],
  ['2031-07-02T00:00:00Z', 'UTC', '2031-07-02T00:00:00+00:00'],
])('%s in %s is written %s', (at, zone, written) => {
  expect(moment(Date.parse(at), zone)).toBe(written);
  expect(Date.parse(written)).toBe(Date.parse(at));
});

test('A moment read back is the same second, in winter and in summer', () => {
  for (let at = Date.parse('2031-01-01T00:00:01Z'); at < Date.parse('2032-01-01T00:00:00Z'); at += 7 * 3_600_000 + 11_000) {
    expect(Date.parse(moment(at, 'Europe/Sarajevo'))).toBe(at);
  }
});

test('A day starts at its own midnight, also on the day the clock is put forward', () => {
  expect(moment(startOfDay(Date.parse('2031-03-30T20:00:00Z'), 'Europe/Paris'), 'Europe/Paris')).toBe('2031-03-30T00:00:00+01:00');
  expect(offsetMinutes(Date.parse('2031-03-30T20:00:00Z'), 'Europe/Paris')).toBe(120);
});
