// What an officer has decided of the claims of one text. Nothing here is kept anywhere but on the page, and nothing is recorded before it is sent.
import type { Draft, Edit, Handed, Named, Pair, Proposal, Reading } from './shape.ts';

/** One claim that stands: as proposed, edited, a part of a proposal that was split, or marked by the officer. */
export interface Standing {
  readonly edit: Edit;
  readonly draft: Draft | null;
}

export type Decision =
  | { readonly act: 'confirmed' }
  | { readonly act: 'edited'; readonly as: Standing }
  | { readonly act: 'split'; readonly parts: readonly Standing[] }
  | { readonly act: 'rejected' };

export interface Deciding {
  readonly of: Readonly<Record<number, Decision>>;
  /** Marked by the officer; no rule proposed them. */
  readonly added: readonly Standing[];
  /** What stood before each act, newest last. */
  readonly before: readonly { readonly n: number | null; readonly of: Readonly<Record<number, Decision>>; readonly added: readonly Standing[] }[];
}

export const nothing: Deciding = { of: {}, added: [], before: [] };

const kept = (d: Deciding, n: number | null): Deciding['before'] => [...d.before, { n, of: d.of, added: d.added }];

export const decided = (d: Deciding, n: number, decision: Decision): Deciding => ({ of: { ...d.of, [n]: decision }, added: d.added, before: kept(d, n) });

export const added = (d: Deciding, standing: Standing): Deciding => ({ of: d.of, added: [...d.added, standing], before: kept(d, null) });

export const dropped = (d: Deciding, at: number): Deciding => ({ of: d.of, added: d.added.filter((_, i) => i !== at), before: kept(d, null) });

/** Takes back the last act; the number is of the claim it was done to. */
export function undone(d: Deciding): { deciding: Deciding; n: number | null } | undefined {
  const last = d.before.at(-1);
  return last && { deciding: { of: last.of, added: last.added, before: d.before.slice(0, -1) }, n: last.n };
}

/** Claims that will be recorded, claims rejected, claims still open. */
export function counts(d: Deciding, reading: Reading): { confirmed: number; rejected: number; open: number } {
  const all = Object.values(d.of);
  return {
    confirmed: all.reduce((sum, one) => sum + (one.act === 'rejected' ? 0 : one.act === 'split' ? one.parts.length : 1), d.added.length),
    rejected: all.filter((one) => one.act === 'rejected').length,
    open: reading.proposals.length - all.length,
  };
}

/** Where a claim stands in the text now. */
export const spansOf = (p: Proposal, decision: Decision | undefined): readonly Pair[] =>
  decision?.act === 'edited' ? [decision.as.edit.span ?? p.span] : decision?.act === 'split' ? decision.parts.map((part) => part.edit.span ?? p.span) : [p.span];

/** The next claim that is still open, from one on and around the end; the claim itself where none is. */
export function nextOpen(reading: Reading, d: Deciding, from: number): number {
  const { proposals } = reading;
  const at = proposals.findIndex((p) => p.n === from);
  for (let step = 1; step <= proposals.length; step++) {
    const p = proposals[(at + step) % proposals.length]!;
    if (!d.of[p.n]) return p.n;
  }
  return from;
}

/** Whom a name stands for: `known:ID`, `new:KIND`, or empty where nobody has said. */
export type Choices = Readonly<Record<string, string>>;

export const firstChoice = (named: Named): string => (named.same ? `known:${named.same.id}` : named.candidates.length === 0 && named.likely_kind ? `new:${named.likely_kind}` : '');

const asRequest = (name: string, choice: string): { name: string; id?: string; kind?: string } =>
  choice.startsWith('known:') ? { name, id: choice.slice(6) } : choice.startsWith('new:') ? { name, kind: choice.slice(4) } : { name };

/** The names that stand claims use and that nobody has settled yet. */
export function unsettled(reading: Reading, d: Deciding, choices: Choices, publisher: string): string[] {
  const names = new Set([publisher]);
  const speakers = (source: string | null | undefined, via: readonly string[]): void => {
    if (source) names.add(source);
    for (const name of via) names.add(name);
  };
  for (const p of reading.proposals) {
    const decision = d.of[p.n];
    if (!decision || decision.act === 'rejected') continue;
    const own = (edit: Edit | undefined): void => (edit?.speakers ? speakers(edit.speakers.said_by, edit.speakers.via) : speakers(p.source?.name, p.via.map((v) => v.name)));
    if (decision.act === 'split') for (const part of decision.parts) own(part.edit);
    else own(decision.act === 'edited' ? decision.as.edit : undefined);
  }
  for (const one of d.added) speakers(one.edit.speakers?.said_by, one.edit.speakers?.via ?? []);
  return [...names].filter((name) => name && !choices[name]);
}

/** A place that may be several is chosen by a person before the claim can stand. */
export const placesOpen = (p: Proposal, edit: Edit | undefined): boolean => !edit?.places && p.places.some((place) => place.candidates.length > 1);

export interface ClaimSent {
  readonly proposal?: number;
  readonly split?: boolean;
  readonly edit?: Edit;
}

export function claimsOf(reading: Reading, d: Deciding): ClaimSent[] {
  const claims: ClaimSent[] = [];
  for (const p of reading.proposals) {
    const decision = d.of[p.n];
    if (decision?.act === 'confirmed') claims.push({ proposal: p.n });
    if (decision?.act === 'edited') claims.push({ proposal: p.n, edit: decision.as.edit });
    if (decision?.act === 'split') for (const part of decision.parts) claims.push({ proposal: p.n, split: true, edit: part.edit });
  }
  for (const one of d.added) claims.push({ edit: one.edit });
  return claims;
}

/** The whole review as it is sent. */
export const request = (handed: Handed, reading: Reading, d: Deciding, choices: Choices, claims = claimsOf(reading, d)): object => ({
  text: handed.text,
  published: handed.published,
  language: handed.language || reading.language,
  lexicon: reading.lexicon,
  title: handed.title || undefined,
  handling: handed.handling,
  publisher: asRequest(handed.publisher, choices[handed.publisher] ?? ''),
  sources: Object.entries(choices)
    .filter(([name, choice]) => choice && name !== handed.publisher)
    .map(([name, choice]) => asRequest(name, choice)),
  claims,
  rejected: reading.proposals.filter((p) => d.of[p.n]?.act === 'rejected').map((p) => p.n),
});
