// Words, numbers, dates and plurals by locale. Each app brings its own catalogues; a message missing in a language falls back to English and is
// found by a test, never shown as a key.

export const languages = ['en', 'ar', 'fr', 'ru'] as const;
export type Language = (typeof languages)[number];

/** How a language calls itself. */
export const ownNames: Record<Language, string> = { en: 'English', ar: 'العربية', fr: 'Français', ru: 'Русский' };

/** A message with `{name}` places, or one form a plural category (Unicode CLDR: zero, one, two, few, many, other); the number is `{n}`. */
export type Message = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type Catalogue<K extends string> = Record<K, Message>;

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

/** Arabic digits follow the operation's setting; the region's own digits are the default. */
const tagOf = (language: Language, latinDigits: boolean): string => (language === 'ar' ? (latinDigits ? 'ar-SY-u-nu-latn' : 'ar-SY-u-nu-arab') : language === 'en' ? 'en-GB' : language);

export class Translator<K extends string> {
  readonly tag: string;
  private readonly plurals: Intl.PluralRules;
  private readonly numbers: Intl.NumberFormat;

  constructor(
    readonly language: Language,
    private readonly words: Partial<Catalogue<K>>,
    private readonly english: Catalogue<K>,
    readonly timeZone: string | undefined = undefined,
    latinDigits = false,
  ) {
    this.tag = tagOf(language, latinDigits);
    this.plurals = new Intl.PluralRules(this.tag);
    this.numbers = new Intl.NumberFormat(this.tag);
  }

  get direction(): 'ltr' | 'rtl' {
    return directionOf(this.language);
  }

  say(key: K, values: Record<string, string | number> = {}): string {
    const message: Message | undefined = this.words[key] ?? this.english[key];
    // A token that the server learnt later than this page: shown as it is, and never the end of the page.
    if (message === undefined) return key.slice(key.indexOf('_') + 1).replaceAll('-', ' ');
    const form = typeof message === 'string' ? message : (message[this.plurals.select(Number(values['n'] ?? 0))] ?? message.other);
    return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === 'number' ? this.number(value) : value;
    });
  }

  number(value: number): string {
    return this.numbers.format(value);
  }

  /** A moment on the operation's clock; the zone is named once a page, not here. */
  dateTime(moment: Date | string, options: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }): string {
    return new Intl.DateTimeFormat(this.tag, { ...(this.timeZone ? { timeZone: this.timeZone } : {}), ...options }).format(new Date(moment));
  }

  time(moment: Date | string): string {
    return this.dateTime(moment, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  }

  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.tag).format(items);
  }
}
