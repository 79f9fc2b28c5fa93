import { describe, expect, it } from 'vitest';
import { clockAt, day, hour, momentAt, rowsOf, spanOf, stepped } from './hours.ts';

const zone = 'Asia/Damascus';

describe('two clocks', () => {
  it('a moment on the operation’s clock comes back as it was written', () => {
    for (const local of ['2016-12-16T18:00', '2016-07-01T00:15', '2016-03-25T01:30']) expect(clockAt(momentAt(local, zone), zone)).toBe(local);
  });

  it('a day without an hour is the whole day and says that no hour is stated', () => {
    const span = spanOf('2016-12-16', zone)!;
    expect(span).toEqual({ from: Date.parse('2016-12-15T22:00Z'), to: Date.parse('2016-12-16T22:00Z'), hourStated: false });
  });

  it('a period runs from the start of its first end to the end of its last', () => {
    const span = spanOf('2016-12-15T14:30:00+02:00/2016-12-16', zone)!;
    expect(span.to - span.from).toBe(day + 9.5 * hour);
    expect(span.hourStated).toBe(false);
  });

  it('a time of day without an offset is read on the operation’s clock', () => {
    expect(spanOf('2016-12-16T18:00', zone)!.from).toBe(Date.parse('2016-12-16T18:00+02:00'));
  });

  it('what is no time is not drawn', () => {
    for (const text of ['', 'soon', '2016-12-16/2016-12-14', '2016-13-40T10:00:00Z']) expect(spanOf(text, zone)).toBeUndefined();
  });

  it('no two marks of one row lie over each other while rows last', () => {
    const spans = Array.from({ length: 60 }, (_, i) => ({ from: (i * 37) % 101, to: ((i * 37) % 101) + (i % 7) }));
    const rows = rowsOf(spans, 1, 60);
    spans.forEach((a, i) =>
      spans.forEach((b, j) => {
        if (i < j && rows[i] === rows[j]) expect(a.to < b.from || b.to < a.from).toBe(true);
      }),
    );
  });

  it('marks never stand outside the rows that there are', () => {
    expect(Math.max(...rowsOf(Array.from({ length: 20 }, () => ({ from: 0, to: 5 })), 1, 3))).toBe(2);
  });

  it('the keys of the slider step a quarter of an hour, six hours, or to the ends, and never past them', () => {
    expect(stepped('ArrowRight', 0, 0, day)).toBe(hour / 4);
    expect(stepped('PageUp', 0, 0, day)).toBe(6 * hour);
    expect(stepped('PageDown', hour, 0, day)).toBe(0);
    expect(stepped('End', 0, 0, day)).toBe(day);
    expect(stepped('x', 0, 0, day)).toBeUndefined();
  });
});
