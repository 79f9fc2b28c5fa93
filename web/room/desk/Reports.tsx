import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chips, Field, Refused } from '../app/marks.tsx';
import './desk.css';
import { Composer } from './Composer.tsx';
import { Papers } from './Paper.tsx';
import { editionWord, formWord, forms, type Report } from './shape.ts';
import { useTrying } from '../app/trying.ts';

/** What was published to whoever looks, each edition as it was signed; for the room also what is being made. */
export function Reports(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const [turn, setTurn] = useState(0);
  const path = `/operations/${room.operation.slug}/reports`;
  const { value, refusal, noConnection } = useAnswer<Report[]>(path, `${turn}.${room.live.desk}`);
  const composes = room.roles.includes('reporting-officer');
  const signs = composes || room.roles.includes('monitor');
  return (
    <div className="page desk">
      <h1>{words.say('viewReports')}</h1>
      {signs && <Composer reports={value ?? []} changed={() => setTurn((t) => t + 1)} />}
      <section aria-labelledby="published">
        <h2 id="published">{words.say('reportsTitle')}</h2>
        <Refused failure={refusal} />
        {!value && !refusal && <p className="empty">{words.say(noConnection ? 'noConnectionYet' : 'loading')}</p>}
        {value?.length === 0 && <p className="empty">{words.say(signs ? 'noReports' : 'noReportsToYou')}</p>}
        <ul className="sheets">
          {value?.map((r) => (
            <li key={r.reference}>
              <h3>
                <bdi>{r.reference}</bdi> · <bdi>{r.title}</bdi> {r.flash && <span className="tag">{words.say('flash')}</span>}
              </h3>
              <p className="muted small">
                {words.say('cutOffAt', { time: words.dateTime(r.cut_off) })} · {words.say('publishedAt', { time: words.dateTime(r.published_at) })} · {words.say('entryOfRecord', { n: r.index })}
                {r.corrects && <> · {words.say('correctsReport', { reference: r.corrects })}</>}
              </p>
              {r.sign_off && (
                <p className="small">
                  {words.say('signedBy', { composer: r.sign_off.composed_by, checker: r.sign_off.checked_by, clearer: r.sign_off.cleared_by })}{' '}
                  {r.sign_off.distribution.length > 0 && words.say('sentTo', { offices: r.sign_off.distribution.join(', ') })}
                </p>
              )}
              {r.sign_off && r.sign_off.released_early.length > 0 && (
                <p className="small">
                  {words.say('releasedEarly')}: <Chips ids={r.sign_off.released_early} />
                </p>
              )}
              {r.errata.length > 0 && (
                <div role="note">
                  <b>{words.say('errata')}</b>
                  {r.errata.map((e) => (
                    <p key={e.at + e.text} lang={e.language} dir="auto">
                      {e.text}
                    </p>
                  ))}
                </div>
              )}
              <Papers which={r.editions.map((e) => e.edition)} addressOf={(edition) => `/api/v1${path}/edition?reference=${encodeURIComponent(r.reference)}&edition=${edition}`} />
              {r.editions.map((e) => (
                <p key={`forms-${e.edition}`} className="small">
                  {words.say(editionWord[e.edition])}:{' '}
                  {forms.map((form) => (
                    <a key={form} className="form" download href={`/api/v1${path}/edition?reference=${encodeURIComponent(r.reference)}&edition=${e.edition}&format=${form}`} aria-label={words.say('downloadAs', { edition: words.say(editionWord[e.edition]), form: words.say(formWord[form]) })}>
                      {words.say(formWord[form])}
                    </a>
                  ))}
                </p>
              ))}
              {r.editions.map((e) => (
                <p key={e.edition} className="hash small muted" dir="ltr">
                  {e.edition} SHA-256 {e.sha256}
                </p>
              ))}
            </li>
          ))}
        </ul>
      </section>
      {composes && value && value.length > 0 && <NewErratum reports={value} path={path} published={() => setTurn((t) => t + 1)} />}
    </div>
  );
}

function NewErratum({ reports, path, published }: { reports: readonly Report[]; path: string; published(): void }): ReactNode {
  const words = useWords();
  const { failure, busy, attempt } = useTrying();
  const [statement, setStatement] = useState('');
  const [citing, setCiting] = useState<readonly string[]>();
  const send = (e: FormEvent<HTMLFormElement>): void => {
    e.preventDefault();
    const form = e.currentTarget;
    const entered = new FormData(form);
    void attempt(() => call('POST', `${path}/errata`, { text: entered.get('text'), language: words.language, statement: statement || null, reports: entered.getAll('report') })).then((done) => {
      if (!done) return;
      form.reset();
      setStatement('');
      setCiting(undefined);
      published();
    });
  };
  return (
    <form className="sheet" onSubmit={send} aria-labelledby="erratum">
      <h2 id="erratum">{words.say('newErratum')}</h2>
      <p className="muted">{words.say('erratumHow')}</p>
      <div className="row">
        <Field label={words.say('erratumOn')}>
          <input value={statement} onChange={(e) => setStatement(e.target.value.trim())} maxLength={64} dir="ltr" />
        </Field>
        <button type="button" className="btn" disabled={!statement || busy} onClick={() => void attempt(async () => setCiting(await call<string[]>('GET', `${path}/citing/${encodeURIComponent(statement)}`)))}>
          {words.say('findCiting')}
        </button>
      </div>
      {citing && <p role="status">{citing.length > 0 ? words.say('citedIn', { reports: citing.join(', ') }) : words.say('citedNowhere')}</p>}
      <fieldset className="checks" key={citing?.join()}>
        <legend>{words.say('reportsAffected')}</legend>
        {reports.map((r) => (
          <label key={r.reference}>
            <input type="checkbox" name="report" value={r.reference} defaultChecked={citing?.includes(r.reference) ?? false} /> <bdi>{r.reference}</bdi>
          </label>
        ))}
      </fieldset>
      <Field label={words.say('erratumText')}>
        <textarea name="text" required rows={3} maxLength={4000} dir="auto" />
      </Field>
      <Refused failure={failure} />
      <button type="submit" className="btn main" disabled={busy}>
        {words.say('publishErratum')}
      </button>
    </form>
  );
}
