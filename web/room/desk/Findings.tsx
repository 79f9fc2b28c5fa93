import { type FormEvent, type ReactNode, useState } from 'react';
import { languages, ownNames } from '../../shared/i18n/i18n.ts';
import { useAddress } from '../app/address.ts';
import { call } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chips, Field, Refused } from '../app/marks.tsx';
import { when } from '../situation/Board.tsx';
import './desk.css';
import { editionWord, editions, type Finding } from './shape.ts';
import { useTrying } from '../app/trying.ts';

const DAY = 86_400_000;

/** The right of reply: for the room every finding with its clock, for a party what was put to it and the place to answer. */
export function Findings(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const [turn, setTurn] = useState(0);
  const inRoom = room.roles.some((r) => r === 'monitor' || r === 'reporting-officer');
  const path = `/operations/${room.operation.slug}/findings`;
  const { value, refusal, noConnection } = useAnswer<Finding[]>(inRoom ? path : `${path}/mine`, `${turn}.${room.live.desk}`);
  const again = (): void => setTurn((t) => t + 1);
  return (
    <div className="page desk">
      <h1>{words.say(inRoom ? 'findingsTitle' : 'findingsMine')}</h1>
      <Refused failure={refusal} />
      {!value && !refusal && <p className="empty">{words.say(noConnection ? 'noConnectionYet' : 'loading')}</p>}
      {value?.length === 0 && <p className="empty">{words.say(inRoom ? 'noFindings' : 'noFindingsMine')}</p>}
      <ul className="sheets">
        {value?.map((f) => (
          <li key={f.id}>
            <h2>
              <span dir="ltr">{f.id}</span> · {words.say('putTo', { party: f.to.name })} <span className="tag">{words.say(`desk_${f.state}`)}</span>
            </h2>
            <p className="small">
              <Clock finding={f} />{' '}
              {f.about.length > 0 && (
                <span className="muted">
                  {words.say('restsOn')} {inRoom ? <Chips ids={f.about} /> : <bdi>{f.about.join(', ')}</bdi>}
                </span>
              )}
            </p>
            <div className="beside">
              <blockquote lang={f.language} dir="auto">
                {f.text}
              </blockquote>
              <div>
                {f.replies.length === 0 && <p className="muted">{words.say('noReplyYet')}</p>}
                {f.replies.map((r) => (
                  <figure key={r.id}>
                    <blockquote lang={r.language} dir="auto" className="said">
                      {r.text}
                    </blockquote>
                    <figcaption className="muted small">
                      <bdi>{f.to.name}</bdi>, {when(r.at, words)}
                    </figcaption>
                  </figure>
                ))}
              </div>
            </div>
            {f.adopted_by && (
              <p className="small muted">
                <bdi lang="en">{f.adopted_by}</bdi>
              </p>
            )}
            {inRoom ? room.roles.includes('reporting-officer') && (f.state === 'replied' || f.state === 'overdue') && <Adopt path={`${path}/${f.id}/adoption`} done={again} /> : f.state !== 'adopted' && <Reply finding={f} path={`${path}/${f.id}/replies`} done={again} />}
          </li>
        ))}
      </ul>
      {inRoom && <NewFinding path={path} done={again} />}
    </div>
  );
}

function Clock({ finding }: { finding: Finding }): ReactNode {
  const words = useWords();
  const left = new Date(finding.reply_by.length === 10 ? `${finding.reply_by}T23:59:59` : finding.reply_by).getTime() - Date.now();
  const days = Math.floor(left / DAY);
  const waits = finding.state === 'open' || finding.state === 'overdue';
  return (
    <>
      {words.say('replyBy', { time: when(finding.reply_by, words) })}
      {waits && <span className="due"> · {left < 0 ? words.say('replyOver') : days < 1 ? words.say('replyDueToday') : words.say('replyDueIn', { n: days })}</span>}
    </>
  );
}

function Adopt({ path, done }: { path: string; done(): void }): ReactNode {
  const words = useWords();
  const { failure, busy, attempt } = useTrying();
  return (
    <>
      <p className="muted small">{words.say('adoptHow')}</p>
      <Refused failure={failure} />
      <p>
        <button type="button" className="btn" disabled={busy} onClick={() => void attempt(() => call('POST', path, {})).then(done)}>
          {words.say('adopt')}
        </button>
      </p>
    </>
  );
}

