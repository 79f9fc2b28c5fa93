// Times as the record writes them: on the operation's clock, with the offset of that day.

const parts = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US-u-nu-latn', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const wallOf = (at: number, zone: string): Wall => Object.fromEntries(parts(zone).formatToParts(at).flatMap((part) => (part.type === 'literal' ? [] : [[part.type, Number(part.value)]]))) as unknown as Wall;

/** Minutes east of Greenwich at that moment. */
export function offsetMinutes(at: number, zone: string): number {
  const wall = wallOf(at, zone);
  const seconds = Math.floor(at / 1000);
  return Math.round((Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second) / 1000 - seconds) / 60);
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `2031-05-02T14:25:00+03:00`: to the second, since nobody taps more finely than that. */
export function moment(at: number, zone: string): string {
  const wall = wallOf(at, zone);
  const offset = offsetMinutes(at, zone);
  const away = Math.abs(offset);
  return `${String(wall.year).padStart(4, '0')}-${two(wall.month)}-${two(wall.day)}T${two(wall.hour)}:${two(wall.minute)}:${two(wall.second)}${offset < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`;
}

/** The start of the day that a moment lies in, on the operation's clock. A day whose clock is put forward at midnight starts at its first hour. */
export function startOfDay(at: number, zone: string): number {
  const wall = wallOf(at, zone);
  const midnight = Date.UTC(wall.year, wall.month - 1, wall.day);
  const guess = midnight - offsetMinutes(at, zone) * 60_000;
  return midnight - offsetMinutes(guess, zone) * 60_000;
}
