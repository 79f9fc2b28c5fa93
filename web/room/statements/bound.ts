// A number in the speaker's words, as a bound (formats/statement.md). The server reads it again and refuses what it can't be.

export interface Bound {
  low?: number;
  high?: number;
  more_than?: number;
  fewer_than?: number;
  approximate?: 'either-way' | 'below';
  not_known?: true;
}

/** Digits of every script that writes tens by place, and separators of thousands. */
function number(text: string): number | undefined {
  const plain = text
    .replace(/[\u0660-\u0669]/g, (d) => String(d.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (d) => String(d.charCodeAt(0) - 0x6f0))
    .replace(/(?<=\d)[\s,.\u066c\u00a0\u202f](?=\d{3}(?!\d))/g, '');
  return /^\d{1,13}$/.test(plain) ? Number(plain) : undefined;
}

export function boundOf(words: string): Bound | undefined {
  const text = words.trim().toLowerCase();
  if (text === 'not known' || text === 'unknown') return { not_known: true };
  if (text === 'none' || text === 'nobody') return { low: 0, high: 0 };
  const forms: [RegExp, (n: number, m: number) => Bound][] = [
    [/^(?:more than|over|above) (.+)$/, (n) => ({ more_than: n })],
    [/^(?:at least|no fewer than|from) (.+)$/, (n) => ({ low: n })],
    [/^(?:fewer than|less than|under|below) (.+)$/, (n) => ({ fewer_than: n })],
    [/^(?:up to|at most|no more than) (.+)$/, (n) => ({ high: n })],
    [/^(?:nearly|almost|close to) (.+)$/, (n) => ({ low: n, high: n, approximate: 'below' })],
    [/^(?:about|around|approximately|some) (.+)$/, (n) => ({ low: n, high: n, approximate: 'either-way' })],
  ];
  for (const [form, make] of forms) {
    const n = number(form.exec(text)?.[1] ?? '');
    if (n !== undefined) return make(n, n);
  }
  const range = /^(.+?)(?:\s+to\s+|\s*[-–]\s*)(.+)$/.exec(text);
  const [low, high] = [number(range?.[1] ?? ''), number(range?.[2] ?? '')];
  if (low !== undefined && high !== undefined) return low <= high ? { low, high } : undefined;
  const exact = number(text);
  return exact === undefined ? undefined : { low: exact, high: exact };
}

/** The words that {@link boundOf} reads as this bound; undefined for what it has no words for. */
export function wordsOf(bound: Bound & { readonly word?: string }): string | undefined {
  const { low, high, more_than, fewer_than, approximate, not_known, word } = bound;
  if (word) return undefined;
  if (not_known) return 'not known';
  if (more_than !== undefined) return high === undefined && fewer_than === undefined ? `more than ${more_than}` : undefined;
  if (fewer_than !== undefined) return low === undefined ? `fewer than ${fewer_than}` : undefined;
  if (low !== undefined && high !== undefined) {
    if (approximate) return low === high ? `${approximate === 'below' ? 'nearly' : 'about'} ${low}` : undefined;
    return low === high ? String(low) : `${low} to ${high}`;
  }
  if (approximate) return undefined;
  return low !== undefined ? `at least ${low}` : high !== undefined ? `up to ${high}` : undefined;
}
