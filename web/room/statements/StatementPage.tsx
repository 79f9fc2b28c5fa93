import { type FormEvent, type ReactNode, useState } from 'react';
import { write } from '../app/address.ts';
import { call, type Refusal, type Statement, type StatementDetail } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chip, Engine, Field, Refused, SourceName } from '../app/marks.tsx';
import type { Word } from '../app/words/en.ts';
import { when } from '../situation/Board.tsx';
import { KindPart, useVocabulary } from './KindPart.tsx';
import { answersOf, kinds, NotACount, offsetOf, saidOf } from './kinds.ts';

/** One statement whole: who said it and through whom, its four times, what points to it, what is attached, and what may be done about it. */
export function StatementPage({ id }: { id: string }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const [turn, setTurn] = useState(0);
  const path = `/operations/${room.operation.slug}/statements/${encodeURIComponent(id)}`;
  const { value, refusal } = useAnswer<StatementDetail>(path, turn);
  if (!value) return refusal ? <Refused failure={refusal} /> : <p className="empty">{words.say('loading')}</p>;
  const s = value.statement;
  const rows: [string, ReactNode][] = [
    [words.say('saidAt'), when(s.said_at, words)],
    [words.say('spokenOf'), <>{when(s.about, words)} {s.about_words && <span className="said">({s.about_words})</span>}</>],
    [words.say('whereAt'), [s.from, s.via, s.to].filter(Boolean).map((p) => room.placeName(p)).join(' → ')],
    [words.say('basis'), s.basis === 'not-said' ? words.say('notSaid') : s.basis],
    [words.say('handling'), `${s.handling} · ${words.say('consent')}: ${s.consent}`],
    [words.say('citation'), s.citation],
  ];
  return (
    <article className="statement">
      <h2>
        <span dir="ltr">{s.id}</span> <span className={`standing ${s.standing}`}>{words.say(`standing_${s.standing}`)}</span> <span className="tag">{words.say(`level_${s.level}` as Word)}</span>
      </h2>
      <p className="who">
        <SourceName source={s.source} />
        {s.relayed_by.map((r) => (
          <span key={r.id} className="muted">
            {' '}
            · {words.say('relayedBy', { source: r.name })}
          </span>
        ))}
      </p>
      <p className={`wording ${s.standing === 'withdrawn' ? 'struck' : ''}`}>
        <Engine>{s.wording}</Engine>
      </p>
      {s.paraphrase && (
        <p>
          <Engine>{s.paraphrase}</Engine>
        </p>
      )}
      {s.words && (
        <figure>
          <figcaption className="muted small">{words.say('originalWords')}</figcaption>
          <blockquote className="said" lang={s.words.language} dir="auto">
            {s.words.text}
          </blockquote>
          {s.words.document_sha256 && room.roles.some((r) => r === 'observer' || r === 'monitor' || r === 'reporting-officer') && (
            <a className="lnk" href={write({ path: ['op', room.operation.slug, 'intake'], query: { text: s.words.document_sha256, from: String(s.words.start), to: String(s.words.end) } })}>
              {words.say('intakeShowInText')}
            </a>
          )}
        </figure>
      )}
      <dl className="facts">
        {rows
          .filter(([, v]) => v)
          .map(([label, v]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{v}</dd>
            </div>
          ))}
        {s.reception && (
          <div>
            <dt>{words.say('sayForAnother')}</dt>
            <dd>
              {words.say(`channel_${s.reception.channel}` as Word)}, {when(s.reception.heard_at, words)}
              {s.reception.counted_by && `, ${words.say('sayCountedBy')}: ${s.reception.counted_by}`}
              {s.reception.read_back && `, ${words.say('sayReadBack')}`}
            </dd>
          </div>
        )}
      </dl>
      <Attachments slug={room.operation.slug} detail={value} />
      <Pointing links={s.links} from={value.linked_from} />
      <Times detail={value} />
      {room.roles.some((r) => r === 'monitor' || r === 'reporting-officer') && <Acts statement={s} json={value.json} path={path} done={() => setTurn(turn + 1)} />}
    </article>
  );
}

function Attachments({ slug, detail }: { slug: string; detail: StatementDetail }): ReactNode {
  const words = useWords();
  return detail.attachments.length === 0 ? null : (
    <section aria-label={words.say('attached')}>
      <h3>{words.say('attached')}</h3>
      {detail.attachments.map((a) => (
        <figure key={a.sha256}>
          {a.media.startsWith('image/') && <img className="attached" src={`/api/v1/operations/${slug}/statements/${detail.statement.id}/attachments/${a.sha256}`} alt={words.say('photo', { id: detail.statement.id })} />}
          {!a.media.startsWith('image/') && (
            <a className="lnk" href={`/api/v1/operations/${slug}/statements/${detail.statement.id}/attachments/${a.sha256}`} download={`${detail.statement.id}.${/\w+$/.exec(a.media)?.[0] ?? 'bin'}`}>
              {words.say('attachedFile', { media: a.media })}
            </a>
          )}
          <figcaption className="small muted" dir="ltr">
            SHA-256 {a.sha256}
          </figcaption>
        </figure>
      ))}
    </section>
  );
}

