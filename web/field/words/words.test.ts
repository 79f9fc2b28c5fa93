import { expect, test } from 'vitest';
import { languages, type Message, Translator } from '../../shared/i18n/i18n.js';
import { catalogues, en, type Word } from './words.js';

const formsOf = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message));
const placesOf = (message: Message): string[] => [...new Set(formsOf(message).flatMap((form) => [...form.matchAll(/\{\w+\}/g)].map((match) => match[0])))].sort();

for (const language of languages) {
  const words = catalogues[language];

  test(`${language} has every word and no other`, () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(en).sort());
  });

  test(`${language} has the same places for values as English`, () => {
    for (const word of Object.keys(en) as Word[]) {
      const missing = placesOf(en[word]).filter((place) => place !== '{n}' && !placesOf(words[word]).includes(place));
      expect(missing, word).toEqual([]);
      expect(placesOf(words[word]).filter((place) => !placesOf(en[word]).includes(place)), word).toEqual([]);
    }
  });

  test(`${language} has a form for every number it must say`, () => {
    const rules = new Intl.PluralRules(language);
    const needed = [...new Set(Array.from({ length: 120 }, (_, n) => rules.select(n)))];
    for (const word of Object.keys(en) as Word[]) {
      const message: Message = words[word];
      if (typeof message === 'string' || language === 'en') continue;
      expect(Object.keys(message), word).toEqual(expect.arrayContaining(needed));
    }
  });
}

test('Arabic numbers stand in the region’s digits, or in Latin ones where the operation chose so', () => {
  expect(new Translator<Word>('ar', catalogues.ar, en).say('net.left', { n: 61 })).toContain('٦١');
  expect(new Translator<Word>('ar', catalogues.ar, en, undefined, true).say('net.left', { n: 61 })).toContain('61');
});

test('No word takes a side or shouts', () => {
  for (const words of Object.values(catalogues)) for (const [word, message] of Object.entries(words)) for (const form of formsOf(message)) expect(form, word).not.toMatch(/[!！]|terroris|regime|militant|إرهاب|террорист/i);
});
