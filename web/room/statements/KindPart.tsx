import type { ReactNode } from 'react';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Field } from '../app/marks.tsx';
import { type Asks, type Category, kinds } from './kinds.ts';

export interface Vocabulary {
  readonly measures: readonly string[];
  readonly categories: readonly Category[];
  readonly source_kinds: readonly string[];
  readonly modalities: readonly string[];
  readonly bases: readonly string[];
  readonly handlings: readonly string[];
  readonly consents: readonly string[];
  /** `movement.step` and the like: what a choice offers. */
  readonly terms: Readonly<Record<string, readonly string[]>>;
}

export const useVocabulary = (): Vocabulary | undefined => useAnswer<Vocabulary>(`/operations/${useRoom().operation.slug}/vocabulary`).value;

/** The part of a form that belongs to one kind of statement; its fields are called `said.NAME`. */
export function KindPart({ kind, vocabulary, answers = {} }: { kind: string; vocabulary: Vocabulary | undefined; answers?: Readonly<Record<string, string>> }): ReactNode {
  const words = useWords();
  return (
    <div className="row" key={kind}>
      {(kinds[kind] ?? []).map((asks) => (
        <Part key={asks.name} asks={asks} kind={kind} vocabulary={vocabulary} answers={answers} />
      ))}
      {kind === 'clearance' && <p className="muted small">{words.say('clearanceNoGuarantee')}</p>}
    </div>
  );
}

function Part({ asks, kind, vocabulary, answers }: { asks: Asks; kind: string; vocabulary: Vocabulary | undefined; answers: Readonly<Record<string, string>> }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const name = `said.${asks.name}`;
  const value = answers[asks.name] ?? '';
  const isOnly = kinds[kind]!.filter((k) => k.as === 'count').length === 1;
  switch (asks.as) {
    case 'flag':
      return (
        <label className="check">
          <input type="checkbox" name={name} value="yes" defaultChecked={value !== ''} /> {words.say(asks.label)}
        </label>
      );
    case 'choice':
      return (
        <Field label={words.say(asks.label)}>
          <select name={name} required={asks.required ?? false} defaultValue={value || (asks.required ? undefined : '')}>
            {!asks.required && <option value="">{words.say('notSaid')}</option>}
            {(asks.name === 'measure' ? (vocabulary?.measures ?? [value || 'left']) : (vocabulary?.terms[`${kind}.${asks.name}`] ?? [value])).map((v) => (
              <option key={v} value={v} lang="en">
                {v.replaceAll('-', ' ')}
              </option>
            ))}
          </select>
        </Field>
      );
    case 'count':
      return (
        <>
          <Field label={words.say(asks.label)} hint={words.say('sayHowManyHint')}>
            <input name={name} required={asks.required ?? false} maxLength={60} defaultValue={value} />
          </Field>
          <Field label={isOnly ? words.say('sayOf') : `${words.say(asks.label)}: ${words.say('sayOf')}`}>
            <select name={`${name}.of`} defaultValue={answers[`${asks.name}.of`] ?? 'all'}>
              {(vocabulary?.categories ?? [{ slug: 'all', words: 'people', space: 'people' }])
                .filter((c) => asks.name === 'counted' || asks.name === 'how_many' || c.space === 'people')
                .map((c) => (
                  <option key={c.slug} value={c.slug} lang="en">
                    {c.words}
                  </option>
                ))}
            </select>
          </Field>
        </>
      );
    case 'party': {
      // Nobody may have spoken for a party yet: then it is named here for the first time.
      const known = new Map(room.operation.parties.map((p) => [p.id, { id: p.id, name: p.name }]));
      const own = value ? (JSON.parse(value) as { id: string; name: string }) : undefined;
      if (own) known.set(own.id, own);
      return (
        <Field label={words.say(asks.label)}>
          {known.size === 0 ? (
            <input name={name} required maxLength={400} dir="auto" />
          ) : (
            <select name={name} required defaultValue={own && JSON.stringify(known.get(own.id))}>
              {[...known.values()].map((p) => (
                <option key={p.id} value={JSON.stringify(p)}>
                  {p.name}
                </option>
              ))}
            </select>
          )}
        </Field>
      );
    }
    case 'long':
      return (
        <Field label={words.say(asks.label)}>
          <textarea name={name} rows={2} maxLength={2000} required={asks.required ?? false} defaultValue={value} dir="auto" />
        </Field>
      );
    case 'number':
    case 'moment':
    case 'text':
      return (
        <Field label={words.say(asks.label)}>
          <input
            name={name}
            required={asks.required ?? false}
            maxLength={400}
            defaultValue={value}
            dir={asks.as === 'text' ? 'auto' : undefined}
            type={asks.as === 'moment' ? 'datetime-local' : 'text'}
            inputMode={asks.as === 'number' ? 'numeric' : undefined}
          />
        </Field>
      );
  }
}
