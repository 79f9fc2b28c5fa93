import { type ReactNode, useState } from 'react';
import { call } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chips, Field, Panel, Refused } from '../app/marks.tsx';
import { useTrying } from '../app/trying.ts';
import type { Word } from '../app/words/en.ts';
import { directionOf, languages, type Language, ownNames } from '../../shared/i18n/i18n.ts';
import { type Audience, byMatter, chains, matterOf, type Proposed, type Released } from './alerts.ts';
import { AskOnce } from './AskOnce.tsx';

/** How many proposals are read at once before more are asked for. */
const first = 3;

const forWhom: Readonly<Record<Audience, Word>> = { room: 'forRoom', parties: 'forParties', public: 'forPublic' };
const toWhom: Readonly<Record<Audience, Word>> = { room: 'toRoom', parties: 'toParties', public: 'toPublic' };

/** What the statements suggest, as it would go out, for those who may read it before; and what a named person let go, in its chains. */
export function Alerts(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const path = `/operations/${room.operation.slug}/alerts`;
  const [turn, setTurn] = useState(0);
  const { value, refusal } = useAnswer<{ proposed: Proposed[] | null; released: Released[] }>(path, `${turn}.${room.live.desk}.${room.live.size}`);
  const [all, setAll] = useState(false);
  const proposals = byMatter(value?.proposed ?? []);
  const sent = chains(value?.released ?? []);
  return (
    <Panel title={words.say('alertsTitle')} note="CAP 1.2">
      <p className="lead">{words.say(value?.proposed ? 'alertsHow' : 'alertsHowReader')}</p>
      <Refused failure={refusal} />
      {value?.proposed && (
        <>
          <h3>{words.say('alertsProposed')}</h3>
          {proposals.length === 0 && <p className="empty">{words.say('noProposed')}</p>}
          <ul className="proposed">
            {(all ? proposals : proposals.slice(0, first)).map((variants) => (
              <li key={variants[0]!.matter}>
                <Proposal variants={variants} path={path} changed={() => setTurn((t) => t + 1)} />
              </li>
            ))}
          </ul>
          {!all && proposals.length > first && (
            <p>
              <button type="button" className="btn" onClick={() => setAll(true)}>
                {words.say('alertsMore', { n: proposals.length - first })}
              </button>
            </p>
          )}
        </>
      )}
      {value && (
        <>
          <h3>{words.say('alertsReleased')}</h3>
          {sent.length === 0 && <p className="empty">{words.say('noReleased')}</p>}
          <ul className="chainlist">
            {sent.map((chain) => (
              <li key={chain[0]!.identifier}>
                <Chain chain={chain} path={path} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

function Proposal({ variants, path, changed }: { variants: readonly Proposed[]; path: string; changed(): void }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const { failure, busy, attempt } = useTrying();
  const [audience, setAudience] = useState<Audience>(variants[0]!.for);
  const [language, setLanguage] = useState<string>(words.language);
  const [status, setStatus] = useState('actual');
  const proposal = variants.find((v) => v.for === audience) ?? variants[0]!;
  const text = proposal.texts.find((t) => t.language === language) ?? proposal.texts[0];
  const about = useMatter(proposal.matter);
  const releases = room.roles.includes('reporting-officer');
  const release = (): void => void attempt(() => call('POST', path, { matter: proposal.matter, for: proposal.for, digest: proposal.digest, status })).then(changed);
  return (
    <article className="alert" aria-label={about}>
      <header>
        <h4>{about}</h4> <span className="tag">{words.say(`alert_${proposal.message}`)}</span>
        {proposal.follows && <span className="muted small">{words.say('alertFollows', { n: numberOf(proposal.follows) })}</span>}
      </header>
      <div className="choices">
        <Choice label={words.say('madeFor')} of={variants.map((v) => [v.for, words.say(forWhom[v.for])])} chosen={proposal.for} choose={(a) => setAudience(a as Audience)} />
        <Choice label={words.say('alertLanguage')} of={proposal.texts.map((t) => [t.language, ownNames[t.language as Language] ?? t.language])} chosen={text?.language ?? ''} choose={setLanguage} inOwn />
      </div>
      {text && (
        <blockquote lang={text.language} dir={languages.includes(text.language as Language) ? directionOf(text.language as Language) : 'auto'}>
          <b>{text.headline}</b>
          <p>{text.description}</p>
        </blockquote>
      )}
      {proposal.statements.length > 0 && (
        <p className="rests">
          <span className="muted small">{words.say('restsOn')}</span> <Chips ids={proposal.statements} />
        </p>
      )}
      <Refused failure={failure} />
      {releases ? (
        <div className="row">
          <Field label={words.say('alertStatus')}>
            <select value={status} onChange={(e) => setStatus(e.target.value)}>
              {(['actual', 'exercise', 'test'] as const).map((s) => (
                <option key={s} value={s}>
                  {words.say(`alertStatus_${s}`)}
                </option>
              ))}
            </select>
          </Field>
          <AskOnce
            key={proposal.digest}
            main
            disabled={busy}
            label={words.say('alertRelease')}
            about={about}
            question={words.say('alertAsk', { headline: text?.headline ?? about, whom: words.say(toWhom[proposal.for]), status: words.say(`alertStatus_${status}` as Word) })}
            act={release}
          />
        </div>
      ) : (
        <p className="muted small">{words.say('alertWaits')}</p>
      )}
    </article>
  );
}

function Choice({ label, of, chosen, choose, inOwn = false }: { label: string; of: readonly (readonly [string, string])[]; chosen: string; choose(value: string): void; inOwn?: boolean }): ReactNode {
  return (
    <div role="group" aria-label={label} className="choice">
      <span className="lab">{label}</span>
      {of.map(([value, name]) => (
        <button key={value} type="button" className="pick" aria-pressed={value === chosen} lang={inOwn ? value : undefined} onClick={() => choose(value)}>
          {name}
        </button>
      ))}
    </div>
  );
}

function Chain({ chain, path }: { chain: readonly Released[]; path: string }): ReactNode {
  const words = useWords();
  const { matter, for: audience } = chain[0]!;
  const about = useMatter(matter);
  return (
    <article aria-label={about}>
      <h4>
        {about} <span className="tag">{words.say(forWhom[audience])}</span>
      </h4>
      <ol className="sentalerts">
        {chain.map((r) => (
          <li key={r.identifier}>
            <b>{words.say(`alert_${r.message}`)}</b>{' '}
            <span className="num" title={r.identifier}>
              {words.say('alertNumber', { n: numberOf(r.identifier) })}
            </span>{' '}
            <span>{words.dateTime(r.sent)}</span> {r.released_by && <span className="muted">{words.say('alertReleasedBy', { name: r.released_by })}</span>}
            <Chips ids={r.statements} />
            <a className="btn" href={`/api/v1${path}/${encodeURIComponent(r.identifier)}.cap`} download={`${r.identifier}.cap`} aria-label={`XML: ${words.say(`alert_${r.message}`)}, ${about}, ${words.dateTime(r.sent)}`}>
              XML
            </a>
          </li>
        ))}
      </ol>
    </article>
  );
}

/** The number at its end tells alerts of one operation apart. */
const numberOf = (identifier: string): string => identifier.slice(identifier.lastIndexOf('.') + 1);

function useMatter(matter: string): string {
  const words = useWords();
  const room = useRoom();
  const { topic, place, day } = matterOf(matter);
  return [words.say(`topic_${topic}` as Word), place && room.placeName(place), day && words.dateTime(`${day}T12:00:00Z`, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })].filter(Boolean).join(' · ');
}
