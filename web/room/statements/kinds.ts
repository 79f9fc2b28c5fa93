// What each kind of statement asks for in a form, and what the form's answers say in the words of formats/statement.md. The server reads it again and refuses what can't be.
import { boundOf, wordsOf } from './bound.ts';
import type { Word } from '../app/words/en.ts';

export type Asks =
  | { readonly as: 'text' | 'long' | 'number' | 'moment' | 'flag'; readonly name: string; readonly label: Word; readonly required?: boolean }
  | { readonly as: 'choice'; readonly name: string; readonly label: Word; readonly required?: boolean }
  | { readonly as: 'count'; readonly name: string; readonly label: Word; readonly required?: boolean }
  | { readonly as: 'party'; readonly name: string; readonly label: Word; readonly required: true };

/** In the order in which an officer meets them; the first is offered first. */
export const kinds: Readonly<Record<string, readonly Asks[]>> = {
  headcount: [
    { as: 'choice', name: 'measure', label: 'sayMeasure', required: true },
    { as: 'count', name: 'counted', label: 'sayHowMany', required: true },
    { as: 'text', name: 'batch', label: 'sayConvoy' },
    { as: 'flag', name: 'running_total', label: 'sayRunningTotal' },
  ],
  movement: [
    { as: 'choice', name: 'step', label: 'sayStep', required: true },
    { as: 'text', name: 'convoy', label: 'sayConvoy' },
    { as: 'count', name: 'aboard', label: 'sayAboard' },
  ],
  incident: [
    { as: 'choice', name: 'type', label: 'sayWhat', required: true },
    { as: 'text', name: 'target', label: 'sayTarget' },
    { as: 'text', name: 'alleged_author', label: 'sayAuthor' },
    { as: 'count', name: 'harm.killed', label: 'sayKilled' },
    { as: 'count', name: 'harm.wounded', label: 'sayWounded' },
  ],
  obstruction: [
    { as: 'choice', name: 'what', label: 'sayWhat', required: true },
    { as: 'choice', name: 'how', label: 'sayHow', required: true },
    { as: 'count', name: 'affected', label: 'sayAffected' },
    { as: 'text', name: 'alleged_author', label: 'sayAuthor' },
    { as: 'text', name: 'reason', label: 'sayReasonGiven' },
  ],
  stop: [
    { as: 'choice', name: 'reason', label: 'sayReasonGiven', required: true },
    { as: 'text', name: 'convoy', label: 'sayConvoy' },
    { as: 'number', name: 'minutes', label: 'sayMinutes' },
  ],
  screening: [
    { as: 'text', name: 'batch', label: 'sayConvoy' },
    { as: 'count', name: 'stopped', label: 'sayStopped' },
    { as: 'count', name: 'taken_off', label: 'sayTakenOff' },
    { as: 'count', name: 'released', label: 'sayReleased' },
    { as: 'count', name: 'still_held', label: 'sayStillHeld' },
    { as: 'text', name: 'slip', label: 'saySlip' },
  ],
  clearance: [
    { as: 'text', name: 'convoy', label: 'sayConvoy', required: true },
    { as: 'party', name: 'party', label: 'findingParty', required: true },
    { as: 'choice', name: 'state', label: 'sayState', required: true },
    { as: 'text', name: 'reference', label: 'reference' },
  ],
  contact: [
    { as: 'text', name: 'office', label: 'sayOffice', required: true },
    { as: 'text', name: 'channel', label: 'sayChannel' },
    { as: 'long', name: 'asked', label: 'sayAsked' },
    { as: 'long', name: 'answered', label: 'sayAnswered' },
    { as: 'long', name: 'promised', label: 'sayPromised' },
    { as: 'moment', name: 'promised_by', label: 'sayPromisedBy' },
    { as: 'long', name: 'follow_up', label: 'sayFollowUp' },
  ],
  voluntariness: [
    { as: 'flag', name: 'not_asked', label: 'sayNotAsked' },
    { as: 'count', name: 'wished_to_stay', label: 'sayWishedToStay' },
    { as: 'count', name: 'pressed_to_leave', label: 'sayPressedToLeave' },
    { as: 'count', name: 'refused_exit', label: 'sayRefusedExit' },
  ],
  status: [
    { as: 'choice', name: 'subject', label: 'saySubject', required: true },
    { as: 'choice', name: 'state', label: 'sayState', required: true },
    { as: 'text', name: 'cause', label: 'sayReasonGiven' },
  ],
  control: [
    { as: 'choice', name: 'extent', label: 'sayExtent', required: true },
    { as: 'text', name: 'holder', label: 'sayHolder' },
  ],
  coverage: [
    { as: 'flag', name: 'watched', label: 'sayWatched' },
    { as: 'text', name: 'line', label: 'sayVia' },
    { as: 'text', name: 'reason', label: 'sayReasonGiven' },
  ],
  access: [
    { as: 'choice', name: 'act', label: 'sayWhat', required: true },
    { as: 'text', name: 'what', label: 'sayOfWhat', required: true },
    { as: 'count', name: 'how_many', label: 'sayHowMany' },
  ],
  undertaking: [
    { as: 'text', name: 'what', label: 'sayToBeDone', required: true },
    { as: 'text', name: 'who', label: 'sayByWhom' },
    { as: 'choice', name: 'measure', label: 'sayMeasure' },
    { as: 'count', name: 'how_many', label: 'sayHowMany' },
    { as: 'moment', name: 'by', label: 'sayPromisedBy' },
  ],
  appeal: [
    { as: 'text', name: 'what', label: 'sayToBeDone', required: true },
    { as: 'text', name: 'to', label: 'sayToWhom' },
  ],
  unknown: [{ as: 'text', name: 'question', label: 'sayQuestion', required: true }],
  comment: [{ as: 'long', name: 'text', label: 'commentText', required: true }],
};

