import { type ReactNode, useState } from 'react';
import { toView, useAddress, write } from '../app/address.ts';
import { viewQuery } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chips, Engine, Refused } from '../app/marks.tsx';
import { Fresh, when } from '../situation/Board.tsx';
import { LensBar } from '../situation/LensBar.tsx';
import { ClockLine } from './ClockLine.tsx';
import { Entering } from './Entering.tsx';
import { changeWord, clockOf } from './reading.ts';
import { ReadingMark } from './ReadingMark.tsx';
import { SideBySide } from './SideBySide.tsx';
import type { Agreement, Allegation, Change, Term, Version } from './shape.ts';
import './terms.css';

/** The agreement, term by term: what it asks, how the statements read, and what stands behind that. An officer enters its text here. */
export function Terms(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const address = useAddress();
  const [turn, setTurn] = useState(0);
  const isOfficer = room.roles.includes('reporting-officer');
  const answer = useAnswer<Agreement>(`/operations/${room.operation.slug}/agreement${viewQuery(address.query)}`, `${turn}.${room.live.desk}`);
  const { value, refusal, noConnection } = answer;
  if (isOfficer && address.path[3] === 'text') {
    return (
      <div className="page wide">
        <Refused failure={refusal} />
        {value ? <Entering entered={value.entered ?? null} problems={value.problems ?? []} /> : <p className="empty">{words.say(noConnection ? 'noConnectionYet' : 'loading')}</p>}
      </div>
    );
  }
  return (
    <>
      <LensBar situation={undefined} answer={answer} />
      <Fresh show={() => setTurn(turn + 1)} />
      <div className="page terms">
        <h1>{words.say('termsTitle')}</h1>
        <Refused failure={refusal} />
        {!value && !refusal && <p className="empty">{words.say(noConnection ? 'noConnectionYet' : 'loading')}</p>}
        {value && <Read agreement={value} isOfficer={isOfficer} />}
      </div>
    </>
  );
}

function Read({ agreement, isOfficer }: { agreement: Agreement; isOfficer: boolean }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const address = useAddress();
  const inRoom = agreement.entered !== undefined;
  const mayPut = room.roles.some((r) => r === 'monitor' || r === 'reporting-officer');
  const toText = isOfficer && (
    <p>
      <a className="btn" href={toView(address, 'terms', 'text')}>
        {words.say(agreement.entered ? 'termsChange' : 'termsEnter')}
      </a>
    </p>
  );
  if (agreement.title === null) {
    return (
      <>
        <p className="empty">{words.say(agreement.entered ? 'termsUnreadable' : isOfficer ? 'termsEmptyOfficer' : 'termsEmpty')}</p>
        {toText}
      </>
    );
  }
  return (
    <>
      <p className="agreed">
        <Engine>
          <b>{agreement.title}</b>
        </Engine>
      </p>
      <p className="standing-line">
        <b>{words.say('termsNotFinding')}</b> {words.say('termsNotMet')}{' '}
        {mayPut && (
          <a className="lnk" href={toView(address, 'findings')}>
            {words.say('termsPutFinding')}
          </a>
        )}
      </p>
      <Signed agreement={agreement} />
      <p className="muted small">
        {agreement.read_up_to && words.say('termsReadUpTo', { when: when(agreement.read_up_to, words) })} {agreement.terms.some((t) => t.provisional) && words.say('termsProvisionalHow')}
      </p>
      {agreement.terms.length === 0 && <p className="empty">{words.say('termsNoneKnown')}</p>}
      {byVersion(agreement).map(([version, terms]) => (
        <section key={version?.number ?? 0} aria-labelledby={`version-${version?.number ?? 0}`}>
          <h2 id={`version-${version?.number ?? 0}`}>
            {version ? words.say('termsVersion', { n: version.number }) : words.say('termsNoVersion')}
            {version && (
              <span className="versionof">
                {' '}
                <Engine>
                  {version.title}, {words.language === 'en' ? 'from ' : ''}
                  {version.from}
                </Engine>
                {version.amends !== null && ` · ${words.say('termsAmends', { n: version.amends })}`} <Chips ids={version.according_to} />
              </span>
            )}
          </h2>
          <ol className="termlist">
            {terms.map((term) => (
              <OneTerm key={term.id} term={term} agreement={agreement} inRoom={inRoom} mayPut={mayPut} />
            ))}
          </ol>
        </section>
      ))}
      <Steps agreement={agreement} />
      {toText}
    </>
  );
}