function Reply({ finding, path, done }: { finding: Finding; path: string; done(): void }): ReactNode {
  const words = useWords();
  const { failure, busy, attempt } = useTrying();
  const [sent, setSent] = useState(false);
  const send = (e: FormEvent<HTMLFormElement>): void => {
    e.preventDefault();
    const form = e.currentTarget;
    const entered = new FormData(form);
    void attempt(() => call('POST', path, { text: entered.get('text'), language: entered.get('language'), handling: entered.get('handling') })).then((ok) => {
      if (!ok) return;
      form.reset();
      setSent(true);
      done();
    });
  };
  return (
    <form onSubmit={send}>
      <Field label={words.say('replyText')}>
        <textarea name="text" required rows={4} maxLength={10_000} dir="auto" />
      </Field>
      <div className="row">
        <LanguageField label={words.say('replyLanguage')} />
        <Field label={words.say('replyTo')}>
          <select name="handling" defaultValue={finding.handling === 'room' ? 'parties' : finding.handling}>
            {(['parties', 'public'] as const).map((h) => (
              <option key={h} value={h}>
                {words.say(editionWord[h])}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <Refused failure={failure} />
      {sent && <p role="status">{words.say('replySent')}</p>}
      <button type="submit" className="btn main" disabled={busy}>
        {words.say('sendReply')}
      </button>
    </form>
  );
}

function LanguageField({ label }: { label: string }): ReactNode {
  const words = useWords();
  return (
    <Field label={label}>
      <select name="language" defaultValue={words.language}>
        {languages.map((l) => (
          <option key={l} value={l} lang={l}>
            {ownNames[l]}
          </option>
        ))}
        <option value="und">{words.say('language_other')}</option>
      </select>
    </Field>
  );
}

function NewFinding({ path, done }: { path: string; done(): void }): ReactNode {
  const words = useWords();
  const room = useRoom();
  // Another view may hand over what the finding would rest on.
  const about = useAddress().query['about'] ?? '';
  const parties = useAnswer<{ id: string; name: string }[]>(`/operations/${room.operation.slug}/parties`).value;
  const { failure, busy, attempt } = useTrying();
  const send = (e: FormEvent<HTMLFormElement>): void => {
    e.preventDefault();
    const form = e.currentTarget;
    const entered = new FormData(form);
    const on = String(entered.get('about') ?? '').split(/[\s,;،]+/).filter(Boolean);
    void attempt(() => call('POST', path, { text: entered.get('text'), language: entered.get('language'), about: on, to: entered.get('to'), reply_by: entered.get('reply_by'), handling: entered.get('handling') })).then((ok) => {
      if (!ok) return;
      form.reset();
      done();
    });
  };
  if (parties?.length === 0) return <p className="empty">{words.say('noParties')}</p>;
  return (
    <form className="sheet" onSubmit={send} aria-labelledby="new-finding">
      <h2 id="new-finding">{words.say('newFinding')}</h2>
      <Field label={words.say('findingText')}>
        <textarea name="text" required rows={3} maxLength={10_000} dir="auto" />
      </Field>
      <Field label={words.say('findingOn')}>
        <input name="about" required dir="ltr" defaultValue={about} />
      </Field>
      <div className="row">
        <Field label={words.say('findingParty')}>
          <select name="to" required>
            {parties?.map((p) => (
              <option key={p.id} value={p.id}>
                {p.name}
              </option>
            ))}
          </select>
        </Field>
        <LanguageField label={words.say('findingLanguage')} />
        <Field label={words.say('findingReplyBy')}>
          <input name="reply_by" type="datetime-local" required />
        </Field>
        <Field label={words.say('onceAdopted')}>
          <select name="handling" defaultValue="parties">
            {editions.map((h) => (
              <option key={h} value={h}>
                {words.say(editionWord[h])}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <Refused failure={failure} />
      <button type="submit" className="btn main" disabled={busy}>
        {words.say('putIt')}
      </button>
    </form>
  );
}
