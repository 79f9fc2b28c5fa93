// What a reading is called, and its clock. A reading is computed; none of these words says who did what.
import type { Words } from '../app/context.tsx';
import type { Word } from '../app/words/en.ts';
import type { Clause, Term } from './shape.ts';

const shownWords: Readonly<Record<string, Word>> = {
  'met, as reported': 'reading_met',
  'met late': 'reading_late',
  'due, not reported met': 'reading_due',
  'partly met': 'reading_partly',
  'not met, as reported': 'reading_notMet',
  contested: 'reading_contested',
  'not yet due': 'reading_notDue',
  'no date; not reported met': 'reading_noDate',
  unclear: 'reading_unclear',
  'no report in watched hours': 'reading_noReport',
};

/** The word of a reading in the language of the page; what this page does not know yet stands as the server says it. */
export const readingWord = (term: Term, words: Words): string => {
  if (!term.shown) return words.say('reading_sideBySide');
  const word = shownWords[term.shown];
  return word ? words.say(word) : term.shown;
};

/** What a change of the past is called. A change carries no more than its verdict: its sentence says the rest. */
export const changeWord = (verdict: string, forbids: boolean): Word =>
  ({ kept: forbids ? 'reading_noReport' : 'reading_met', late: 'reading_timePassed', partly: 'reading_partly', broken: 'reading_notMet', disputed: 'reading_contested', pending: 'reading_pending', unclear: 'reading_unclear' })[verdict] as Word ?? 'reading_unclear';

const MINUTE = 60_000;

/** "8 hours 30 minutes": the two largest parts, in the language of the page. */
export function spanWords(ms: number, words: Words): string {
  const minutes = Math.round(Math.abs(ms) / MINUTE);
  const parts: [number, string][] = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor((minutes % 1440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ];
  const first = parts.findIndex(([n]) => n > 0);
  if (first < 0) return new Intl.NumberFormat(words.tag, { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(0);
  // Hours beside many days say more than anybody knows.
  return parts
    .slice(first, first + (parts[0]![0] >= 3 ? 1 : 2))
    .filter(([n]) => n > 0)
    .map(([n, unit]) => new Intl.NumberFormat(words.tag, { style: 'unit', unit, unitDisplay: 'long' }).format(n))
    .join(' ');
}

export type Clock =
  | { readonly state: 'running' | 'over'; readonly due: string; readonly span: number | null; readonly passedSince: boolean }
  | { readonly state: 'done'; readonly due: string; readonly done: string; readonly late: number };

// A whole day is called by its day.
const both = (from: string | undefined, to: string | undefined): string =>
  from && to && from !== to ? (from.slice(0, 10) === to.slice(0, 10) && from.slice(11, 16) === '00:00' && to.slice(11, 16) === '23:59' ? to.slice(0, 10) : `${from}/${to}`) : (to ?? from ?? '');

/**
 * The clock of a clause that is due at a time, or null.
 * @param upTo up to when the terms were judged; null where that is not told.
 * @param now the time of this machine where the page shows the present, else null.
 */
export function clockOf(clause: Clause, upTo: string | null, now: number | null): Clock | null {
  const due = clause.due?.latest;
  if (!due || clause.two_totals) return null;
  const [first, last] = [new Date(clause.due.earliest ?? due).getTime(), new Date(due).getTime()];
  const words = both(clause.due.earliest, due);
  if (clause.done?.latest) {
    const early = new Date(clause.done.earliest ?? clause.done.latest).getTime();
    return { state: 'done', due: words, done: both(clause.done.earliest, clause.done.latest), late: Math.max(0, early - last) };
  }
  if (!upTo) return { state: 'running', due: words, span: null, passedSince: false };
  const at = new Date(upTo).getTime();
  return at <= last ? { state: 'running', due: words, span: first - at > 0 ? first - at : last - at, passedSince: now !== null && now > last } : { state: 'over', due: words, span: clause.ground === 'not-done-in-time' ? at - last : null, passedSince: false };
}

const runs = (term: Term, upTo: string): number | null => {
  const left = term.clauses.map((c) => clockOf(c, upTo, null)).filter((c) => c?.state === 'running');
  return left.length > 0 ? Math.min(...left.map((c) => (c as { span: number | null }).span ?? Number.POSITIVE_INFINITY)) : null;
};

/** The few to look at first: those whose clock runs, the next first, then those that changed last. */
export function first<T extends Term>(terms: readonly T[], upTo: string, most: number): T[] {
  return [...terms]
    .map((term, i) => ({ term, i, left: runs(term, upTo) }))
    .sort((a, b) => (a.left ?? Number.POSITIVE_INFINITY) - (b.left ?? Number.POSITIVE_INFINITY) || (b.term.since ?? '').localeCompare(a.term.since ?? '') || a.i - b.i)
    .slice(0, most)
    .map((x) => x.term);
}