// In the order of the text; what belongs to no version stands last.
function byVersion(agreement: Agreement): [Version | undefined, Term[]][] {
  const versions = agreement.versions ?? [];
  const groups: [Version | undefined, Term[]][] = versions.map((v) => [v, agreement.terms.filter((t) => t.version === v.number)]);
  groups.push([undefined, agreement.terms.filter((t) => !versions.some((v) => v.number === t.version))]);
  return groups.filter(([, terms]) => terms.length > 0);
}

function Signed({ agreement }: { agreement: Agreement }): ReactNode {
  const words = useWords();
  const list = (label: string, who: readonly { words: string }[] | undefined): ReactNode =>
    who && who.length > 0 ? (
      <div>
        <dt>{label}</dt>
        <dd>
          <Engine>{who.map((s) => s.words).join('; ')}</Engine>
        </dd>
      </div>
    ) : null;
  return (
    <dl className="facts">
      {list(words.say('kind_party'), agreement.parties)}
      {list(words.say('kind_guarantor'), agreement.guarantors)}
    </dl>
  );
}

function Steps({ agreement }: { agreement: Agreement }): ReactNode {
  const words = useWords();
  const steps = agreement.steps ?? [];
  return steps.length === 0 ? null : (
    <section aria-labelledby="steps">
      <h2 id="steps">{words.say('termsSteps')}</h2>
      <ol className="steplist">
        {steps.map((s) => (
          <li key={s.step}>
            {words.say('termsStep', { n: s.step })}: {words.say('termsOfStep', { terms: words.list([...s.terms]) })}
            {s.waiting.length > 0 && ` · ${words.say('termsWaiting', { terms: words.list([...s.waiting]) })}`}
          </li>
        ))}
      </ol>
    </section>
  );
}

function OneTerm({ term, agreement, inRoom, mayPut }: { term: Term; agreement: Agreement; inRoom: boolean; mayPut: boolean }): ReactNode {
  const words = useWords();
  const address = useAddress();
  const [open, setOpen] = useState(false);
  const now = address.query['as_of'] ? null : Date.now();
  const clocks = term.clauses.map((c) => clockOf(c, agreement.read_up_to, now)).filter((c) => c !== null);
  const names = new Map([...(agreement.parties ?? []), ...(agreement.guarantors ?? [])].map((s) => [s.name, s.words]));
  return (
    <li id={`term-${term.id}`} className="term">
      <div className="how">
        <ReadingMark term={term} />
        {term.provisional && <span className="tag provisional">{words.say('termsProvisional')}</span>}
        {term.since && <span className="muted small">{words.say('since', { when: when(term.since, words) })}</span>}
      </div>
      <div className="asks">
        <h3>
          <Engine>
            {term.id}. {term.title}
          </Engine>
        </h3>
        {term.clauses.map((c, i) => (
          // biome-ignore lint: clauses have no identity but their place
          <div key={i} className="clause">
            {/* What is said of the term itself comes as a second reading of one clause. */}
            {term.clauses.findIndex((other) => other.text === c.text) === i && (
              <p className="muted">
                <Engine>{c.text}</Engine>
              </p>
            )}
            {c.two_totals && <SideBySide clause={c} />}
            {(inRoom || !c.two_totals) && (
              <p>
                <Engine>{c.sentence}</Engine>
              </p>
            )}
          </div>
        ))}
        {(term.deciding ?? []).length > 0 && (
          <p className="deciding">
            <span className="muted small">{words.say('termsDeciding')}</span> <Chips ids={term.deciding!} />
          </p>
        )}
        <details onToggle={(e) => setOpen(e.currentTarget.open)}>
          <summary>
            {words.say('termsBehind')} <span className="vh">{term.id}</span>
          </summary>
          {open && <Behind term={term} names={names} inRoom={inRoom} mayPut={mayPut} size={agreement.size} />}
        </details>
      </div>
      {clocks.length > 0 && (
        <div className="clocks">
          {clocks.map((clock) => (
            <ClockLine key={`${clock.due}${clock.state}`} clock={clock} />
          ))}
        </div>
      )}
    </li>
  );
}

