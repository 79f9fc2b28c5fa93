import { expect, test } from 'vitest';
import { always, assigned, countedAs, type Mapping, means, saidForAll, takenBy, withDates } from './mapping.ts';

const plain: Mapping = { mapping: 1, fields: { about: { column: 'Date' }, quantity: { column: 'Women' }, source_type: { always: 'party' } } };

test('a column stands for one field, and leaves the one it had', () => {
  const moved = assigned(plain, 'date', 'published');
  expect(moved.fields['about']).toBeUndefined();
  expect(moved.fields['published']).toEqual({ column: 'date' });
  expect(assigned(plain, 'Date', '').fields['about']).toBeUndefined();
});

test('a second number makes each of them a count of its own', () => {
  const two = assigned(plain, 'Men', 'quantity');
  expect(two.fields['quantity']).toBeUndefined();
  expect(two.counts).toEqual([{ quantity: { column: 'Women' } }, { quantity: { column: 'Men' }, category: { always: 'Men' } }]);
  expect(takenBy(two, 'men')).toEqual({ field: 'quantity', from: { column: 'Men' }, count: 1 });
  expect(countedAs(two, 1, 'men who left').counts![1]!['category']).toEqual({ always: 'men who left' });
  expect(assigned(two, 'Men', '').counts).toHaveLength(1);
  expect(assigned(assigned(two, 'Men', ''), 'Women', '').counts).toBeUndefined();
});

test('what no column gives is said for all rows', () => {
  expect(saidForAll(plain, ['about', 'source', 'source_type'])).toEqual(['source', 'source_type']);
  expect(saidForAll(always(plain, 'place_from', 'old-town'), ['about'])).toEqual(['source_type', 'place_from']);
  expect(always(always(plain, 'source', 'A'), 'source', '').fields['source']).toBeUndefined();
});

test('the words of a column and the order of dates can be said and taken back', () => {
  const said = means({ ...plain, fields: { ...plain.fields, kind: { column: 'Type' } } }, 'kind', 'Exit', 'movement');
  expect(said.fields['kind']).toEqual({ column: 'Type', words: { Exit: 'movement' } });
  expect(means(said, 'kind', 'Exit', '').fields['kind']!.words).toEqual({});
  expect(withDates(withDates(plain, 'day-month-year'), '')).toEqual(plain);
});
