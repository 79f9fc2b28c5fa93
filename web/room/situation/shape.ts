// The document of `assess --json` (formats/assess-json.md), as far as the room draws it.
import type { Term } from '../terms/shape.ts';

export interface Part {
  readonly id: string;
  readonly category: string;
  readonly words: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly approximate?: string;
}

export interface Claim {
  readonly id: string;
  readonly words: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly more_than?: boolean;
  readonly fewer_than?: boolean;
  readonly approximate?: string;
  readonly of?: string;
  readonly including?: readonly Part[];
}

export interface PerSource {
  readonly source: string;
  readonly source_id: string;
  readonly source_kind: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly ids: readonly string[];
  readonly claims?: readonly Claim[];
  readonly earlier?: readonly Claim[];
}

export interface ProofLine {
  readonly times?: number;
  readonly id?: string;
  readonly rule?: string;
  readonly says: string;
  readonly amount: number;
}

export interface Figure {
  readonly id: string;
  readonly what: string;
  readonly quantity: { readonly measure: string; readonly unit: string; readonly category?: string; readonly from?: string; readonly cut: string; readonly time: string; readonly batch?: string };
  readonly low: number | null;
  readonly high: number | null;
  readonly per_source: readonly PerSource[];
  readonly consensus: { readonly low: number | null; readonly high: number | null; readonly exact?: boolean; readonly proof: { readonly low: readonly ProofLine[]; readonly high: readonly ProofLine[] } } | null;
  readonly without?: readonly { readonly source: string; readonly low: number | null; readonly high: number | null }[];
  readonly dispute: string | null;
  readonly approximate: boolean;
  readonly derived: boolean;
}

export interface Dispute {
  readonly id: string;
  readonly kind: string;
  readonly sides: readonly (readonly string[])[];
  readonly why: string;
  readonly explained_by?: string;
}

export interface SaidState {
  readonly source: string;
  readonly source_id: string;
  readonly source_kind: string;
  readonly ids: readonly string[];
  readonly when: string;
  readonly still_stands: boolean;
}

export interface StatusOf {
  readonly subject: string;
  readonly what: string;
  readonly states: readonly { readonly state: string; readonly since: string; readonly said_by: readonly SaidState[]; readonly denied_by: readonly SaidState[] }[];
}

export interface CountOf {
  readonly id: string;
  readonly source: string;
  readonly measure: string;
  readonly unit: string;
  readonly category?: string;
  readonly words: string;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Sighting {
  readonly step: string;
  readonly place: string | null;
  readonly when: string;
}

export interface Movement {
  readonly convoy: string;
  readonly what: string;
  readonly legs: readonly { readonly step: string; readonly place?: string; readonly times: readonly { readonly id: string; readonly source: string; readonly when: string }[]; readonly counts: readonly CountOf[] }[];
  readonly sessions: readonly { readonly step: string; readonly line: string; readonly measure: string; readonly unit: string; readonly category?: string; readonly counts: readonly CountOf[]; readonly difference: number | null; readonly agreed: unknown }[];
  readonly unaccounted: { readonly low: number; readonly high: number | null; readonly alarm: string; readonly terms: readonly { readonly term: string; readonly ids: readonly string[] }[]; readonly last_seen: Sighting | null; readonly first_missing: Sighting | null } | null;
}

export interface Situation {
  readonly as_of: string | null;
  readonly lens: string;
  readonly statements: number;
  readonly size: number;
  readonly figures: readonly Figure[];
  readonly disputes: readonly Dispute[];
  readonly tensions: readonly Dispute[];
  readonly same_origin: readonly (readonly string[])[];
  readonly status: readonly StatusOf[];
  readonly movements: readonly Movement[];
  /** How the terms of the agreement read; not told outside the room. */
  readonly terms?: readonly Term[];
  readonly unknown: readonly { readonly question: string; readonly ids: readonly string[] }[];
}
