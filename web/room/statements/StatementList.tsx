import { type ReactNode, useState } from 'react';
import { go, useAddress, withQuery } from '../app/address.ts';
import { type Statement, viewQuery } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Engine, Field, Refused, SourceName } from '../app/marks.tsx';
import type { Word } from '../app/words/en.ts';
import { LensBar } from '../situation/LensBar.tsx';
import { when } from '../situation/Board.tsx';

const kinds = ['headcount', 'movement', 'incident', 'obstruction', 'stop', 'status', 'control', 'agreement', 'undertaking', 'access', 'appeal', 'diplomacy', 'attribution', 'unknown', 'coverage', 'assessment', 'correction', 'withdrawal', 'comment', 'screening', 'voluntariness', 'handover', 'contact', 'clearance', 'finding'];

const sourceKinds = ['own-observers', 'un', 'red-cross-red-crescent', 'monitor-group', 'guarantor', 'party', 'responder', 'witness', 'media'];
const standings = ['current', 'corrected', 'superseded', 'withdrawn'];
const narrowing = ['q', 'kind', 'source_kind', 'place', 'standing'] as const;

/** Every statement one may see, the newest first, and those that have just arrived above them. */
export function StatementList(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const address = useAddress();
  const [size, setSize] = useState(50);
  const q = address.query['q'] ?? '';
  const kind = address.query['kind'] ?? '';
  const asked = Object.fromEntries(narrowing.map((name) => [name, address.query[name] ?? '']));
  const narrowed = narrowing.some((name) => asked[name]);
  const answer = useAnswer<{ total: number; statements: Statement[]; next: string | null }>(`/operations/${room.operation.slug}/statements${viewQuery(address.query, { ...asked, limit: String(size) })}`);
  const placeIds = (room.places?.features ?? []).map((f) => String(f.properties.id));
  const listed = answer.value?.statements ?? [];
  const fresh = narrowed || address.query['as_of'] || address.query['lens'] ? [] : room.live.fresh.filter((s) => !listed.some((l) => l.id === s.id));
  return (
    <>
      <LensBar situation={undefined} answer={answer} />
      <div className="page">
        <h1>{words.say('viewStatements')}</h1>
        <form className="row" role="search" onSubmit={(e) => e.preventDefault()}>
          <Field label={words.say('search')} hint={words.say('searchHint')}>
            <input type="search" dir="auto" value={q} maxLength={200} onChange={(e) => go(withQuery(address, { q: e.target.value }), true)} />
          </Field>
          <Field label={words.say('filterKind')}>
            <select value={kind} onChange={(e) => go(withQuery(address, { kind: e.target.value }), true)}>
              <option value="">{words.say('anyKind')}</option>
              {kinds.map((k) => (
                <option key={k} value={k}>
                  {k}
                </option>
              ))}
            </select>
          </Field>
          <Narrow name="source_kind" label={words.say('filterSource')} any={words.say('anySource')} of={sourceKinds.map((k) => [k, words.say(`kind_${k}` as Word)])} />
          <Narrow name="place" label={words.say('filterPlace')} any={words.say('anyPlace')} of={placeIds.map((id) => [id, room.placeName(id)])} />
          <Narrow name="standing" label={words.say('filterStanding')} any={words.say('anyStanding')} of={standings.map((k) => [k, words.say(`standing_${k}` as Word)])} />
          <p className="num muted" aria-live="polite">
            {answer.value && words.say('statements', { n: answer.value.total + fresh.length })}
          </p>
        </form>
        <Refused failure={answer.refusal} />
        <ol className="list">
          {fresh.map((s) => (
            <Item key={s.id} statement={s} isNew />
          ))}
          {listed.map((s) => (
            <Item key={s.id} statement={s} />
          ))}
        </ol>
        {answer.value && listed.length + fresh.length === 0 && <p className="empty">{words.say('noStatements')}</p>}
        {answer.value?.next && (
          <button type="button" className="btn" onClick={() => setSize(Math.min(500, size + 100))}>
            {words.say('older')}
          </button>
        )}
      </div>
    </>
  );
}

function Narrow({ name, label, any, of }: { name: string; label: string; any: string; of: readonly (readonly [string, string])[] }): ReactNode {
  const address = useAddress();
  return (
    <Field label={label}>
      <select value={address.query[name] ?? ''} onChange={(e) => go(withQuery(address, { [name]: e.target.value }), true)}>
        <option value="">{any}</option>
        {of.map(([value, shown]) => (
          <option key={value} value={value}>
            {shown}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Item({ statement, isNew = false }: { statement: Statement; isNew?: boolean }): ReactNode {
  const words = useWords();
  const address = useAddress();
  return (
    <li className={`${isNew ? 'new' : ''} ${statement.standing}`}>
      <a href={withQuery(address, { open: `statement:${statement.id}` })}>
        <span className="id" dir="ltr">
          {statement.id}
        </span>
        <span className="muted num">{when(statement.known_from, words)}</span>
        <SourceName source={statement.source} />
        <span className="wording">
          <Engine>{statement.wording}</Engine>
        </span>
        {statement.standing !== 'current' && <span className="tag">{words.say(`standing_${statement.standing}`)}</span>}
        <span className="tag">{words.say(statement.level === 'logged' ? 'level_logged' : 'level_held')}</span>
      </a>
    </li>
  );
}
