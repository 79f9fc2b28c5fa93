import { type FormEvent, type ReactNode, useState } from 'react';
import { useAddress } from '../app/address.ts';
import { call, type Refusal, type Statement } from '../app/api.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chip, Engine, Field, Refused } from '../app/marks.tsx';
import type { Word } from '../app/words/en.ts';
import { KindPart, useVocabulary } from './KindPart.tsx';
import { PlaceField } from './PlaceField.tsx';
import { idOf, kinds, momentOf, NotACount, offsetOf, saidOf } from './kinds.ts';

/**
 * A statement entered by hand: what somebody said by voice, on paper or in a text, entered by whoever heard it: who said it, who counted, how it came. The server says in
 * what words it will stand before it is recorded.
 */
export function Say(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const address = useAddress();
  const vocabulary = useVocabulary();
  const asked = address.query['kind'];
  const [kind, setKind] = useState(asked && asked in kinds ? asked : 'headcount');
  const [failure, setFailure] = useState<{ message: string; place?: string | undefined }>();
  const [seen, setSeen] = useState<{ wording: string; statement: object; form: HTMLFormElement }>();
  const [made, setMade] = useState('');
  const [heard, setHeard] = useState(false);
  const offset = offsetOf(room.operation.now);
  const path = `/operations/${room.operation.slug}/statements`;
  const zone = { timeZone: room.operation.time_zone };
  const now = new Intl.DateTimeFormat('sv-SE', { ...zone, dateStyle: 'short', timeStyle: 'short' }).format(new Date()).replace(' ', 'T');

  const look = async (e: FormEvent<HTMLFormElement>): Promise<void> => {
    e.preventDefault();
    const form = e.currentTarget;
    const entered = new FormData(form);
    const of = (name: string): string => String(entered.get(name) ?? '').trim();
    try {
      const statement = {
        kind,
        by: { id: idOf(of('who')), name: of('who'), kind: of('source_kind') },
        basis: of('basis') || undefined,
        modality: of('modality') || undefined,
        said_at: of('said_at') ? momentOf(of('said_at'), offset) : undefined,
        about: of('about') ? (of('about_to') ? `${momentOf(of('about'), offset)}/${momentOf(of('about_to'), offset)}` : momentOf(of('about'), offset)) : undefined,
        from: of('from') || undefined,
        to: of('to') || undefined,
        via: of('via') || undefined,
        said: saidOf(kind, (name) => of(`said.${name}`), vocabulary?.categories ?? [], offset),
        words: of('words') ? { text: of('words'), language: words.language } : undefined,
        paraphrase: of('paraphrase') || undefined,
        reception: heard ? { channel: of('channel'), heard_at: momentOf(of('heard_at'), offset), read_back: entered.has('read_back'), ...(of('counted_by') ? { counted_by: of('counted_by') } : {}) } : undefined,
        handling: of('handling'),
        consent: of('consent'),
      };
      const answer = await call<{ wording: string }>('POST', `${path}?dry=true`, { statement });
      setFailure(undefined);
      setMade('');
      setSeen({ wording: answer.wording, statement, form });
    } catch (refusal) {
      setSeen(undefined);
      setFailure(refusal instanceof NotACount ? { message: words.say('sayHowManyHint'), place: words.say(refusal.label) } : (refusal as Refusal));
    }
  };
  const record = async (): Promise<void> => {
    try {
      const answer = await call<Statement>('POST', path, { statement: seen!.statement });
      setMade(answer.id);
      seen!.form.reset();
      setSeen(undefined);
      setHeard(false);
    } catch (refusal) {
      setFailure(refusal as Refusal);
    }
  };
  const choice = (name: string, label: Word, values: readonly string[] | undefined, usual: string): ReactNode => (
    <Field label={words.say(label)}>
      <select name={name} defaultValue={usual}>
        {(values ?? [usual]).map((v) => (
          <option key={v} value={v} lang="en">
            {v.replaceAll('-', ' ')}
          </option>
        ))}
      </select>
    </Field>
  );
  return (
    <div className="page">
      <h1>{words.say('sayTitle')}</h1>
      {made && (
        <p role="status">
          {words.say('recorded', { id: made })} <Chip id={made} />
        </p>
      )}
      <form className="sheet" onSubmit={look} onChange={() => setSeen(undefined)}>
        <Field label={words.say('sayKind')}>
          <select value={kind} onChange={(e) => setKind(e.target.value)}>
            {Object.keys(kinds).map((k) => (
              <option key={k} value={k}>
                {words.say(`kindOf_${k}` as Word)}
              </option>
            ))}
          </select>
        </Field>
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
          {choice('basis', 'basis', vocabulary?.bases, 'told')}
          {choice('modality', 'sayModality', vocabulary?.modalities, kind === 'undertaking' ? 'promised' : kind === 'appeal' ? 'demanded' : 'asserted')}
        </div>
        <KindPart key={kind} kind={kind} vocabulary={vocabulary} answers={prefilled(address.query)} />
        <div className="row">
          <PlaceField name="from" label="sayFrom" />
          <PlaceField name="via" label="sayVia" />
          <PlaceField name="to" label="sayTo" />
        </div>
        <div className="row">
          <Field label={words.say('sayAbout')}>
            <input name="about" type="datetime-local" />
          </Field>
          <Field label={words.say('sayAboutTo')}>
            <input name="about_to" type="datetime-local" />
          </Field>
          <Field label={words.say('saidAt')}>
            <input name="said_at" type="datetime-local" />
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
              <input name="heard_at" type="datetime-local" required defaultValue={now} />
            </Field>
            <Field label={words.say('sayCountedBy')}>
              <input name="counted_by" maxLength={200} dir="auto" />
            </Field>
            <label className="check">
              <input name="read_back" type="checkbox" /> {words.say('sayReadBack')}
            </label>
          </div>
        )}
        <Field label={words.say('originalWords')}>
          <textarea name="words" rows={2} maxLength={5000} dir="auto" />
        </Field>
        <Field label={words.say('sayParaphrase')}>
          <textarea name="paraphrase" rows={2} maxLength={2000} dir="auto" />
        </Field>
        <div className="row">
          {choice('handling', 'handling', vocabulary?.handlings, 'room')}
          {choice('consent', 'consent', vocabulary?.consents, 'not-asked')}
        </div>
        <Refused failure={failure} />
        <button type="submit" className="btn main">
          {words.say('sayLook')}
        </button>
      </form>
      <div role="status">
        {seen && (
          <>
            <p>
              {words.say('sayWillStand')}{' '}
              <b>
                <Engine>{seen.wording}</Engine>
              </b>
            </p>
            <button type="button" className="btn main" onClick={() => void record()}>
              {words.say('record')}
            </button>
          </>
        )}
      </div>
    </div>
  );
}

/** `said.what=...` in the address fills a field: so a promise in the contact log becomes an undertaking. */
const prefilled = (query: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(query).flatMap(([name, value]) => (name.startsWith('said.') ? [[name.slice(5), value]] : [])));
