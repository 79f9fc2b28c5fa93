import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chip, Field, Refused } from '../app/marks.tsx';
import { Papers } from './Paper.tsx';
import { type Draft, editions, editionWord, hashesOf, type Report, summaryLanguages } from './shape.ts';
import { useTrying } from '../app/trying.ts';

/** Reports in the making: composed by one, checked by another, cleared by another than the checker, and only then published. */
export function Composer({ reports, changed }: { reports: readonly Report[]; changed(): void }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const [turn, setTurn] = useState(0);
  const [making, setMaking] = useState<Draft | 'new'>();
  const [published, setPublished] = useState('');
  const path = `/operations/${room.operation.slug}/drafts`;
  const { value, refusal } = useAnswer<Draft[]>(path, `${turn}.${room.live.desk}`);
  const composes = room.roles.includes('reporting-officer');
  const again = (): void => setTurn((t) => t + 1);
  return (
    <section aria-labelledby="drafts">
      <h2 id="drafts">{words.say('drafts')}</h2>
      <Refused failure={refusal} />
      {published && <p role="status">{words.say('publishedNow', { reference: published })}</p>}
      {value?.length === 0 && !making && <p className="empty">{words.say('noDrafts')}</p>}
      <ul className="sheets">
        {value?.map((draft) => (
          <li key={draft.id}>
            <Sheet
              draft={draft}
              path={path}
              again={again}
              anew={() => setMaking(draft)}
              published={(reference) => {
                setPublished(reference);
                again();
                changed();
              }}
            />
          </li>
        ))}
      </ul>
      {composes && !making && (
        <p>
          <button type="button" className="btn main" onClick={() => setMaking('new')}>
            {words.say('composeNew')}
          </button>
        </p>
      )}
      {making && (
        <Form
          key={making === 'new' ? 'new' : making.id}
          draft={making === 'new' ? undefined : making}
          reports={reports}
          path={path}
          done={() => {
            setMaking(undefined);
            setPublished('');
            again();
          }}
          close={() => setMaking(undefined)}
        />
      )}
    </section>
  );
}

function Sheet({ draft, path, again, anew, published }: { draft: Draft; path: string; again(): void; anew(): void; published(reference: string): void }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const { failure, busy, attempt } = useTrying();
  const me = room.session.account?.name;
  const composes = room.roles.includes('reporting-officer');
  const own = `${path}/${draft.id}`;
  const sign = (act: 'check' | 'clearance'): void => void attempt(() => call('POST', `${own}/${act}`, { sha256: hashesOf(draft) })).then(again);
  const publish = (e: FormEvent<HTMLFormElement>): void => {
    e.preventDefault();
    const chosen = new FormData(e.currentTarget).getAll('edition');
    void attempt(() => call('POST', `${own}/publication`, { editions: chosen })).then((done) => done && published(draft.reference));
  };
  const signWhat = words.say('signWhat', { hashes: draft.editions.map((e) => e.sha256.slice(0, 8)).join(', ') });
  return (
    <>
      <h3>
        <bdi>{draft.reference}</bdi> · <bdi>{draft.title}</bdi> <span className="tag">{words.say(`desk_${draft.state}`)}</span> {draft.flash && <span className="tag">{words.say('flash')}</span>}
      </h3>
      <p className="muted small">
        {words.say('cutOffAt', { time: words.dateTime(draft.cut_off) })} · {words.say('composedBy', { name: draft.composed_by })}
        {draft.checked_by && <> · {words.say('checkedBy', { name: draft.checked_by })}</>}
        {draft.cleared_by && <> · {words.say('clearedBy', { name: draft.cleared_by })}</>}
      </p>
      <ul className="small">
        {draft.editions.map((e) => (
          <li key={e.edition}>
            {words.say(editionWord[e.edition])}: {words.say('editionFacts', { withheld: words.number(e.withheld), held: words.number(e.held_back) })}
          </li>
        ))}
      </ul>
      <Papers which={editions} addressOf={(edition) => `/api/v1${own}/${edition}`} />
      <Refused failure={failure} />
      {draft.state === 'draft' && (draft.mine ? <p className="muted">{words.say('waitsForChecker')}</p> : <Sign what={signWhat} label={words.say('signCheck')} busy={busy} sign={() => sign('check')} />)}
      {draft.state === 'checked' && (draft.checked_by === me || !composes ? <p className="muted">{words.say('waitsForClearer', { name: draft.checked_by ?? '' })}</p> : <Sign what={signWhat} label={words.say('signClear')} busy={busy} sign={() => sign('clearance')} />)}
      {draft.state === 'cleared' && composes && (
        <form onSubmit={publish}>
          <fieldset className="checks">
            <legend>{words.say('publishWhich')}</legend>
            {editions.map((e) => (
              <label key={e}>
                <input type="checkbox" name="edition" value={e} defaultChecked /> {words.say(editionWord[e])}
              </label>
            ))}
          </fieldset>
          <button type="submit" className="btn main" disabled={busy}>
            {words.say('publishEditions')}
          </button>
        </form>
      )}
      {composes && (
        <div className="row">
          <button type="button" className="btn" onClick={anew}>
            {words.say('composeAnew')}
          </button>
          <button type="button" className="btn" disabled={busy} onClick={() => void attempt(() => call('DELETE', own)).then(again)}>
            {words.say('dropDraft')}
          </button>
        </div>
      )}
    </>
  );
}

