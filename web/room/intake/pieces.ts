// The text of a page cut into pieces, so that each character is shown once and as it stands, whatever marks cover it.
import type { Pair } from './shape.ts';

export interface Marked {
  readonly n: number;
  readonly span: Pair;
}

export interface Piece {
  readonly start: number;
  readonly end: number;
  /** Claims that cover it, the shortest first. */
  readonly over: readonly number[];
  /** Claims that end with it, the shortest first. */
  readonly ends: readonly number[];
  readonly loaded: boolean;
  readonly aside: boolean;
}

const within = (at: number, [start, end]: Pair): boolean => start <= at && at < end;

/** Pieces of one stretch, in order, without a gap: together they are the stretch. */
export function piecesOf(stretch: Pair, marks: readonly Marked[], loaded: readonly Pair[], aside: readonly Pair[]): Piece[] {
  const [from, to] = stretch;
  const meet = ([start, end]: Pair): boolean => start < to && from < end;
  const near = marks.filter((m) => meet(m.span)).sort((a, b) => a.span[1] - a.span[0] - (b.span[1] - b.span[0]) || a.n - b.n);
  const [words, set] = [loaded.filter(meet), aside.filter(meet)];
  const cuts = new Set([from, to]);
  for (const span of [...near.map((m) => m.span), ...words, ...set]) for (const at of span) if (from < at && at < to) cuts.add(at);
  const ends = [...cuts].sort((a, b) => a - b);
  return ends.slice(1).map((end, i) => {
    const start = ends[i]!;
    return {
      start,
      end,
      over: near.filter((m) => within(start, m.span)).map((m) => m.n),
      ends: near.filter((m) => m.span[1] === end).map((m) => m.n),
      loaded: words.some((w) => within(start, w)),
      aside: set.some((s) => within(start, s)),
    };
  });
}

export interface Block {
  readonly span: Pair;
  /** Who speaks in it, as {@link speakerOf} names them; null where nobody's claim stands in it yet. */
  readonly speaker: string | null;
  readonly aside: boolean;
}

/** Paragraphs, cut again where the speaker changes from one sentence to the next. Together they are the text. */
export function blocksOf(text: string, speakerOf: (sentence: Pair) => string | null, aside: readonly Pair[]): Block[] {
  const blocks: Block[] = [];
  for (const paragraph of paragraphs(text)) {
    let speaker: string | null = null;
    let isFirst = true;
    for (const sentence of sentences(text, paragraph)) {
      const isAside = text.slice(...sentence).trim() !== '' && aside.some(([start, end]) => start <= sentence[0] && trimmedEnd(text, sentence) <= end);
      const says = isAside ? null : speakerOf(sentence);
      const last = blocks.at(-1);
      const same = !isFirst && last && last.aside === isAside && (says === null || says === speaker || speaker === null);
      if (says !== null || isFirst) speaker = says;
      if (same) blocks[blocks.length - 1] = { span: [last.span[0], sentence[1]], speaker: last.speaker ?? says, aside: isAside };
      else blocks.push({ span: sentence, speaker: isAside ? null : speaker, aside: isAside });
      isFirst = false;
    }
  }
  return blocks;
}

function trimmedEnd(text: string, [start, end]: Pair): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1]!)) at--;
  return at;
}

function paragraphs(text: string): Pair[] {
  const found: Pair[] = [];
  let start = 0;
  for (const gap of text.matchAll(/\r?\n[ \t\r]*(?:\n[ \t\r]*)*(?=\S)/g)) {
    // A single line end inside a paragraph of wrapped lines is no new paragraph: the next line goes on in lower case.
    const isWrapped = (gap[0].match(/\n/g)?.length ?? 0) === 1 && /[\p{Ll}\p{N},;]$/u.test(text.slice(0, gap.index).slice(-1)) && text.slice(start, gap.index).length > 40 && !/[.!?؟:]["”»]?$/.test(text.slice(start, gap.index).slice(-2));
    if (isWrapped) continue;
    found.push([start, gap.index + gap[0].length]);
    start = gap.index + gap[0].length;
  }
  if (start < text.length) found.push([start, text.length]);
  return found;
}

function sentences(text: string, [from, to]: Pair): Pair[] {
  const found: Pair[] = [];
  let start = from;
  for (const stop of text.slice(from, to).matchAll(/[.!?؟]["”»')]*\s+(?=\S)/g)) {
    const end = from + stop.index + stop[0].length;
    found.push([start, end]);
    start = end;
  }
  if (start < to) found.push([start, to]);
  return found;
}

/** Where words stand in the text, nearest behind a place; null where they don't. */
export function find(text: string, words: string, near = 0): Pair | null {
  if (!words.trim()) return null;
  const at = text.indexOf(words, near) >= 0 ? text.indexOf(words, near) : text.indexOf(words);
  return at < 0 ? null : [at, at + words.length];
}

/** A stretch without the spaces at its ends. */
export function trimmed(text: string, [start, end]: Pair): Pair {
  const words = text.slice(start, end);
  return [start + (words.length - words.trimStart().length), end - (words.length - words.trimEnd().length)];
}
