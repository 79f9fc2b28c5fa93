// The desk's answers, as the server gives them.
export type EditionName = 'room' | 'parties' | 'public';
export const editions: readonly EditionName[] = ['room', 'parties', 'public'];
export const editionWord = { room: 'forRoom', parties: 'forParties', public: 'forPublic' } as const;

export interface Erratum {
  readonly text: string;
  readonly language: string;
  readonly at: string;
  readonly statement: string | null;
  readonly reports: readonly string[];
}

export interface Report {
  readonly reference: string;
  readonly title: string;
  readonly cut_off: string;
  readonly published_at: string;
  readonly corrects: string | null;
  readonly flash: boolean;
  readonly index: number;
  readonly editions: readonly { readonly edition: EditionName; readonly sha256: string; readonly length: number }[];
  readonly errata: readonly Erratum[];
  readonly sign_off: { readonly composed_by: string; readonly checked_by: string; readonly cleared_by: string; readonly distribution: readonly string[]; readonly released_early: readonly string[] } | null;
}

export interface Draft {
  readonly id: string;
  readonly title: string;
  readonly reference: string;
  readonly cut_off: string;
  readonly period_start: string | null;
  readonly remark: string | null;
  readonly corrects: string | null;
  readonly flash: boolean;
  readonly distribution: readonly string[];
  readonly released_early: readonly string[];
  readonly held_back: readonly string[];
  readonly state: 'draft' | 'checked' | 'cleared';
  readonly composed_by: string;
  readonly checked_by: string | null;
  readonly cleared_by: string | null;
  readonly mine: boolean;
  readonly languages: readonly string[];
  readonly editions: readonly { readonly edition: EditionName; readonly sha256: string; readonly length: number; readonly withheld: number; readonly held_back: number }[];
}

export interface Finding {
  readonly id: string;
  readonly text: string;
  readonly language: string;
  readonly about: readonly string[];
  readonly to: { readonly id: string; readonly name: string };
  readonly reply_by: string;
  readonly put_at: string;
  readonly handling: EditionName;
  readonly state: 'open' | 'replied' | 'overdue' | 'adopted';
  readonly adopted_by: string | null;
  readonly replies: readonly { readonly id: string; readonly text: string; readonly language: string; readonly at: string }[];
}

/** Forms that an edition can be had in beside the HTML that was published. */
export const forms = ['pdf', 'docx', 'md'] as const;
export const formWord = { pdf: 'asPdf', docx: 'asDocx', md: 'asMarkdown' } as const;

/** Languages that a summary can be had in, each by its own name. */
export const summaryLanguages = { ar: 'العربية', fr: 'Français', ru: 'Русский' } as const;

/** What a signer says was read: the hash of each edition. */
export const hashesOf = (made: Pick<Draft, 'editions'>): Record<string, string> => Object.fromEntries(made.editions.map((e) => [e.edition, e.sha256]));
