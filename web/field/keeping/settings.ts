// What the holder of this phone, or the operation, chose for it. Nothing here names a person, a place or a count.
import { type Language, languages } from '../../shared/i18n/i18n.js';

export const icons = ['lines', 'ring', 'square'] as const;
export type Icon = (typeof icons)[number];

export interface Settings {
  language: Language;
  latinDigits: boolean;
  theme: 'phone' | 'day' | 'night';
  codedLabels: boolean;
  /** Off until somebody switches it on. */
  camera: boolean;
  lockAfterMinutes: 1 | 3 | 10;
  appName: string;
  icon: Icon;
}

const spoken = (tags: readonly string[]): Language => tags.map((tag) => tag.slice(0, 2).toLowerCase() as Language).find((tag) => languages.includes(tag)) ?? 'en';

/** Where nothing was chosen: the phone's own language, and the name of any notebook. */
export const firstSettings = (tags: readonly string[]): Settings => ({ language: spoken(tags), latinDigits: false, theme: 'phone', codedLabels: false, camera: false, lockAfterMinutes: 3, appName: 'Notes', icon: 'lines' });