function Pointing({ links, from }: { links: Statement['links']; from: StatementDetail['linked_from'] }): ReactNode {
  const words = useWords();
  return (
    <>
      {links.map((l) => (
        <p key={`${l.relation}${l.to}`}>
          <Engine>{l.relation}</Engine> <Chip id={l.to} />
        </p>
      ))}
      {from.length > 0 && (
        <p>
          {words.say('linkedFrom')}:{' '}
          {from.map((l) => (
            <span key={`${l.relation}${l.id}`}>
              <Chip id={l.id} /> <Engine>{l.relation}</Engine>{' '}
            </span>
          ))}
        </p>
      )}
    </>
  );
}

function Times({ detail }: { detail: StatementDetail }): ReactNode {
  const words = useWords();
  const { entry } = detail;
  return (
    <section aria-label={words.say('fourTimes')}>
      <h3>{words.say('fourTimes')}</h3>
      <p>
        {words.say('timeClaimed')}: {words.dateTime(entry.claimed.at)} · {words.say('timeNotBefore', { n: entry.not_before_size })} · {words.say('entry', { n: entry.index })}
      </p>
      {entry.notes.length > 0 && (
        <p>
          <Engine>{entry.notes.join(', ')}</Engine>
        </p>
      )}
      <p className="small muted hash" dir="ltr">
        {entry.id}
      </p>
    </section>
  );
}

function Acts({ statement, json, path, done }: { statement: Statement; json: StatementDetail['json']; path: string; done(): void }): ReactNode {
  const words = useWords();
  const [act, setAct] = useState<'withdrawal' | 'comments' | 'correction' | null>(null);
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<Refusal>();
  const [made, setMade] = useState('');
  const send = async (e: FormEvent): Promise<void> => {
    e.preventDefault();
    try {
      const answer = await call<Statement>('POST', `${path}/${act}`, act === 'comments' ? { text } : { reason: text });
      setMade(answer.id);
      setAct(null);
      setText('');
      setFailure(undefined);
      done();
    } catch (refusal) {
      setFailure(refusal as Refusal);
    }
  };
  return (
    <section className="acts noprint">
      <div className="row">
        <button type="button" className="btn" aria-expanded={act === 'comments'} onClick={() => setAct('comments')}>
          {words.say('comment')}
        </button>
        {statement.standing !== 'withdrawn' && json && statement.kind in kinds && (
          <button type="button" className="btn" aria-expanded={act === 'correction'} onClick={() => setAct('correction')}>
            {words.say('correct')}
          </button>
        )}
        {statement.standing !== 'withdrawn' && (
          <button type="button" className="btn" aria-expanded={act === 'withdrawal'} onClick={() => setAct('withdrawal')}>
            {words.say('withdraw')}
          </button>
        )}
      </div>
      {made && <p role="status">{words.say('recorded', { id: made })}</p>}
      {act === 'correction' && json && (
        <Correction
          kind={statement.kind}
          said={json.said}
          path={path}
          made={(id) => {
            setMade(id);
            setAct(null);
            done();
          }}
        />
      )}
      {(act === 'comments' || act === 'withdrawal') && (
        <form onSubmit={send}>
          <Field label={words.say(act === 'comments' ? 'commentText' : 'reason')}>
            <textarea required rows={2} maxLength={2000} value={text} onChange={(e) => setText(e.target.value)} />
          </Field>
          <Refused failure={failure} />
          <button type="submit" className="btn main">
            {words.say('record')}
          </button>
        </form>
      )}
    </section>
  );
}

/** What should have been said: the same form as for the first words, filled with them. */
function Correction({ kind, said, path, made }: { kind: string; said: Record<string, unknown>; path: string; made(id: string): void }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const vocabulary = useVocabulary();
  const [failure, setFailure] = useState<{ message: string; place?: string | undefined }>();
  const { answers, kept } = answersOf(kind, said);
  const send = async (e: FormEvent<HTMLFormElement>): Promise<void> => {
    e.preventDefault();
    const entered = new FormData(e.currentTarget);
    const of = (name: string): string => String(entered.get(name) ?? '');
    try {
      const instead = { ...kept, ...saidOf(kind, (name) => of(`said.${name}`), vocabulary?.categories ?? [], offsetOf(room.operation.now)) };
      made((await call<Statement>('POST', `${path}/correction`, { reason: of('reason'), said: instead })).id);
    } catch (refusal) {
      setFailure(refusal instanceof NotACount ? { message: words.say('sayHowManyHint'), place: words.say(refusal.label) } : (refusal as Refusal));
    }
  };
  // A choice shows what was said only once it knows what else there is.
  if (!vocabulary) return <p className="empty">{words.say('loading')}</p>;
  return (
    <form onSubmit={send}>
      <p className="muted">{words.say('correctHow')}</p>
      <KindPart kind={kind} vocabulary={vocabulary} answers={answers} />
      <Field label={words.say('reason')}>
        <textarea name="reason" required rows={2} maxLength={2000} />
      </Field>
      <Refused failure={failure} />
      <button type="submit" className="btn main">
        {words.say('record')}
      </button>
    </form>
  );
}
