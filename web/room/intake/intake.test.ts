import { describe, expect, it } from 'vitest';
import { added, claimsOf, counts, decided, nextOpen, nothing, undone, unsettled } from './decisions.ts';
import { blocksOf, find, piecesOf, trimmed } from './pieces.ts';
import type { Pair, Proposal, Reading } from './shape.ts';

const text = 'The centre said that more than 9,500 people, over 4,500 of them militants, left. It added that all were out.\n\nBuses stopped. «خرج 40 شخصا» 🚌\n\nPost a comment\n';
const at = (words: string): Pair => find(text, words)!;
const proposal = (n: number, words: string, source: string | null = 'centre'): Proposal => ({ n, span: at(words), quote: words, kind: 'movement', modality: 'asserted', band: 'clear', source: source ? { name: source, words: null } : null, via: [], count: null, category: null, harm: null, places: [], when: null, loaded: [], trace: [], ties: [], draft: null, problem: null });
const reading = { lexicon: 'x', language: 'en', sha256: '', characters: text.length, proposals: [proposal(1, 'more than 9,500 people, over 4,500 of them militants, left'), proposal(2, 'over 4,500 of them militants'), proposal(3, 'Buses stopped', null)], set_aside: [at('Post a comment')], not_read: [], problems: [], names: [], known_sources: [] } as Reading;

describe('the text on the page', () => {
  it('is the text that was handed in, character for character, whatever marks nest in it', () => {
    const marks = reading.proposals.map(({ n, span }) => ({ n, span }));
    const speaker = ([start, end]: Pair): string | null => reading.proposals.find((p) => start <= p.span[0] && p.span[0] < end)?.source?.name ?? null;
    const blocks = blocksOf(text, speaker, reading.set_aside);
    expect(blocks.map((b) => text.slice(...b.span)).join('')).toBe(text);
    expect(blocks.flatMap((b) => piecesOf(b.span, marks, [at('militants')], reading.set_aside)).map((p) => text.slice(p.start, p.end)).join('')).toBe(text);
    expect(blocks.at(-1)).toMatchObject({ aside: true });
  });

  it('gives the shorter of two claims first, and the number where a claim ends', () => {
    const pieces = piecesOf([0, text.length], reading.proposals, [at('militants')], []);
    const inner = pieces.find((p) => text.slice(p.start, p.end) === 'militants')!;
    expect(inner).toMatchObject({ over: [2, 1], ends: [2], loaded: true });
    expect(pieces.flatMap((p) => p.ends)).toEqual([2, 1, 3]);
  });

  it('is cut where the speaker changes', () => {
    const two = 'The minister said it ended. The governor denied it. He went on.';
    const says = ([start]: Pair): string | null => (start === 0 ? 'minister' : start === 28 ? 'governor' : null);
    expect(blocksOf(two, says, []).map((b) => [b.speaker, two.slice(...b.span)])).toEqual([
      ['minister', 'The minister said it ended. '],
      ['governor', 'The governor denied it. He went on.'],
    ]);
  });

  it('finds words where they stand and takes no spaces along', () => {
    expect(find(text, 'not there')).toBeNull();
    expect(trimmed('  a b ', [0, 6])).toEqual([2, 5]);
  });
});

describe('decisions', () => {
  it('are counted, sent in the order of the text, and taken back one by one', () => {
    const one = { edit: { span: [0, 3] as Pair, kind: 'statement' }, draft: null };
    let d = decided(nothing, 3, { act: 'confirmed' });
    d = decided(d, 1, { act: 'split', parts: [one, one] });
    d = decided(d, 2, { act: 'rejected' });
    d = added(d, one);
    expect(counts(d, reading)).toEqual({ confirmed: 4, rejected: 1, open: 0 });
    expect(claimsOf(reading, d).map((c) => [c.proposal, c.split ?? false])).toEqual([[1, true], [1, true], [3, false], [undefined, false]]);
    const back = undone(undone(d)!.deciding)!;
    expect([back.n, counts(back.deciding, reading)]).toEqual([2, { confirmed: 3, rejected: 0, open: 1 }]);
    expect(undone(nothing)).toBeUndefined();
  });

  it('lead on to the next claim that is open, around the end', () => {
    const d = decided(nothing, 3, { act: 'confirmed' });
    expect([nextOpen(reading, d, 3), nextOpen(reading, decided(d, 1, { act: 'rejected' }), 3)]).toEqual([1, 2]);
  });

  it('wait for names that nobody has settled, and for no others', () => {
    const d = decided(nothing, 1, { act: 'confirmed' });
    expect(unsettled(reading, d, {}, 'Gazette')).toEqual(['Gazette', 'centre']);
    expect(unsettled(reading, nothing, { Gazette: 'new:media' }, 'Gazette')).toEqual([]);
  });
});
