import type { Step } from '../keeping/work.js';
import type { Body } from '../outbox/carriage.js';
import { exactly, statement, type Surroundings } from './envelope.js';

export const vehicleCounts = ['buses', 'ambulances', 'trucks', 'private'] as const;
export type VehicleCount = (typeof vehicleCounts)[number];

/** One step of a convoy, with its vehicles where somebody counted them: an empty field is no zero. */
export const movementOf = (step: { id: string; step: Step; convoy: string; at: number; place: string | undefined; counts: Partial<Record<VehicleCount, number>> }, around: Surroundings): Body => {
  const vehicles = vehicleCounts.flatMap((of) => (step.counts[of] === undefined ? [] : [{ unit: 'vehicles', of, bound: exactly(step.counts[of]) }]));
  return statement({ id: step.id, kind: 'movement', basis: 'seen', at: step.at, place: step.place, said: { step: step.step, convoy: step.convoy, ...(vehicles.length > 0 ? { vehicles } : {}) } }, around);
};
