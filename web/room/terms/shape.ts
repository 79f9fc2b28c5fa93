// The agreement and how its terms read, as the server tells it. What stays in the room is missing elsewhere.

export interface Span {
  readonly earliest?: string;
  readonly latest?: string;
}

export interface Total {
  readonly low: number;
  readonly high: number | null;
}

export interface Clause {
  readonly text: string;
  readonly sentence: string;
  readonly verdict?: string;
  readonly ground?: string;
  readonly due?: Span;
  readonly done?: Span;
  readonly total?: Total;
  readonly against?: Total;
  readonly ids: readonly string[];
  /** The names of two totals that stand side by side. */
  readonly two_totals?: readonly [string, string] | null;
}

export interface Allegation {
  readonly author: string;
  readonly said_by: string;
  readonly id: string;
}

export interface Term {
  readonly id: string;
  readonly title: string;
  readonly version?: number;
  readonly verdict?: string;
  readonly shown?: string;
  readonly since?: string;
  readonly provisional?: boolean;
  readonly sentence: string;
  readonly deciding?: readonly string[];
  readonly ids: readonly string[];
  readonly stated_in: readonly string[];
  readonly denied_by: readonly string[];
  readonly binds: readonly string[];
  readonly asked_by?: string;
  readonly alleged?: readonly Allegation[];
  readonly findings: readonly string[];
  readonly clauses: readonly Clause[];
  readonly forbids?: boolean;
}

export interface Signatory {
  readonly name: string;
  readonly words: string;
  readonly speaks_through?: readonly string[];
}

export interface Version {
  readonly number: number;
  readonly title: string;
  readonly from: string;
  readonly until: string | null;
  readonly amends: number | null;
  readonly according_to: readonly string[];
}

export interface WordingProblem {
  readonly code: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly severity: 'error' | 'warning';
  readonly expected: string | null;
  readonly suggestion: string | null;
  readonly field: string | null;
}

export interface Agreement {
  /** Entries of the record that it was read from. */
  readonly size: number;
  readonly title: string | null;
  /** Up to when the terms are judged; for the room alone. */
  readonly read_up_to: string | null;
  readonly entered?: string | null;
  readonly problems?: readonly WordingProblem[];
  readonly parties?: readonly Signatory[];
  readonly guarantors?: readonly Signatory[];
  readonly according_to?: readonly string[];
  readonly versions?: readonly Version[];
  readonly steps?: readonly { readonly step: number; readonly terms: readonly string[]; readonly waiting: readonly string[] }[];
  readonly terms: readonly Term[];
}

export interface Change {
  readonly term: string;
  readonly before: string | null;
  readonly after: string;
  readonly forbids: boolean;
  readonly provisional: boolean;
  readonly known_at: string | null;
  readonly by: string | null;
  readonly about: string | null;
  readonly sentence: string;
}

export interface Checked {
  readonly understood: boolean;
  readonly problems: readonly WordingProblem[];
  readonly head: readonly string[];
  readonly terms: readonly { readonly number: string; readonly title: string; readonly about: readonly string[]; readonly asks: readonly string[] }[];
  readonly formatted: string | null;
}

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly kind: string;
  readonly required: boolean;
  readonly choices: readonly string[];
}

export interface FormOfTerms {
  readonly templates: readonly { readonly name: string; readonly label: string; readonly fields: readonly FormField[] }[];
  readonly term_fields: readonly FormField[];
  readonly signatories: readonly string[];
  readonly places: readonly string[];
}

export interface Filled {
  readonly text: string | null;
  readonly number: string | null;
  readonly problems: readonly WordingProblem[];
}
