import { describe, expect, it } from 'vitest';
import { Translator } from '../../shared/i18n/i18n.ts';
import { ar } from '../app/words/ar.ts';
import { en, type Word } from '../app/words/en.ts';
import { changeWord, clockOf, first, readingWord, spanWords } from './reading.ts';
import type { Clause, Term } from './shape.ts';

const words = new Translator<Word>('en', en, en, 'UTC');
const hour = 3_600_000;
const clause = (c: Partial<Clause> = {}): Clause => ({ text: '', sentence: '', ids: [], ...c });
const term = (t: Partial<Term>): Term => ({ id: '1', title: '', sentence: '', ids: [], stated_in: [], denied_by: [], binds: [], findings: [], clauses: [clause()], ...t });
const due = { earliest: '2031-05-02T18:00:00+00:00', latest: '2031-05-02T20:00:00+00:00' };

describe('a reading', () => {
  it('has the word of the page, and the word of the server where the page does not know it yet', () => {
    expect(readingWord(term({ shown: 'not met, as reported', verdict: 'broken' }), words)).toBe('not met, as reported');
    expect(readingWord(term({ shown: 'something new' }), words)).toBe('something new');
  });

  it('of two totals that goes without a verdict is called by what is shown', () => {
    expect(readingWord(term({}), words)).toBe('two totals side by side');
  });

  it('of the past says of a term that forbids only that nobody reported it', () => {
    expect([changeWord('kept', true), changeWord('kept', false)]).toEqual(['reading_noReport', 'reading_met']);
  });
});

describe('a clock', () => {
  it('runs until the latest time that can be meant, and is over after it', () => {
    expect(clockOf(clause({ due }), '2031-05-02T12:00:00Z', null)).toMatchObject({ state: 'running', span: 6 * hour });
    expect(clockOf(clause({ due }), '2031-05-02T19:00:00Z', null)).toMatchObject({ state: 'running', span: hour });
    expect(clockOf(clause({ due, ground: 'not-done-in-time' }), '2031-05-02T21:00:00Z', null)).toMatchObject({ state: 'over', span: hour });
  });

  it('counts how late from the least that is sure', () => {
    expect(clockOf(clause({ due, done: { earliest: '2031-05-02T21:30:00Z', latest: '2031-05-02T23:00:00Z' } }), null, null)).toMatchObject({ state: 'done', late: 1.5 * hour });
  });

  it('that is not told up to when it was read says when it is due and no more', () => {
    expect(clockOf(clause({ due }), null, null)).toMatchObject({ state: 'running', span: null });
  });

  it('says where its time passed since anything became known', () => {
    expect(clockOf(clause({ due }), '2031-05-02T12:00:00Z', Date.parse('2031-05-03T00:00:00Z'))).toMatchObject({ state: 'running', passedSince: true });
  });

  it('is not shown for two totals, of which none is due for the other', () => {
    expect(clockOf(clause({ due, two_totals: ['a', 'b'] }), '2031-05-02T12:00:00Z', null)).toBeNull();
  });

  it('speaks in the two largest parts, in days alone where they are many, and in the digits of the language', () => {
    expect([spanWords(8.5 * hour, words), spanWords(31 * hour, words), spanWords(100 * hour, words)]).toEqual(['8 hours 30 minutes', '1 day 7 hours', '4 days']);
    expect(spanWords(2 * hour, new Translator<Word>('ar', ar, en, 'UTC'))).toMatch(/ساعتان|٢/);
  });
});

describe('the few terms of the board', () => {
  it('are those whose clock runs, the next first, then those that changed last', () => {
    const later = { earliest: '2031-05-09T00:00:00Z', latest: '2031-05-09T00:00:00Z' };
    const all = [term({ id: 'old', since: '2031-01-01' }), term({ id: 'new', since: '2031-05-01' }), term({ id: 'later', clauses: [clause({ due: later })] }), term({ id: 'next', clauses: [clause({ due })] })];
    expect(first(all, '2031-05-02T12:00:00Z', 3).map((t) => t.id)).toEqual(['next', 'later', 'new']);
  });
});
