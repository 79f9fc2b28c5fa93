import { describe, expect, it } from 'vitest';
import { nameOf, sizeOf } from './taking.ts';

describe('a file that is taken', () => {
  it('has the name that the server gives it, and never a path', () => {
    expect(nameOf('attachment; filename=valley.hxl.csv')).toBe('valley.hxl.csv');
    expect(nameOf('attachment; filename="valley parties.zip"; filename*=UTF-8\'\'valley%20parties.zip')).toBe('valley parties.zip');
    expect(nameOf('attachment; filename="../../valley.csv"')).toBe('..-..-valley.csv');
    expect(nameOf(null)).toBeUndefined();
  });

  it('has a size in the words of the reader, and is never of no size at all', () => {
    expect([sizeOf(12, 'en-GB'), sizeOf(61_400, 'en-GB'), sizeOf(2_340_000, 'en-GB'), sizeOf(45_000_000, 'en-GB')]).toEqual(['1 kB', '61 kB', '2.3 MB', '45 MB']);
    expect(sizeOf(2_340_000, 'fr')).toMatch(/^2,3\sMo$/);
  });
});
