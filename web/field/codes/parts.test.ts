import { expect, test } from 'vitest';
import { digitsOf, partLength, partsOf, progressOf, wholeOf } from './parts.js';

test.each([0, 1, partLength, partLength + 1, 10 * partLength - 3])('A text of %i characters comes back from its parts, whatever their order', async (length) => {
  const text = Array.from({ length }, (_, n) => String.fromCharCode(33 + ((n * 7) % 90))).join('');
  const parts = await partsOf(text);
  expect(await wholeOf([...parts].reverse().concat(parts))).toBe(text);
});

test('A missing part is waited for', async () => {
  const parts = await partsOf('x'.repeat(3 * partLength));
  expect(progressOf(parts.slice(1))).toEqual({ got: 2, of: 3 });
  expect(await wholeOf(parts.slice(1))).toBeUndefined();
});

test('A part that was changed on the way gives nothing', async () => {
  const parts = await partsOf('x'.repeat(2 * partLength));
  expect(await wholeOf([parts[0]!, parts[1]!.replace(/x$/, 'y')])).toBeUndefined();
});

test('Parts of another text are not mixed in', async () => {
  const parts = await partsOf('a'.repeat(2 * partLength));
  const others = await partsOf('b'.repeat(2 * partLength));
  expect(await wholeOf([parts[0]!, others[1]!])).toBeUndefined();
  expect(await wholeOf([parts[0]!, others[1]!, parts[1]!])).toBe('a'.repeat(2 * partLength));
});

test('What is no part at all is nothing', async () => {
  expect(await wholeOf(['https://example.org'])).toBeUndefined();
  expect(await digitsOf('a line')).toMatch(/^\d{4}$/);
});
