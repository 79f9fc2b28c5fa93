// The coverage clock: spells of one line, watched or not, as this device knows them. Silence between spells is a gap, never a watch.

export const reasons = ['dark', 'shelling', 'view-blocked', 'told-to-leave', 'not-safe', 'not-said'] as const;
export type Reason = (typeof reasons)[number];

/** A time over which a line was watched, or over which somebody said that it could not be seen. Milliseconds since 1970; without an end it goes on. */
export interface Spell {
  /** Its statement's id, made at its start. */
  id: string;
  line: string;
  watched: boolean;
  reason?: Reason;
  from: number;
  to?: number;
}

export interface Stretch {
  kind: 'watched' | 'gap' | 'to-come';
  from: number;
  to: number;
  reason?: Reason;
}

export const runningSpell = (spells: readonly Spell[], line: string): Spell | undefined => spells.findLast((spell) => spell.line === line && spell.to === undefined);

/** Ends the running spell of the line at that moment; a spell never ends before it began, even where the phone's clock was set back. */
export const endSpell = (spells: readonly Spell[], line: string, at: number): Spell[] => spells.map((spell) => (spell.line === line && spell.to === undefined ? { ...spell, to: Math.max(at, spell.from) } : spell));

/** The day as stretches without holes and without overlaps: what no spell covers is a gap until now, and to come from now on. */
export function stretchesOf(spells: readonly Spell[], line: string, from: number, to: number, now: number): Stretch[] {
  const known = Math.min(Math.max(now, from), to);
  const stretches: Stretch[] = [];
  let at = from;
  for (const spell of spells.filter((each) => each.line === line).sort((a, b) => a.from - b.from)) {
    const start = Math.max(spell.from, at);
    const end = Math.min(spell.to ?? known, known);
    if (end <= start) continue;
    if (start > at) stretches.push({ kind: 'gap', from: at, to: start });
    stretches.push({ kind: spell.watched ? 'watched' : 'gap', from: start, to: end, ...(spell.reason ? { reason: spell.reason } : {}) });
    at = end;
  }
  if (at < known) stretches.push({ kind: 'gap', from: at, to: known });
  if (known < to) stretches.push({ kind: 'to-come', from: known, to });
  return stretches;
}
