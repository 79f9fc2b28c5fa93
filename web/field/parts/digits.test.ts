import { expect, test } from 'vitest';
import { countFrom, plainDigits } from './digits.js';

test.each<[string, number | undefined | 'wrong']>([['', undefined], [' ', undefined], ['0', 0], ['٤٢', 42], ['۴۲', 42], ['12a', 'wrong'], ['-1', 'wrong'], ['1.5', 'wrong'], ['123456', 'wrong']])('%s is read as %s', (text, count) => {
  expect(countFrom(text)).toBe(count);
});

test('Letters beside the digits stay', () => {
  expect(plainDigits('أ٤١٧ B')).toBe('أ417 B');
});
