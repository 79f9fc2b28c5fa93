import { type FormEvent, type ReactNode, useState } from 'react';
import { call, type Refusal, type Statement } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chip, Field, Refused } from '../app/marks.tsx';
import type { Word } from '../app/words/en.ts';
import { boundOf } from './bound.ts';

interface Vocabulary {
  readonly measures: readonly string[];
  readonly categories: readonly { readonly slug: string; readonly words: string; readonly space: string }[];
  readonly source_kinds: readonly string[];
  readonly handlings: readonly string[];
  readonly consents: readonly string[];
}

/** A count that somebody gave by voice, on paper or in a text, entered by whoever heard it: who said it, who counted, how it came. */
export function Say(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const vocabulary = useAnswer<Vocabulary>(`/operations/${room.operation.slug}/vocabulary`).value;
  const [failure, setFailure] = useState<{ message: string; place?: string | undefined }>();
  const [made, setMade] = useState<string[]>([]);
  const [heard, setHeard] = useState(false);
  const send = async (e: FormEvent<HTMLFormElement>): Promise<void> => {
    e.preventDefault();
    const form = e.currentTarget;
    const of = (name: string): string => String(new FormData(form).get(name) ?? '').trim();
    const bound = boundOf(of('how_many'));
    if (!bound) {
      setFailure({ message: words.say('sayHowManyHint'), place: words.say('sayHowMany') });
      return;
    }
    const category = vocabulary?.categories.find((c) => c.slug === of('of'));
    const at = of('about') || undefined;
    const zone = offset(room.operation.now);
    const statement = {
      kind: 'headcount',
      by: { id: slug(of('who')), name: of('who'), kind: of('source_kind') },
      about: at ? `${at}:00${zone}` : undefined,
      from: of('from') || undefined,
      to: of('to') || undefined,
      via: of('via') || undefined,
      said: { measure: of('measure'), counted: { unit: category?.space === 'vehicles' ? 'vehicles' : 'people', of: of('of'), bound }, ...(of('batch') ? { batch: of('batch') } : {}) },
      paraphrase: of('paraphrase') || undefined,
      reception: heard ? { channel: of('channel'), heard_at: `${of('heard_at')}:00${zone}`, read_back: new FormData(form).has('read_back'), ...(of('counted_by') ? { counted_by: of('counted_by') } : {}) } : undefined,
      handling: of('handling'),
      consent: of('consent'),
    };
    try {
      const answer = await call<Statement>('POST', `/operations/${room.operation.slug}/statements`, { statement });
      setMade([answer.id, ...made]);
      setFailure(undefined);
      form.reset();
      setHeard(false);
    } catch (refusal) {
      setFailure(refusal as Refusal);
    }
  };
  const places = room.places?.features.map((f) => String(f.properties.id)) ?? [];
  const place = (name: string, label: Word): ReactNode => (
    <Field label={words.say(label)}>
      <select name={name} defaultValue="">
        <option value="">{words.say('noPlace')}</option>
        {places.map((p) => (
          <option key={p} value={p}>
            {room.placeName(p)}
          </option>
        ))}
      </select>
    </Field>
  );
  return (
    <div className="page">
      <h1>{words.say('sayTitle')}</h1>
      {made.length > 0 && (
        <p role="status">
          {words.say('recorded', { id: made[0]! })} <Chip id={made[0]!} />
        </p>
      )}
      <form className="sheet" onSubmit={send}>
        <div className="row">
          <Field label={words.say('sayWho')}>
            <input name="who" required maxLength={200} dir="auto" />
          </Field>
          <Field label={words.say('sayWhoKind')}>
            <select name="source_kind" defaultValue="own-observers">
              {(vocabulary?.source_kinds ?? ['own-observers']).map((k) => (
                <option key={k} value={k}>
                  {words.say(`kind_${k}` as Word)}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <div className="row">
          <Field label={words.say('sayHowMany')} hint={words.say('sayHowManyHint')}>
            <input name="how_many" required maxLength={60} />
          </Field>
          <Field label={words.say('sayOf')}>
            <select name="of" defaultValue="all">
              {(vocabulary?.categories ?? [{ slug: 'all', words: 'people', space: 'people' }]).map((c) => (
                <option key={c.slug} value={c.slug} lang="en">
                  {c.words}
                </option>
              ))}
            </select>
          </Field>
          <Field label={words.say('sayMeasure')}>
            <select name="measure" defaultValue="left">
              {(vocabulary?.measures ?? ['left']).map((m) => (
                <option key={m} value={m} lang="en">
                  {m.replaceAll('-', ' ')}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <div className="row">
          {place('from', 'sayFrom')}
          {place('via', 'sayVia')}
          {place('to', 'sayTo')}
        </div>
        <div className="row">
          <Field label={words.say('sayAbout')}>
            <input name="about" type="datetime-local" />
          </Field>
          <Field label={words.say('sayConvoy')}>
            <input name="batch" maxLength={100} dir="auto" />
          </Field>
        </div>
        <label className="check">
          <input type="checkbox" checked={heard} onChange={(e) => setHeard(e.target.checked)} /> {words.say('sayForAnother')}
        </label>
        {heard && (
          <div className="row">
            <Field label={words.say('sayChannel')}>
              <select name="channel">
                {['radio', 'phone', 'paper', 'text'].map((c) => (
                  <option key={c} value={c}>
                    {words.say(`channel_${c}` as Word)}
                  </option>
                ))}
              </select>
            </Field>
            <Field label={words.say('sayHeardAt')}>
              <input name="heard_at" type="datetime-local" required />
            </Field>
            <Field label={words.say('sayCountedBy')}>
              <input name="counted_by" maxLength={200} dir="auto" />
            </Field>
            <label className="check">
              <input name="read_back" type="checkbox" /> {words.say('sayReadBack')}
            </label>
          </div>
        )}
        <Field label={words.say('sayParaphrase')}>
          <textarea name="paraphrase" rows={2} maxLength={2000} dir="auto" />
        </Field>
        <div className="row">
          <Field label={words.say('handling')}>
            <select name="handling" defaultValue="room">
              {(vocabulary?.handlings ?? ['room']).map((h) => (
                <option key={h} value={h} lang="en">
                  {h.replaceAll('-', ' ')}
                </option>
              ))}
            </select>
          </Field>
          <Field label={words.say('consent')}>
            <select name="consent" defaultValue="not-asked">
              {(vocabulary?.consents ?? ['not-asked']).map((c) => (
                <option key={c} value={c} lang="en">
                  {c.replaceAll('-', ' ')}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <Refused failure={failure} />
        <button type="submit" className="btn main">
          {words.say('record')}
        </button>
      </form>
    </div>
  );
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '') || 'source';

/** The offset of the operation's clock, from its own time as the server gave it. */
const offset = (now: string): string => /([+-]\d{2}:\d{2}|Z)$/.exec(now)?.[1]?.replace('Z', '+00:00') ?? '+00:00';
