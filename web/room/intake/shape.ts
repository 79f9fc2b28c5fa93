// A reading of a text and its review, as the server sends them (formats/proposals.md).
import type { Source } from '../app/api.ts';

export type Pair = readonly [number, number];

export interface Speaker {
  readonly name: string;
  readonly words: Pair | null;
}

export interface Beside {
  readonly id: string;
  readonly likeness: 'recorded' | 'repeats' | 'also-said-by' | 'contradicts';
  readonly why: string;
  readonly wording: string;
}

export interface Draft {
  readonly claim: number;
  readonly id: string;
  readonly kind: string;
  readonly wording: string;
  readonly said_by: string;
  readonly about: string;
  readonly about_words: string | null;
  readonly beside: readonly Beside[];
}

export interface Proposal {
  readonly n: number;
  readonly span: Pair;
  readonly quote: string;
  readonly kind: string;
  readonly modality: string;
  readonly band: 'clear' | 'likely' | 'check';
  readonly source: Speaker | null;
  readonly via: readonly Speaker[];
  readonly count: { readonly all: boolean; readonly further: boolean; readonly said: string; readonly words: Pair; readonly in_words: string | null; readonly counted: { readonly unit: string; readonly of?: unknown } } | null;
  readonly category: string | null;
  readonly harm: string | null;
  readonly places: readonly { readonly name: string; readonly role: 'at' | 'from' | 'to' | 'via'; readonly words: Pair | null; readonly candidates: readonly string[] }[];
  readonly when: { readonly time: string; readonly time_words: string | null; readonly of_saying: boolean; readonly words: Pair | null } | null;
  readonly loaded: readonly Pair[];
  readonly trace: readonly { readonly slot: string; readonly value: string; readonly rule: string; readonly said: string | null; readonly words: Pair | null }[];
  readonly ties: readonly { readonly bearing: string; readonly to: number; readonly rule: string }[];
  readonly draft: Draft | null;
  /** Why it can't stand yet as it is. */
  readonly problem: string | null;
}

export interface Named {
  readonly name: string;
  readonly same: Source | null;
  readonly candidates: readonly Source[];
  readonly likely_kind: string | null;
}

export interface Reading {
  readonly lexicon: string;
  readonly language: string;
  readonly sha256: string;
  readonly characters: number;
  readonly proposals: readonly Proposal[];
  readonly set_aside: readonly Pair[];
  readonly not_read: readonly string[];
  readonly problems: readonly { readonly code: string; readonly message: string; readonly place: string }[];
  readonly names: readonly Named[];
  readonly known_sources: readonly Source[];
}

/** What an officer says otherwise than it was proposed; what is left out stays. */
export interface Edit {
  readonly span?: Pair;
  readonly kind?: string;
  readonly modality?: string;
  readonly count?: { readonly how_many?: string; readonly of?: string; readonly all?: boolean; readonly none?: boolean };
  readonly category?: string;
  readonly measure?: string;
  readonly running_total?: boolean;
  readonly places?: { readonly from: string; readonly to: string; readonly via: string };
  readonly about?: string;
  readonly speakers?: { readonly said_by: string; readonly via: readonly string[] };
  readonly paraphrase?: string;
}

export interface Reviewed {
  readonly sha256: string;
  readonly drafts: readonly Draft[];
  readonly ids: readonly string[];
  readonly recorded: number;
  readonly already_there: number;
}

export interface KeptText {
  readonly sha256: string;
  readonly text: string;
  readonly language: string;
  readonly citation: string;
  readonly reviews: readonly { readonly published: string; readonly publisher: string; readonly lexicon: string; readonly claims: readonly { readonly proposal: number | null; readonly start: number; readonly end: number; readonly kind: string; readonly act: string; readonly statement: string | null }[] }[];
}

/** What is read, as it was handed in; it is kept nowhere but on the page. */
export interface Handed {
  readonly text: string;
  readonly published: string;
  readonly language: string;
  readonly publisher: string;
  readonly title: string;
  readonly handling: string;
}

/** The kinds of claims and how words stand, in the order in which they are offered. */
export const claimKinds = ['movement', 'headcount-remaining', 'casualty', 'control', 'incident', 'obstruction', 'agreement', 'negotiation', 'resolution', 'suspension', 'resumption', 'aid', 'statement'] as const;
export const modalities = ['asserted', 'denied', 'planned', 'promised', 'demanded', 'conditional'] as const;
