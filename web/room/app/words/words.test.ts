import { describe, expect, it } from 'vitest';
import { Translator, type Language, type Message } from '../../../shared/i18n/i18n.ts';
import { ar } from './ar.ts';
import { en, type Word } from './en.ts';
import { fr } from './fr.ts';
import { ru } from './ru.ts';

const others = { ar, fr, ru } as const;
const forms = (m: Message): string[] => (typeof m === 'string' ? [m] : Object.values(m));
const places = (m: Message): Set<string> => new Set(forms(m).flatMap((f) => [...f.matchAll(/\{(\w+)\}/g)].map((x) => x[1]!)));

// A name is the same in every language.
const names: readonly Word[] = ['product'];

describe('the words of the room', () => {
  for (const [language, words] of Object.entries(others)) {
    it(`are all there in ${language}, with the same places for what is filled in`, () => {
      for (const word of (Object.keys(en) as Word[]).filter((w) => !names.includes(w))) {
        const message = (words as Record<string, Message>)[word];
        expect(message, word).toBeDefined();
        for (const place of places(message!)) expect(places(en[word]), `${language} ${word}`).toContain(place);
      }
    });

    it(`have in ${language} every form of number that the language asks for`, () => {
      const asked = new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((c) => !(language === 'fr' && c === 'many'));
      for (const message of Object.values(words as Record<string, Message>)) if (typeof message !== 'string') for (const form of asked) expect(Object.keys(message)).toContain(form);
    });
  }

  it('show a token that they do not know as it is, so that a newer server never empties the page', () => {
    expect(new Translator<Word>('ru', ru, en).say('state_half-begun' as Word)).toBe('half begun');
  });

  it('say the days of a period as each language counts them', () => {
    const days = (language: Language, n: number): string => new Translator<Word>(language, { en, ar, fr, ru }[language], en).say('days', { n });
    expect([days('en', 1), days('ru', 3), days('ru', 7), days('fr', 30)]).toEqual(['1 day', '3 дня', '7 дней', '30 jours']);
    expect(days('ar', 3)).toContain('أيام');
  });
});
