// The examples of formats/field-statements.md are what the screens say, field by field.
import { expect, test } from 'vitest';
import page from '../../../formats/field-statements.md?raw';
import { openBus, tap, type Bus } from '../tally/bus.js';
import { coverageOf } from './coverage.js';
import { handoverOf, takeoverOf } from './handover.js';
import { incidentOf } from './incident.js';
import { movementOf } from './movement.js';
import { obstructionOf } from './obstruction.js';
import { photoOf } from './photo.js';
import { screeningOf } from './screening.js';
import { crewOf, headcountOf } from './vehicle.js';
import { voluntarinessOf } from './voluntariness.js';

const at = (clock: string): number => Date.parse(`2031-05-02T${clock}:00+03:00`);
const around = { operation: { timeZone: 'Asia/Damascus' }, t: { language: 'en' }, now: () => at('14:30') };
const taps: [Parameters<typeof tap>[1], number][] = [['women', 6], ['men', 3], ['girls', 4], ['wounded', 1], ['crew', 2]];
const bus: Bus = { ...taps.reduce((b, [key, times]) => Array.from({ length: times }).reduce<Bus>((c) => tap(c, key, at('14:10')), b), openBus('F-0123456789ab', 'river-bridge')), vehicle: '4417', convoy: 'second convoy' };
const photo = { sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', media: 'image/jpeg' };
const passing = { statement: 'F-aaaaaaaaaaaa', line: 'river-bridge', buses: [bus], alarms: '', note: 'two more buses are waiting' } as unknown as Parameters<typeof handoverOf>[0];

const said: Record<string, object | undefined> = {
  Tally: headcountOf(bus, at('14:26'), around),
  'Tally, the crew': crewOf(bus, 'F-0123456789ac', at('14:26'), around),
  Convoys: movementOf({ id: 'F-bbbbbbbbbbbb', step: 'departed', convoy: 'second convoy', at: at('14:28'), place: 'river-bridge', counts: { buses: 3, ambulances: 1 } }, around),
  Incident: incidentOf({ id: 'F-cccccccccccc', type: 'shooting', basis: 'heard', at: at('14:20'), place: 'river-bridge', hurt: 'none', words: 'two bursts from the east', photos: [photo] }, around),
  Obstruction: obstructionOf({ id: 'F-dddddddddddd', what: 'boarding', how: 'delayed', basis: 'seen', at: at('14:15'), place: 'river-bridge', affected: 40, reason: 'papers', words: '' }, around),
  Watch: coverageOf({ id: 'F-eeeeeeeeeeee', line: 'river-bridge', from: at('08:00'), to: at('14:00'), watched: true } as Parameters<typeof coverageOf>[0], around),
  Checkpoint: screeningOf({ id: 'F-ffffffffffff', at: at('14:22'), place: 'north-gate', counts: { stopped: 7, 'still-held': 2 }, toldBy: 'a driver', slip: '12', convoy: 'second convoy', words: '' }, around),
  'Wishes and destination': voluntarinessOf({ id: 'F-gggggggggggg', at: at('13:00'), place: 'river-bridge', asked: true, counts: { 'wished-to-stay': 4 }, destinations: [{ asked: 'the coast', given: 'north camp', people: 9 }], words: '' }, around),
  Photo: photoOf({ id: 'F-hhhhhhhhhhhh', at: at('14:05'), place: 'river-bridge', photos: [photo], words: 'the gate' }, around),
  'Handing over': handoverOf(passing, at('14:29'), around),
  'Taking over': takeoverOf('F-iiiiiiiiiiii', passing, at('14:30'), around),
};

const examples = Object.fromEntries([...page.matchAll(/^## (.+)\n[\s\S]*?```json\n([\s\S]*?)```/gm)].map(([, heading, json]) => [heading!, JSON.parse(json!)]));

test('the page has every screen and no other', () => expect(Object.keys(examples)).toEqual(Object.keys(said)));

for (const [screen, body] of Object.entries(said)) test(`${screen} says what the page shows`, () => expect(examples[screen]).toEqual(JSON.parse(JSON.stringify(body))));
