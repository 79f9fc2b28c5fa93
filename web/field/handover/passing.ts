// A line on its way from one device to the next: what is open there, and nothing that was closed.
import type { Spell } from '../coverage/watch.js';
import type { Work } from '../keeping/work.js';
import { type Bus, type Key, type Tap, vehicleKinds, people, within, below } from '../tally/bus.js';

export interface Passing {
  /** The operation's id, so that a line never changes hands between operations. */
  operation: string;
  line: string;
  /** The giver's statement that the line is handed over; the taker's statement confirms it. */
  statement: string;
  note: string;
  alarms: string;
  buses: Bus[];
  /** Since when the giver watched, in milliseconds since 1970; absent where nobody did. */
  watchedSince?: number;
}

const keys: readonly Key[] = [...people, ...within, ...below];

export const passingOf = (work: Work, operation: string, line: string, statement: string, note: string, alarms: string): Passing => {
  const watch = work.spells.findLast((spell: Spell) => spell.line === line && spell.to === undefined && spell.watched);
  return { operation, line, statement, note, alarms, buses: work.buses.filter((bus) => bus.line === line && (bus.taps.length > 0 || bus.vehicle !== '')), ...(watch ? { watchedSince: watch.from } : {}) };
};

/** Taps shrink to a letter and the seconds since the one before. */
const writeTaps = (taps: readonly Tap[]): string => taps.map((tap, n) => `${'abcdefgh'[keys.indexOf(tap.key)]}${n === 0 ? tap.at : Math.round((tap.at - taps[n - 1]!.at) / 1000) || ''}`).join('');

function readTaps(text: string): Tap[] {
  let at = 0;
  return [...text.matchAll(/([a-h])(-?\d*)/g)].map((match, n) => {
    at = n === 0 ? Number(match[2]) : at + Number(match[2]) * 1000;
    return { key: keys['abcdefgh'.indexOf(match[1]!)]!, at };
  });
}

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
const through = async (bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());

export const packed = async (passing: Passing): Promise<string> =>
  toBase64(await through(new TextEncoder().encode(JSON.stringify({ ...passing, buses: passing.buses.map((bus) => ({ ...bus, taps: writeTaps(bus.taps) })) })), new CompressionStream('deflate-raw')));

const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length <= most;

function busFrom(value: Record<string, unknown>, line: string): Bus | undefined {
  const { id, vehicle, trip, convoy, taps, kind } = value;
  if (!isText(id, 64) || !/^F-[0-9a-hjkmnp-tv-z]{12}$/.test(id) || !isText(vehicle, 8) || !isText(convoy, 2000) || !isText(taps, 20_000) || !vehicleKinds.includes(kind as never)) return undefined;
  return { id, line, kind: kind as Bus['kind'], vehicle, trip: typeof trip === 'number' ? trip : Number.NaN, convoy, taps: readTaps(taps), ...(value['nobodyBoarded'] === true ? { nobodyBoarded: true } : {}), ...(['weapon', 'declared', 'own-word'].includes(value['fighterBasis'] as string) ? { fighterBasis: value['fighterBasis'] as NonNullable<Bus['fighterBasis']> } : {}) };
}

/** What another device handed over, or nothing where the text is not that: it comes from outside, so every field is looked at. */
export async function unpacked(text: string): Promise<Passing | undefined> {
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await through(fromBase64(text.trim()), new DecompressionStream('deflate-raw')))) as Record<string, unknown>;
    const { operation, line, statement, note, alarms, buses, watchedSince } = value;
    if (!isText(operation, 64) || !isText(line, 200) || !isText(statement, 64) || !isText(note, 2000) || !isText(alarms, 2000) || !Array.isArray(buses) || buses.length > 50) return undefined;
    const read = buses.map((bus: Record<string, unknown>) => busFrom(bus, line));
    if (read.some((bus) => bus === undefined)) return undefined;
    return { operation, line, statement, note, alarms, buses: read as Bus[], ...(typeof watchedSince === 'number' ? { watchedSince } : {}) };
  } catch {
    return undefined;
  }
}