function Sign({ what, label, busy, sign }: { what: string; label: string; busy: boolean; sign(): void }): ReactNode {
  return (
    <>
      <p>{what}</p>
      <p>
        <button type="button" className="btn main" disabled={busy} onClick={sign}>
          {label}
        </button>
      </p>
    </>
  );
}

/** An hour on the operation's clock, as the form's field writes it. */
const local = (moment: Date | string, zone: string): string => new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(moment)).replace(' ', 'T');

function Form({ draft, reports, path, done, close }: { draft: Draft | undefined; reports: readonly Report[]; path: string; done(): void; close(): void }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const { failure, busy, attempt } = useTrying();
  const zone = room.operation.time_zone;
  const send = (e: FormEvent<HTMLFormElement>): void => {
    e.preventDefault();
    const entered = new FormData(e.currentTarget);
    const text = (name: string): string | null => String(entered.get(name) ?? '').trim() || null;
    const wanted = {
      title: text('title'),
      reference: text('reference'),
      cut_off: text('cut_off'),
      period_start: text('period_start'),
      remark: text('remark'),
      corrects: text('corrects'),
      flash: entered.get('flash') !== null,
      distribution: (text('distribution') ?? '').split('\n').map((l) => l.trim()).filter(Boolean),
      release_early: entered.getAll('release'),
      languages: entered.getAll('language'),
    };
    void attempt(() => (draft ? call('PUT', `${path}/${draft.id}`, wanted) : call('POST', path, wanted))).then((made) => made && done());
  };
  const held = [...new Set([...(draft?.held_back ?? []), ...(draft?.released_early ?? [])])];
  return (
    <form className="sheet" onSubmit={send} aria-label={words.say(draft ? 'composeAnew' : 'composeNew')}>
      <h3>{words.say(draft ? 'composeAnew' : 'composeNew')}</h3>
      <div className="row">
        <Field label={words.say('reportTitle')}>
          <input name="title" required maxLength={200} defaultValue={draft?.title ?? room.operation.name} dir="auto" />
        </Field>
        <Field label={words.say('reference')} hint={words.say('referenceHint')}>
          <input name="reference" maxLength={60} defaultValue={draft?.reference ?? ''} dir="ltr" />
        </Field>
      </div>
      <div className="row">
        <Field label={words.say('cutOff')} hint={words.say('cutOffHint')}>
          <input name="cut_off" type="datetime-local" required defaultValue={local(draft?.cut_off ?? new Date(), zone)} />
        </Field>
        <Field label={words.say('periodStart')} hint={words.say('periodHint')}>
          <input name="period_start" type="datetime-local" defaultValue={draft?.period_start ? local(draft.period_start, zone) : ''} />
        </Field>
      </div>
      <Field label={words.say('remark')}>
        <input name="remark" maxLength={500} defaultValue={draft?.remark ?? ''} dir="auto" />
      </Field>
      <Field label={words.say('distribution')}>
        <textarea name="distribution" rows={2} defaultValue={draft?.distribution.join('\n') ?? ''} dir="auto" />
      </Field>
      {reports.length > 0 && (
        <Field label={words.say('correctsWhich')}>
          <select name="corrects" defaultValue={draft?.corrects ?? ''}>
            <option value="">{words.say('none')}</option>
            {reports.map((r) => (
              <option key={r.reference}>{r.reference}</option>
            ))}
          </select>
        </Field>
      )}
      <div className="checks">
        <label>
          <input type="checkbox" name="flash" defaultChecked={draft?.flash ?? false} /> {words.say('isFlash')}
        </label>
      </div>
      <fieldset className="checks">
        <legend>{words.say('summariesIn')}</legend>
        {Object.entries(summaryLanguages).map(([code, name]) => (
          <label key={code} lang={code} dir="auto">
            <input type="checkbox" name="language" value={code} defaultChecked={draft?.languages.includes(code) ?? false} /> {name}
          </label>
        ))}
      </fieldset>
      {held.length > 0 && (
        <fieldset className="checks">
          <legend>{words.say('heldBackHere', { n: held.length })}</legend>
          <p className="muted small">{words.say('heldBackWhy')}</p>
          {held.map((id) => (
            <label key={id}>
              <input type="checkbox" name="release" value={id} aria-label={words.say('letGo', { id })} defaultChecked={draft?.released_early.includes(id) ?? false} /> <Chip id={id} />
            </label>
          ))}
        </fieldset>
      )}
      <Refused failure={failure} />
      {busy && <p role="status">{words.say('composing')}</p>}
      <div className="row">
        <button type="submit" className="btn main" disabled={busy}>
          {words.say('compose')}
        </button>
        <button type="button" className="btn" onClick={close}>
          {words.say('closeReport')}
        </button>
      </div>
    </form>
  );
}
