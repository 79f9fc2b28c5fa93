import vectors from '../../../formats/vectors/line-text.json';
import { expect, test } from 'vitest';
import { openBus, tap } from './bus.js';
import { checkDigits, spokenLine } from './spoken.js';

const bus = { ...tap(tap(openBus('F-1', 'gate'), 'women', 0), 'crew', 1), vehicle: '4417' };
const operation = { timeZone: 'Asia/Damascus', lines: [{ id: 'bridge', name: '', kind: '' }, { id: 'gate', name: '', kind: '' }] };

test('The line holds the count and no more than a message', () => {
  const line = spokenLine(bus, Date.parse('2031-05-02T11:26:00Z'), operation);
  expect(line).toMatch(/^SC1 LINE2 BUS 4417 T1 W1 M0 G0 B0 U0 =1 WD0 C1 14:26 K\d\d$/);
  expect(line.length).toBeLessThan(160);
});

test('One wrong digit or letter, and two that changed places, change the check', () => {
  const text = 'SC1LINE2BUS4417T1W1';
  for (let at = 0; at < text.length; at++) for (const other of /\d/.test(text[at]!) ? '0123456789' : 'ABCKLMWXYZ') if (other !== text[at]) expect(checkDigits(text.slice(0, at) + other + text.slice(at + 1))).not.toBe(checkDigits(text));
  for (let at = 1; at < text.length; at++) if (text[at] !== text[at - 1]) expect(checkDigits(text.slice(0, at - 1) + text[at] + text[at - 1] + text.slice(at + 1))).not.toBe(checkDigits(text));
});

test('Every good line of the vectors has the check digits that this phone would give it', () => {
  for (const { text } of vectors.good) expect(text.slice(-2)).toBe(checkDigits(text.slice(0, -4)));
});
