// A closed vehicle as one line to be read aloud: what is said on the radio while the phone has no network.
import { moment } from '../clock/moment.js';
import type { Operation } from '../outbox/carriage.js';
import { type Bus, countOf, peopleOn } from './bus.js';

/** The remainder that makes the whole 1 modulo 97 (ISO/IEC 7064, MOD 97-10), letters standing for 10 to 35: catches one wrong character and two swapped. */
export function checkDigits(text: string): string {
  let remainder = 0;
  for (const character of text.replace(/[^A-Z\d]/g, '')) remainder = [...String(Number.parseInt(character, 36))].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, remainder);
  return String(98 - ((remainder * 100) % 97)).padStart(2, '0');
}

const nouns = { bus: 'BUS', ambulance: 'AMB', truck: 'TRK', private: 'CAR' } as const;

/** `at`: when the vehicle was closed, in milliseconds since 1970. */
export function spokenLine(bus: Bus, at: number, operation: Pick<Operation, 'lines' | 'timeZone'>): string {
  const line = operation.lines.findIndex((each) => each.id === bus.line) + 1;
  const n = (key: Parameters<typeof countOf>[1]): number => countOf(bus, key);
  const text = `SC1 LINE${line} ${nouns[bus.kind]} ${bus.vehicle} T${bus.trip} W${n('women')} M${n('men')} G${n('girls')} B${n('boys')} U${n('unknown')} =${peopleOn(bus)} WD${n('wounded')} C${n('crew')} ${moment(at, operation.timeZone).slice(11, 16)}`;
  return `${text} K${checkDigits(text)}`;
}
