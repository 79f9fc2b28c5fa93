import type { Passing } from '../handover/passing.js';
import type { Body } from '../outbox/carriage.js';
import { peopleOn } from '../tally/bus.js';
import { batchOf } from './vehicle.js';
import { statement, type Surroundings } from './envelope.js';

const saidOf = (passing: Passing): object => {
  const open = passing.buses.map((bus) => `${batchOf(bus)}: ${peopleOn(bus)}`).join('; ');
  return { line: passing.line, ...(open ? { open } : {}), ...(passing.alarms ? { alarms: passing.alarms } : {}), ...(passing.note ? { note: passing.note } : {}) };
};

/** The line was given to the next device. */
export const handoverOf = (passing: Passing, at: number, around: Surroundings): Body => statement({ id: passing.statement, kind: 'handover', basis: 'seen', at, place: passing.line, said: saidOf(passing) }, around);

/** The line was taken: a statement of the taker's that confirms the giver's. */
export const takeoverOf = (id: string, passing: Passing, at: number, around: Surroundings): Body =>
  statement({ id, kind: 'handover', basis: 'seen', at, place: passing.line, said: saidOf(passing), links: [{ relation: 'confirms', to: passing.statement }] }, around);
