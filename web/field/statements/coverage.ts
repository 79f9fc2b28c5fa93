import type { Reason, Spell } from '../coverage/watch.js';
import type { Body } from '../outbox/carriage.js';
import { statement, type Surroundings } from './envelope.js';

const words: Record<Reason, string> = { dark: 'dark', shelling: 'shelling', 'view-blocked': 'view blocked', 'told-to-leave': 'told to leave, no reason given', 'not-safe': 'not safe to stay', 'not-said': '' };

/** A line was watched, or could not be seen, over the spell; a spell that still goes on is said as the moment it began. */
export const coverageOf = (spell: Spell, around: Surroundings): Body => {
  const reason = spell.reason && words[spell.reason];
  return statement({ id: spell.id, kind: 'coverage', basis: 'seen', at: spell.to === undefined ? spell.from : { from: spell.from, to: spell.to }, place: spell.line, said: { watched: spell.watched, ...(reason ? { reason } : {}) } }, around);
};
