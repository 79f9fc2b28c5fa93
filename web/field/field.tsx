// What every screen has: words, the line, the open work and the ways to change, say and leave.
import { createContext, useContext } from 'react';
import type { Translator } from '../shared/i18n/i18n.js';
import type { Settings } from './keeping/settings.js';
import type { Shelf } from './keeping/shelf.js';
import type { Work } from './keeping/work.js';
import type { Attachment, Body, Carriage, Line, Load, Operation } from './outbox/carriage.js';
import type { Word } from './words/en.js';

export const screens = ['menu', 'lines', 'tally', 'convoys', 'incident', 'obstruction', 'coverage', 'checkpoint', 'wishes', 'photo', 'handover', 'outbox', 'sheet', 'settings'] as const;
export type Screen = (typeof screens)[number];

export interface Field {
  t: Translator<Word>;
  say: Translator<Word>['say'];
  operation: Operation;
  carriage: Carriage;
  shelf: Shelf;
  /** The key of the code: for what is too large for the open work, such as a photo not yet saved. */
  key: CryptoKey;
  line: Line | undefined;
  labelOf: (line: Line) => string;
  work: Work;
  /** Changes the open work; answers when the change is on the disk. */
  change: (step: (work: Work) => Work) => Promise<void>;
  /** Records statements in their order and makes the change with the first; throws where that could not be recorded, and then nothing is changed. */
  record: (bodies: Body | readonly Body[], attachments: readonly Attachment[], step: (work: Work) => Work) => Promise<void>;
  load: Load;
  refreshLoad: () => Promise<void>;
  /** Delivers what is left, now; throws where that could not be. */
  deliver: () => Promise<void>;
  online: boolean;
  settings: Settings;
  changeSettings: (change: Partial<Settings>) => Promise<void>;
  go: (screen: Screen) => void;
  lock: () => void;
  /** The corner was pressed: once opens the menu, twice hides everything. */
  corner: () => void;
  /** Says something once, on the screen and to a screen reader. */
  tell: (text: string) => void;
  now: () => number;
}

export const FieldContext = createContext<Field | undefined>(undefined);

export function useField(): Field {
  const field = useContext(FieldContext);
  if (!field) throw new Error('A screen stands inside the opened app.');
  return field;
}

/** A form's half-filled state: kept with the open work, so that it survives a lock and a power cut; forgotten when it is saved. */
export function useDraft<T>(name: string, empty: T): [T, (change: Partial<T>) => void] {
  const { work, change } = useField();
  const draft = { ...empty, ...(work.drafts[name] as Partial<T> | undefined) };
  return [draft, (part) => void change((now) => ({ ...now, drafts: { ...now.drafts, [name]: { ...empty, ...(now.drafts[name] as Partial<T> | undefined), ...part } } }))];
}

export const withoutDraft = (name: string) => (work: Work): Work => ({ ...work, drafts: Object.fromEntries(Object.entries(work.drafts).filter(([each]) => each !== name)) });