function Behind({ term, names, inRoom, mayPut, size }: { term: Term; names: ReadonlyMap<string, string>; inRoom: boolean; mayPut: boolean; size: number }): ReactNode {
  const words = useWords();
  const address = useAddress();
  const name = (n: string): string => names.get(n) ?? n;
  const watched = term.forbids || term.clauses.some((c) => c.ground === 'no-report-while-watched' || c.ground === 'not-watched');
  const rows: [string, ReactNode][] = [
    [words.say('termsBinds'), term.binds.length > 0 && <Engine>{term.binds.map(name).join('; ')}</Engine>],
    [words.say('termsAsked'), term.asked_by && <Engine>{name(term.asked_by)}</Engine>],
    [words.say('termsStatedIn'), term.stated_in.length > 0 && <Chips ids={term.stated_in} most={20} />],
    [words.say('termsDeniedIn'), term.denied_by.length > 0 && <Chips ids={term.denied_by} most={20} />],
    [words.say('termsEvidence'), term.ids.length > 0 && <Chips ids={term.ids} most={40} />],
  ];
  return (
    <div className="behind">
      <dl className="facts">
        {rows
          .filter(([, v]) => v)
          .map(([label, v]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{v}</dd>
            </div>
          ))}
      </dl>
      {watched && <p className="muted">{words.say('termsWatched')}</p>}
      {inRoom && (
        <>
          <Responsible term={term} />
          {mayPut && (
            <p>
              <a className="lnk" href={write({ path: ['op', address.path[1] ?? '', 'findings'], query: { about: (term.deciding ?? []).join(', ') } })}>
                {words.say('termsPutFindingOn')}
              </a>
            </p>
          )}
          <History term={term} size={size} />
        </>
      )}
    </div>
  );
}

// Whom each account names, side by side: an allegation is never more than somebody's word.
function Responsible({ term }: { term: Term }): ReactNode {
  const words = useWords();
  const alleged = term.alleged ?? [];
  if (alleged.length === 0 && term.findings.length === 0) return null;
  const authors = new Map<string, Allegation[]>();
  for (const a of alleged) authors.set(a.author, [...(authors.get(a.author) ?? []), a]);
  return (
    <div>
      <h4>{term.findings.length > 0 ? words.say('termsSeeFindings') : words.say('termsNotResolved')}</h4>
      {term.findings.length > 0 && <Chips ids={term.findings} />}
      {authors.size > 0 && (
        <ul className="pair">
          {[...authors].map(([author, by]) => (
            <li key={author}>
              <p className="muted small">{words.say('termsNamed')}</p>
              <p>
                <Engine>{author}</Engine>
              </p>
              <ul>
                {by.map((a) => (
                  <li key={a.id} className="bare">
                    <span className="muted">{words.say('termsAccordingTo')}</span> <bdi>{a.said_by}</bdi> <Chips ids={[a.id]} />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Two clocks: when a reading changed by what was known, and the time that the statement behind it speaks of. */
function History({ term, size }: { term: Term; size: number }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const address = useAddress();
  const { value, refusal } = useAnswer<Change[]>(`/operations/${room.operation.slug}/agreement/history${viewQuery(address.query, { term: term.id })}`, size);
  return (
    <div>
      <h4>{words.say('termsHistory')}</h4>
      <Refused failure={refusal} />
      {!value && !refusal && <p className="muted">{words.say('loading')}</p>}
      {value && (
        <div className="scrolls" tabIndex={0} role="region" aria-label={`${words.say('termsHistory')}: ${term.id}`}>
          <table>
            <thead>
              <tr>
                {(['historyKnown', 'historyReading', 'historyBy', 'historySpeaks'] as const).map((head) => (
                  <th key={head} scope="col">
                    {words.say(head)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {value.map((c, i) => (
                // biome-ignore lint: changes have no identity but their place
                <tr key={i}>
                  <th scope="row">{c.known_at ? when(c.known_at, words) : words.say('historyStart')}</th>
                  <td>
                    <b>{words.say(changeWord(c.after, c.forbids))}</b>
                    <br />
                    <span className="muted">
                      <Engine>{c.sentence}</Engine>
                    </span>
                  </td>
                  <td>{c.by ? <Chips ids={[c.by]} /> : words.say('historyClock')}</td>
                  <td>{c.about ? when(c.about, words) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