export interface Category {
  readonly slug: string;
  readonly words: string;
  readonly space: string;
}

const HARM = 'harm.';

export class NotACount extends Error {
  constructor(readonly label: Word) {
    super();
  }
}

/** What the form's answers say. @throws NotACount where words for a number can't be read. */
export function saidOf(kind: string, answers: (name: string) => string, categories: readonly Category[], offset: string): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (const asks of kinds[kind] ?? []) {
    const answer = answers(asks.name).trim();
    // A watch that is not ticked is a gap, and a gap is said.
    if (asks.as === 'flag') (answer || (kind === 'coverage' && asks.name === 'watched')) && (said[asks.name] = answer !== '');
    else if (!answer) continue;
    else if (asks.as === 'number') said[asks.name] = Number(answer);
    else if (asks.as === 'moment') said[asks.name] = momentOf(answer, offset);
    else if (asks.as === 'party') said[asks.name] = answer.startsWith('{') ? JSON.parse(answer) : { id: idOf(answer), name: answer };
    else if (asks.as === 'count') {
      const bound = boundOf(answer);
      if (!bound) throw new NotACount(asks.label);
      const of = answers(`${asks.name}.of`) || 'all';
      said[asks.name] = { unit: categories.find((c) => c.slug === of)?.space === 'vehicles' ? 'vehicles' : 'people', of, bound };
    } else said[asks.name] = answer;
  }
  // Harm is asked for one measure a field, and said as a list.
  const harm = Object.keys(said).filter((name) => name.startsWith(HARM)).map((name) => ({ measure: name.slice(HARM.length), counted: said[name] }));
  for (const { measure } of harm) delete said[HARM + measure];
  return harm.length > 0 ? { ...said, harm } : said;
}

/** The answers that a statement's own words would give, to be corrected. What a form does not ask for is kept beside, as it stands. */
export function answersOf(kind: string, whole: Readonly<Record<string, unknown>>): { answers: Record<string, string>; kept: Record<string, unknown> } {
  const answers: Record<string, string> = {};
  const { harm, ...others } = whole;
  // Harm that the form has no field for keeps the whole list out of it.
  const list = Array.isArray(harm) ? (harm as { measure: string; counted: unknown }[]) : [];
  const isAsked = list.length > 0 && list.every((h) => kinds[kind]?.some((asks) => asks.name === HARM + h.measure));
  const said: Record<string, unknown> = isAsked ? { ...others, ...Object.fromEntries(list.map((h) => [HARM + h.measure, h.counted])) } : { ...whole };
  const kept: Record<string, unknown> = { ...said };
  for (const { as, name } of kinds[kind] ?? []) {
    const value = said[name];
    if (value === undefined || value === null) continue;
    if (as === 'count') {
      const { bound, of, ...more } = value as { bound: Parameters<typeof wordsOf>[0]; of: unknown; unit: string; group?: string };
      const words = wordsOf(bound);
      // Words that the form can't carry (a group, a category made of several) stay as they are and are not asked for.
      if (words === undefined || typeof of !== 'string' || more.group) continue;
      answers[name] = words;
      answers[`${name}.of`] = of;
    } else if (as === 'flag') answers[name] = value ? 'yes' : '';
    else if (as === 'party') answers[name] = JSON.stringify(value);
    else if (as === 'moment') answers[name] = String(value).slice(0, 16);
    else answers[name] = String(value);
    delete kept[name];
  }
  return { answers, kept };
}

/** An id for a source that nobody has named before. */
export const idOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '') || 'source';

export const momentOf = (local: string, offset: string): string => (local.length === 10 ? local : `${local.slice(0, 16)}:00${offset}`);

/** The offset of the operation's clock, from its own time as the server gave it. */
export const offsetOf = (now: string): string => /([+-]\d{2}:\d{2}|Z)$/.exec(now)?.[1]?.replace('Z', '+00:00') ?? '+00:00';
