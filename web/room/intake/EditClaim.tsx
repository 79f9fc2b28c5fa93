import { type FormEvent, type ReactNode, useState } from 'react';
import { useWords } from '../app/context.tsx';
import { Field, Refused } from '../app/marks.tsx';
import { useVocabulary } from '../statements/KindPart.tsx';
import { PlaceField } from '../statements/PlaceField.tsx';
import { find, trimmed } from './pieces.ts';
import { claimKinds, type Edit, modalities, type Pair, type Proposal } from './shape.ts';

interface Props {
  readonly text: string;
  /** What was proposed; none for a claim that the officer marked. */
  readonly proposal: Proposal | undefined;
  readonly edit: Edit | undefined;
  readonly names: readonly string[];
  readonly failure: { message: string; code?: string; place?: string | undefined } | undefined;
  readonly busy: boolean;
  /** The words that are marked in the text now. */
  marked(): Pair | null;
  save(edit: Edit): void;
  leave(): void;
}

/** The slots of one claim as the officer says they are. What is left as it was stays as it was read. */
export function EditClaim({ text, proposal: p, edit, names, failure, busy, marked, save, leave }: Props): ReactNode {
  const words = useWords();
  const vocabulary = useVocabulary();
  const [span, setSpan] = useState<Pair | null>(edit?.span ?? p?.span ?? marked());
  const [wrong, setWrong] = useState('');
  const placeNow = (role: 'from' | 'to' | 'via'): string => edit?.places?.[role] ?? p?.places.find((place) => (place.role === 'at' ? 'from' : place.role) === role)?.candidates.slice(0, 1)[0] ?? '';
  const manyNow = edit?.count?.none ? '' : (edit?.count?.how_many ?? (edit?.count?.all || p?.count?.all ? '' : (p?.count?.in_words ?? '')));
  const ofNow = edit?.count?.of ?? (typeof p?.count?.counted.of === 'string' ? p.count.counted.of : '');
  const send = (e: FormEvent<HTMLFormElement>): void => {
    e.preventDefault();
    const form = new FormData(e.currentTarget);
    const of = (name: string): string => String(form.get(name) ?? '').trim();
    const typed = of('span');
    const at = typed && (!span || typed !== text.slice(...span)) ? find(text, typed, p?.span[0] ?? 0) : span;
    if (!at) return setWrong(words.say('intakeWordsNotThere'));
    setWrong('');
    const changed = <T,>(name: string, now: string, make: (value: string) => T): T | undefined => (of(name) === now ? undefined : make(of(name)));
    const [many, isAll, category] = [of('how_many'), form.has('all'), of('of')];
    const counts = many !== manyNow || isAll !== Boolean(edit?.count?.all ?? p?.count?.all) || category !== ofNow;
    const via = of('via_names')
      .split(/[;؛]/)
      .map((name) => name.trim())
      .filter(Boolean);
    const places = { from: of('from'), to: of('to'), via: of('via') };
    const speakersNow = edit?.speakers ?? { said_by: p?.source?.name ?? '', via: p?.via.map((v) => v.name) ?? [] };
    const next: Edit = {
      ...edit,
      ...(p && at[0] === p.span[0] && at[1] === p.span[1] ? {} : { span: at }),
      ...optional('kind', changed('kind', p?.kind ?? '', (v) => v)),
      ...optional('modality', changed('modality', p?.modality ?? 'asserted', (v) => v)),
      ...(counts ? { count: isAll ? { all: true, ...(category ? { of: category } : {}) } : many ? { how_many: many, ...(category ? { of: category } : {}) } : { none: true } } : {}),
      ...optional('measure', of('measure') || undefined),
      ...(form.has('total') ? { running_total: true } : {}),
      ...(places.from !== placeNow('from') || places.to !== placeNow('to') || places.via !== placeNow('via') || (p?.places.some((place) => place.candidates.length > 1) ?? false) ? { places } : {}),
      ...optional('about', changed('about', edit?.about ?? p?.when?.time ?? '', (v) => v)),
      ...(of('said_by') !== speakersNow.said_by || via.join(';') !== speakersNow.via.join(';') ? { speakers: { said_by: of('said_by'), via } } : {}),
      ...optional('paraphrase', of('paraphrase') || undefined),
    };
    save(next);
  };
  // A choice shows what was read only once it knows what else there is.
  if (!vocabulary) return <p className="empty">{words.say('loading')}</p>;
  return (
    <form className="editing" onSubmit={send} onClick={(e) => e.stopPropagation()} autoComplete="off">
      <Field label={words.say('intakeWords')} hint={words.say('intakeWordsHow')}>
        <textarea name="span" key={span?.join()} rows={2} required dir="auto" className="said" defaultValue={span ? text.slice(...span) : ''} />
      </Field>
      <p>
        <button
          type="button"
          className="btn"
          onMouseDown={(e) => e.preventDefault()}
          onClick={() => {
            const at = marked();
            if (at) setSpan(trimmed(text, at));
            else setWrong(words.say('intakeMarkFirst'));
          }}
        >
          {words.say('intakeTakeMarked')}
        </button>
      </p>
      <div className="row">
        <Field label={words.say('intakeKind')}>
          <select name="kind" defaultValue={edit?.kind ?? p?.kind ?? 'statement'}>
            {claimKinds.map((k) => (
              <option key={k} value={k}>
                {words.say(`claim_${k}`)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={words.say('sayModality')}>
          <select name="modality" defaultValue={edit?.modality ?? p?.modality ?? 'asserted'}>
            {modalities.map((m) => (
              <option key={m} value={m}>
                {words.say(`modality_${m}`)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <div className="row">
        <Field label={words.say('sayHowMany')} hint={words.say('sayHowManyHint')}>
          <input name="how_many" maxLength={60} defaultValue={manyNow} />
        </Field>
        <Field label={words.say('sayOf')}>
          <select name="of" defaultValue={ofNow}>
            <option value="">{words.say(p?.count ? 'intakeAsRead' : 'notSaid')}</option>
            {vocabulary.categories.map((c) => (
              <option key={c.slug + c.space} value={c.slug} lang="en">
                {c.words || c.slug}
              </option>
            ))}
          </select>
        </Field>
        <Field label={words.say('sayMeasure')}>
          <select name="measure" defaultValue={edit?.measure ?? ''}>
            <option value="">{words.say('intakeAsRead')}</option>
            {vocabulary.measures.map((m) => (
              <option key={m} value={m} lang="en">
                {m.replaceAll('-', ' ')}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <div className="row">
        <label className="check">
          <input type="checkbox" name="all" defaultChecked={edit?.count?.all ?? p?.count?.all ?? false} /> {words.say('intakeAll')}
        </label>
        <label className="check">
          <input type="checkbox" name="total" defaultChecked={edit?.running_total ?? false} /> {words.say('sayRunningTotal')}
        </label>
      </div>
      <div className="row">
        <PlaceField name="from" label="sayFrom" value={placeNow('from')} />
        <PlaceField name="via" label="sayVia" value={placeNow('via')} />
        <PlaceField name="to" label="sayTo" value={placeNow('to')} />
      </div>
      <div className="row">
        <Field label={words.say('sayAbout')} hint={words.say('intakeAboutHow')}>
          <input name="about" maxLength={80} dir="ltr" defaultValue={edit?.about ?? p?.when?.time ?? ''} />
        </Field>
        <Field label={words.say('intakeSaidBy')} hint={words.say('intakeSaidByHow')}>
          <input name="said_by" maxLength={200} dir="auto" list="intake-names" defaultValue={edit?.speakers?.said_by ?? p?.source?.name ?? ''} />
        </Field>
        <Field label={words.say('intakeVia')} hint={words.say('intakeViaHow')}>
          <input name="via_names" maxLength={400} dir="auto" defaultValue={(edit?.speakers?.via ?? p?.via.map((v) => v.name) ?? []).join('; ')} />
        </Field>
      </div>
      <datalist id="intake-names">
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Field label={words.say('sayParaphrase')}>
        <textarea name="paraphrase" rows={2} maxLength={2000} dir="auto" defaultValue={edit?.paraphrase ?? ''} />
      </Field>
      {wrong && (
        <p role="alert" className="refused">
          {wrong}
        </p>
      )}
      <Refused failure={failure} />
      <div className="inst">
        <button type="submit" className="btn main" disabled={busy}>
          {words.say('intakeConfirmEdited')}
        </button>
        <button type="button" className="btn" onClick={leave}>
          {words.say('intakeLeaveEdit')}
        </button>
      </div>
    </form>
  );
}

const optional = <K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> => (value === undefined ? {} : ({ [name]: value } as Record<K, string>));
