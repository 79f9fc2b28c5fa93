// Where the marks of a range plot stand. One axis a figure, from zero, the same for every source in it; a bound is drawn and never an amount from zero to it.
import type { Claim, Figure, PerSource } from './shape.ts';

/** "About" reaches this far when it is drawn; the operation's own tolerance is in the report. */
const reach = 0.1;

export interface Axis {
  readonly end: number;
  readonly step: number;
}

/** Round steps of 1, 2 or 5 times a power of ten, three to five of them, so that the largest number said stands inside. */
export function axisOf(numbers: readonly number[]): Axis {
  const most = Math.max(1, ...numbers);
  const rough = (most * 1.15) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? 10 * power);
  return { step, end: step * Math.ceil((most * 1.05) / step) };
}

/** Where an axis has its lines and numbers. */
export const ticksOf = (axis: Axis): number[] => Array.from({ length: Math.round(axis.end / axis.step) + 1 }, (_, i) => i * axis.step);

export const numbersOf = (figure: Figure): number[] =>
  figure.per_source.flatMap((s) => [s.low, s.high, ...(s.claims ?? []).flatMap((c) => (c.including ?? []).flatMap((p) => [p.low, p.high]))]).filter((n): n is number => n !== null);

export type Shape = 'tick' | 'block' | 'hatched' | 'arrow' | 'from-zero' | 'dotted';

export interface Mark {
  readonly shape: Shape;
  /** Per cent of the axis. */
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  readonly part: boolean;
}

interface Bound {
  readonly low: number | null;
  readonly high: number | null;
  readonly approximate?: string | undefined;
}

export function markOf(bound: Bound, axis: Axis, part = false): Mark {
  const at = (n: number): number => Math.min(100, (100 * n) / axis.end);
  const { low, high } = bound;
  if (low === null && high === null) return { shape: 'dotted', from: 0, to: 100, ticks: [], part };
  if (high === null) return { shape: 'arrow', from: at(low!), to: part ? Math.min(100, at(low!) + 12) : 100, ticks: [], part };
  if (low === null) return { shape: 'from-zero', from: 0, to: at(high), ticks: [], part };
  if (bound.approximate) {
    return { shape: 'hatched', from: at(low * (1 - reach)), to: at(bound.approximate === 'below' ? high : high * (1 + reach)), ticks: low === high ? [at(low)] : [at(low), at(high)], part };
  }
  return low === high ? { shape: 'tick', from: at(low), to: at(low), ticks: [at(low)], part } : { shape: 'block', from: at(low), to: at(high), ticks: [], part };
}

/** The marks of one source: each claim that stands, and thin below it the parts that it names. */
export const marksOf = (source: PerSource, axis: Axis): Mark[] =>
  (source.claims?.length ? source.claims : [{ id: '', words: '', low: source.low, high: source.high } as Claim]).flatMap((c) => [markOf(c, axis), ...(c.including ?? []).map((p) => markOf(p, axis, true))]);
