import { expect, test } from 'vitest';
import { afterOpening, beforeTrying, lockWith, openWith, seal, stillToWait, unseal, waitAfter } from './code.js';

const few = 1000;

test('The right code opens what it sealed, and a wrong one opens nothing', async () => {
  const { lock, key } = await lockWith('418027', few);
  const sealed = await seal(key, { taps: 3 });
  const again = await openWith(lock, '418027');
  expect(again && (await unseal(again, sealed))).toEqual({ taps: 3 });
  expect(await openWith(lock, '418028')).toBeUndefined();
});

test('Nothing that is sealed stands on the phone in clear', async () => {
  const { key } = await lockWith('418027', few);
  const sealed = await seal(key, { convoy: 'second convoy' });
  expect(new TextDecoder('latin1').decode(sealed.bytes)).not.toContain('convoy');
});

test.each([[0, 0], [2, 0], [3, 5_000], [4, 10_000], [10, 640_000], [11, 900_000], [400, 900_000]])('After %i wrong codes the wait is %i ms', (wrong, wait) => {
  expect(waitAfter(wrong)).toBe(wait);
});

test('A wrong code is counted before it is tried, and a right one forgives all', async () => {
  let { lock } = await lockWith('418027', few);
  for (let n = 0; n < 4; n++) lock = beforeTrying(lock, 1_000);
  expect(lock.wrong).toBe(4);
  expect(stillToWait(lock, 1_000)).toBe(10_000);
  expect(stillToWait(lock, 11_000)).toBe(0);
  expect(stillToWait(lock, -5_000_000)).toBe(10_000);
  expect(stillToWait(afterOpening(lock), 1_000)).toBe(0);
});
