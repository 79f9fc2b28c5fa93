import type { ReactNode } from 'react';
import { toView, useAddress } from '../app/address.ts';
import { type Statement, viewQuery } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chip, Chips, Engine, Refused, SourceName } from '../app/marks.tsx';
import type { Word } from '../app/words/en.ts';
import { when } from '../situation/Board.tsx';
import { LensBar } from '../situation/LensBar.tsx';
import './log.css';

type Noted = Statement & { readonly said: Readonly<Record<string, unknown>> };

/** For the room alone: whom it spoke with and what was promised, how far each convoy is cleared, and what happened on the way. */
export function Log(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const address = useAddress();
  const path = `/operations/${room.operation.slug}/statements${viewQuery(address.query, { kind: 'contact,clearance,stop,screening,voluntariness', limit: '500', said: 'true' })}`;
  const answer = useAnswer<{ statements: Noted[] }>(path, room.live.size);
  const { value, refusal, noConnection } = answer;
  const standing = (value?.statements ?? []).filter((s) => s.standing === 'current');
  const of = (kind: string): Noted[] => standing.filter((s) => s.kind === kind);
  return (
    <>
      <LensBar situation={undefined} answer={answer} />
      <div className="page logs">
        <h1>{words.say('logTitle')}</h1>
        <p className="muted">{words.say('roomOnly')}</p>
        <Refused failure={refusal} />
        {!value && !refusal && <p className="empty">{words.say(noConnection ? 'noConnectionYet' : 'loading')}</p>}
        {value && (
          <>
            <Contacts contacts={of('contact')} />
            <Clearances clearances={of('clearance')} />
            <Accounts title="stopsTitle" none="noStops" enter="enterStop" kind="stop" accounts={of('stop')} />
            <Accounts title="screenings" none="noScreenings" enter="enterScreening" kind="screening" accounts={of('screening')} />
            <Accounts title="wishesTitle" none="noWishes" enter="enterWishes" kind="voluntariness" accounts={of('voluntariness')} />
          </>
        )}
      </div>
    </>
  );
}

function Enter({ kind, label, fill = {} }: { kind: string; label: Word; fill?: Readonly<Record<string, string>> }): ReactNode {
  const words = useWords();
  const address = useAddress();
  const query = new URLSearchParams({ kind, ...Object.fromEntries(Object.entries(fill).map(([name, value]) => [`said.${name}`, value])) });
  return (
    <a className="btn" href={`${toView({ ...address, query: {} }, 'say')}?${query}`}>
      {words.say(label)}
    </a>
  );
}

function Section({ title, enter, children }: { title: Word; enter: ReactNode; children: ReactNode }): ReactNode {
  const words = useWords();
  return (
    <section aria-labelledby={title}>
      <h2 id={title}>{words.say(title)}</h2>
      {children}
      <p>{enter}</p>
    </section>
  );
}

function Contacts({ contacts }: { contacts: readonly Noted[] }): ReactNode {
  const words = useWords();
  const text = (s: Noted, name: string): string => String(s.said[name] ?? '');
  return (
    <Section title="contacts" enter={<Enter kind="contact" label="enterContact" />}>
      {contacts.length === 0 ? (
        <p className="empty">{words.say('noContacts')}</p>
      ) : (
        <div className="scrolls" tabIndex={0} role="region" aria-label={words.say('contacts')}>
          <table>
            <thead>
              <tr>
                {(['contactWhen', 'sayOffice', 'sayAsked', 'sayAnswered', 'sayPromised', 'sayFollowUp'] as const).map((head) => (
                  <th key={head} scope="col">
                    {words.say(head)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {contacts.map((s) => (
                <tr key={s.id}>
                  <th scope="row">
                    {when(s.about, words)} <Chip id={s.id} />
                  </th>
                  <td>
                    <bdi>{text(s, 'office')}</bdi> {text(s, 'channel') && <span className="muted small">({text(s, 'channel')})</span>}
                  </td>
                  <td dir="auto">{text(s, 'asked')}</td>
                  <td dir="auto">{text(s, 'answered')}</td>
                  <td dir="auto">
                    {text(s, 'promised')}
                    {text(s, 'promised_by') && <Due by={text(s, 'promised_by')} />}
                    {text(s, 'promised') && (
                      <p>
                        <Enter kind="undertaking" label="toUndertaking" fill={{ what: text(s, 'promised'), who: text(s, 'office'), ...(text(s, 'promised_by') ? { by: text(s, 'promised_by').slice(0, 16) } : {}) }} />
                      </p>
                    )}
                  </td>
                  <td dir="auto">{text(s, 'follow_up')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function Due({ by }: { by: string }): ReactNode {
  const words = useWords();
  const late = new Date(by).getTime() < Date.now();
  return (
    <p className={late ? 'late' : 'muted'}>
      {words.say('contactBy', { time: when(by, words) })}
      {late && <> · {words.say('contactOverdue')}</>}
    </p>
  );
}

interface Party {
  readonly id: string;
  readonly name: string;
}

/** One row a convoy, one column a party: every step with its time, the last one first. */
function Clearances({ clearances }: { clearances: readonly Noted[] }): ReactNode {
  const words = useWords();
  const convoys = [...new Set(clearances.map((s) => String(s.said['convoy'])))];
  const parties = [...new Map(clearances.map((s) => s.said['party'] as Party).map((p) => [p.id, p])).values()];
  return (
    <Section title="clearances" enter={<Enter kind="clearance" label="enterClearance" />}>
      <p className="muted">{words.say('clearanceNoGuarantee')}</p>
      {clearances.length === 0 ? (
        <p className="empty">{words.say('noClearances')}</p>
      ) : (
        <div className="scrolls" tabIndex={0} role="region" aria-label={words.say('clearances')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.say('convoy')}</th>
                {parties.map((p) => (
                  <th key={p.id} scope="col">
                    <bdi>{p.name}</bdi>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {convoys.map((convoy) => (
                <tr key={convoy}>
                  <th scope="row">
                    <bdi>{convoy}</bdi>
                  </th>
                  {parties.map((p) => (
                    <td key={p.id}>
                      <ul>
                        {clearances
                          .filter((s) => s.said['convoy'] === convoy && (s.said['party'] as Party).id === p.id)
                          .map((s, i) => (
                            <li key={s.id} className={i === 0 ? '' : 'muted'}>
                              {i === 0 ? <b>{words.say(`clearance_${String(s.said['state'])}` as Word)}</b> : words.say(`clearance_${String(s.said['state'])}` as Word)} {when(s.about, words)} {s.said['reference'] ? <bdi className="small">{String(s.said['reference'])}</bdi> : null} <Chip id={s.id} />
                            </li>
                          ))}
                      </ul>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function Accounts({ title, none, enter, kind, accounts }: { title: Word; none: Word; enter: Word; kind: string; accounts: readonly Noted[] }): ReactNode {
  const words = useWords();
  const room = useRoom();
  return (
    <Section title={title} enter={<Enter kind={kind} label={enter} />}>
      {accounts.length === 0 ? (
        <p className="empty">{words.say(none)}</p>
      ) : (
        <ul className="list">
          {accounts.map((s) => (
            <li key={s.id}>
              <b>{when(s.about, words)}</b> <Engine>{s.wording}</Engine> {s.via && <span className="muted">{room.placeName(s.via)}</span>} <SourceName source={s.source} /> <Chips ids={[s.id]} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
