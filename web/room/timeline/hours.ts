// Two clocks: when a thing is said to have happened, and when it became known. A day without an hour is drawn as the whole day, never as its midnight.

export const hour = 3_600_000;
export const quarter = hour / 4;
export const day = 24 * hour;

/** What is spoken of, in milliseconds; an instant starts and ends at once. `hourStated` is false where only a day is. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly hourStated: boolean;
}

/** How far the zone's clock is ahead of UTC at a moment. */
function ahead(moment: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).formatToParts(moment);
  const part = (type: string): number => Number(parts.find((p) => p.type === type)?.value ?? 0);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - Math.floor(moment / 1000) * 1000;
}

/** The moment at which the operation's clock shows `2031-05-01` (its start) or `2031-05-01T10:15`; NaN where it is no time. */
export function momentAt(local: string, zone: string): number {
  const shown = Date.parse(`${local.length === 10 ? `${local}T00:00` : local}Z`);
  if (Number.isNaN(shown)) return shown;
  const near = shown - ahead(shown, zone);
  return shown - ahead(near, zone);
}

/** What the operation's clock shows at a moment, as the address writes it: `2031-05-01T10:15`. */
export const clockAt = (moment: number, zone: string): string => new Date(moment + ahead(moment, zone)).toISOString().slice(0, 16);

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

function end(text: string, zone: string): Span | undefined {
  if (isDay(text)) {
    const start = momentAt(text, zone);
    return Number.isNaN(start) ? undefined : { from: start, to: momentAt(new Date(Date.parse(`${text}T00:00Z`) + day).toISOString().slice(0, 10), zone), hourStated: false };
  }
  const moment = /[Z+-]\d{0,2}:?\d{0,2}$/.test(text.slice(16)) ? Date.parse(text) : momentAt(text.slice(0, 16), zone);
  return Number.isNaN(moment) ? undefined : { from: moment, to: moment, hourStated: true };
}

/** Reads `moment`, `day` or `start/end`; what can't be read is not drawn. */
export function spanOf(text: string, zone: string): Span | undefined {
  const [first = '', second = first] = text.split('/');
  const [a, b] = [end(first, zone), end(second, zone)];
  return a && b && b.to >= a.from ? { from: a.from, to: b.to, hourStated: a.hourStated && b.hourStated } : undefined;
}

/** Puts spans into as few rows as they need, none over another; at most `rows`, then the last row is shared. */
export function rowsOf(spans: readonly { readonly from: number; readonly to: number }[], apart: number, rows: number): number[] {
  const free: number[] = [];
  const placed = new Array<number>(spans.length).fill(0);
  const order = spans.map((_, i) => i).sort((a, b) => spans[a]!.from - spans[b]!.from || a - b);
  for (const i of order) {
    const open = free.findIndex((until) => until <= spans[i]!.from);
    const row = open >= 0 ? open : Math.min(free.length, rows - 1);
    free[row] = Math.max(free[row] ?? 0, spans[i]!.to + apart);
    placed[i] = row;
  }
  return placed;
}

/** Steps of the slider: 15 minutes an arrow, 6 hours a page. Undefined: the key is not one of the slider's. */
export function stepped(key: string, at: number, first: number, last: number): number | undefined {
  const to = { ArrowLeft: at - quarter, ArrowDown: at - quarter, ArrowRight: at + quarter, ArrowUp: at + quarter, PageDown: at - 6 * hour, PageUp: at + 6 * hour, Home: first, End: last }[key];
  return to === undefined ? undefined : Math.min(last, Math.max(first, to));
}
