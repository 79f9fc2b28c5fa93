import { expect, test } from 'vitest';
import { boundOf, wordsOf } from './bound.ts';
import { answersOf, kinds, saidOf } from './kinds.ts';

const categories = [
  { slug: 'all', words: 'people', space: 'people' },
  { slug: 'buses', words: 'buses', space: 'vehicles' },
];

test('words for a number become a bound, and the bound the same words', () => {
  for (const words of ['337', 'more than 300', 'fewer than 20', 'about 50', 'nearly 50', '30 to 40', 'at least 7', 'up to 900', 'not known']) expect(wordsOf(boundOf(words)!)).toBe(words);
  expect(wordsOf({ word: 'dozens' })).toBeUndefined();
});

test('what a form asks for is filled from a statement, and says the same again', () => {
  const said: Record<string, Record<string, unknown>> = {
    headcount: { measure: 'left', counted: { unit: 'people', of: 'all', bound: { more_than: 300 } }, batch: 'first convoy', running_total: true },
    movement: { step: 'departed', convoy: 'first convoy' },
    screening: { stopped: { unit: 'people', of: 'all', bound: { low: 7, high: 7 } }, slip: '12' },
    clearance: { convoy: 'first convoy', party: { id: 'army', name: 'Army' }, state: 'cleared' },
    coverage: { watched: false, reason: 'told to leave' },
    contact: { office: 'liaison office', asked: 'passage', promised_by: '2031-05-02T18:00:00+03:00' },
    stop: { reason: 'fuel', minutes: 20 },
    incident: { type: 'shooting', harm: [{ measure: 'wounded', counted: { unit: 'people', of: 'all', bound: { low: 2, high: 2 } } }] },
  };
  for (const [kind, words] of Object.entries(said)) {
    const { answers, kept } = answersOf(kind, words);
    expect(kept).toEqual({});
    expect(saidOf(kind, (name) => answers[name] ?? '', categories, '+03:00')).toEqual(words);
  }
});

test('harm of a measure that the form does not ask for keeps the list as it is', () => {
  const harm = [{ measure: 'harmed', counted: { unit: 'people', of: 'all', bound: { low: 0, high: 0 } } }];
  expect(answersOf('incident', { type: 'shooting', harm })).toEqual({ answers: { type: 'shooting' }, kept: { harm } });
});

test('what a form does not ask for is kept beside, as it stands', () => {
  const { answers, kept } = answersOf('headcount', { measure: 'left', counted: { unit: 'people', of: [{ sex: ['male'] }], bound: { low: 3, high: 3 } }, including: [] });
  expect(answers).toEqual({ measure: 'left' });
  expect(Object.keys(kept)).toEqual(['counted', 'including']);
});

test('a party that nobody spoke for yet is named in words', () => {
  const answers: Record<string, string> = { convoy: 'first convoy', party: 'Northern garrison', state: 'notified' };
  expect(saidOf('clearance', (name) => answers[name] ?? '', categories, 'Z')['party']).toEqual({ id: 'northern-garrison', name: 'Northern garrison' });
});

test('a number in words that can’t be read is refused at its field', () => {
  expect(() => saidOf('headcount', (name) => (name === 'counted' ? 'a few' : ''), categories, 'Z')).toThrow();
});

test('every kind has something that must be said', () => {
  for (const [kind, asks] of Object.entries(kinds)) if (!['screening', 'voluntariness', 'coverage'].includes(kind)) expect(asks.some((a) => 'required' in a && a.required), kind).toBe(true);
});
