import type { Catalogue, Language } from '../../shared/i18n/i18n.js';
import { ar } from './ar.js';
import { en, type Word } from './en.js';
import { fr } from './fr.js';
import { ru } from './ru.js';

export { en, type Word };
export const catalogues: Record<Language, Catalogue<Word>> = { en, ar, fr, ru };
