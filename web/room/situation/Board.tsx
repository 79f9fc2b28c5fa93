import { type ReactNode, useState } from 'react';
import { useAddress, withQuery } from '../app/address.ts';
import { viewQuery } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chips, Engine, Panel, Refused, SourceName } from '../app/marks.tsx';
import type { Word } from '../app/words/en.ts';
import { TermsCard } from '../terms/TermsCard.tsx';
import { Convoys } from './Convoys.tsx';
import { Drawer } from './Drawer.tsx';
import { LensBar } from './LensBar.tsx';
import { PlaceMap } from './PlaceMap.tsx';
import { RangeTable, spanOf } from './RangeTable.tsx';
import type { Dispute, Figure, SaidState, Situation, StatusOf } from './shape.ts';

/** The room: status, figures, disputes, convoys and the way out, in one view. */
export function Board(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const address = useAddress();
  const [turn, setTurn] = useState(0);
  const answer = useAnswer<Situation>(`/operations/${room.operation.slug}/situation${viewQuery(address.query)}`, `${turn}.${room.live.fresh.length === 0 ? 0 : ''}`);
  const situation = answer.value;
  return (
    <>
      <h1 className="vh">{words.say('viewRoom')}</h1>
      <LensBar situation={situation} answer={answer} />
      <Fresh show={() => setTurn(turn + 1)} />
      <Refused failure={answer.refusal} />
      {situation ? (
        <>
          <Status status={situation.status} />
          <div className="board">
            <div className="col">
              <Figures situation={situation} />
            </div>
            <div className="col">
              <TermsCard terms={situation.terms} asOf={situation.as_of} />
              <Disputes situation={situation} />
            </div>
            <div className="col">
              <Convoys movements={situation.movements} />
              <PlaceMap movements={situation.movements} />
            </div>
          </div>
          {address.query['open'] && <Drawer open={address.query['open']} situation={situation} />}
        </>
      ) : (
        !answer.refusal && <p className="empty">{words.say(answer.noConnection ? 'noConnectionYet' : 'loading')}</p>
      )}
    </>
  );
}

/** What arrived waits for a press: nothing moves under the pointer. */
export function Fresh({ show }: { show(): void }): ReactNode {
  const words = useWords();
  const { live } = useRoom();
  return live.fresh.length === 0 ? null : (
    <div className="fresh" role="status">
      <span>{words.say('newStatements', { n: live.fresh.length })}</span>
      <Chips ids={live.fresh.map((s) => s.id)} most={4} />
      <button
        type="button"
        className="btn"
        onClick={() => {
          live.shown();
          show();
        }}
      >
        {words.say('showNew')}
      </button>
    </div>
  );
}

// Lines of equal size, whoever speaks and however many: the room chooses no state.
function Status({ status }: { status: readonly StatusOf[] }): ReactNode {
  const words = useWords();
  const lines = status.flatMap((s) => s.states.map((state) => ({ ...state, what: s.what })));
  return (
    <section className="status" aria-label={words.say('status')}>
      {lines.length === 0 && <p className="muted">{words.say('noStatus')}</p>}
      {lines.map((line) => (
        <div key={`${line.what}${line.state}`} className="side">
          <h2>
            {words.say(`state_${line.state}` as Word)} <span className="muted small">{words.say('since', { when: when(line.since, words) })}</span>
          </h2>
          <Said label={words.say('statedBy')} by={line.said_by} />
          <Said label={words.say('deniedBy')} by={line.denied_by} />
        </div>
      ))}
    </section>
  );
}

function Said({ label, by }: { label: string; by: readonly SaidState[] }): ReactNode {
  return by.length === 0 ? null : (
    <ul className="srcs">
      <li className="muted">{label}</li>
      {by.map((s) => (
        <li key={s.source_id} className={s.still_stands ? '' : 'earlier'}>
          <SourceName source={{ name: s.source, kind: s.source_kind }} />
          <Chips ids={s.ids} most={3} />
        </li>
      ))}
    </ul>
  );
}

export const when = (moment: string, words: { dateTime(m: string, o?: Intl.DateTimeFormatOptions): string }): string =>
  moment
    .split('/')
    .filter((end, i, ends) => i === 0 || end !== ends[0])
    .map((end) => (end.includes('T') ? words.dateTime(end) : /^\d{4}-\d{2}-\d{2}$/.test(end) ? words.dateTime(`${end}T12:00:00Z`, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }) : end))
    .join(' – ');

const order = ['left', 'passed', 'arrived', 'remaining', 'wished-to-leave', 'turned-back', 'held', 'killed', 'wounded'];
const atOnce = 6;

// What people look for first stands first: who left, who is still inside, who was hurt; then by how many sources speak.
function ranked(figures: readonly Figure[]): Figure[] {
  const place = (f: Figure): number => (order.indexOf(f.quantity.measure) + order.length + 1) % (order.length + 1);
  return figures
    .filter((f) => !f.derived)
    .map((figure, i) => ({ figure, i }))
    .sort((a, b) => weight(b.figure) - weight(a.figure) || place(a.figure) - place(b.figure) || a.i - b.i)
    .map((x) => x.figure);
}

const weight = (f: Figure): number => f.per_source.length * (f.quantity.unit === 'people' ? 2 : 1) * (f.quantity.category === 'all' ? 2 : 1) * (f.quantity.batch ? 0.4 : 1);

function Figures({ situation }: { situation: Situation }): ReactNode {
  const words = useWords();
  const address = useAddress();
  const [all, setAll] = useState(false);
  const figures = ranked(situation.figures);
  const shown = all ? figures : figures.slice(0, atOnce);
  if (figures.length === 0) {
    return (
      <Panel title={words.say('figures')}>
        <p className="empty">{words.say('noFigures')}</p>
      </Panel>
    );
  }
  return (
    <>
      {shown.map((figure) => (
        <section key={figure.id} className="panel" aria-labelledby={figure.id}>
          <header>
            <h2 id={figure.id}>
              <a href={withQuery(address, { open: `figure:${figure.id}` })}>
                <Engine>{capital(figure.what)}</Engine>
              </a>
            </h2>
          </header>
          <p className="sum">
            <b className="num">{spanOf(figure, words)}</b>
            <span>{words.say('saidSpan')}</span>
          </p>
          <RangeTable figure={figure} sameOrigin={situation.same_origin} />
        </section>
      ))}
      {figures.length > atOnce && (
        <button type="button" className="btn" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? words.say('fewer') : words.say('more', { n: figures.length - atOnce })}
        </button>
      )}
    </>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function Disputes({ situation }: { situation: Situation }): ReactNode {
  const words = useWords();
  const [most, setMost] = useState(8);
  const tensions = situation.tensions;
  return (
    <Panel title={words.say('disputes')} note={words.say('disputesNote')} className="disp">
      {situation.disputes.length === 0 && <p className="empty">{words.say('noDisputes')}</p>}
      <ul>
        {situation.disputes.slice(0, most).map((d) => (
          <Rival key={d.id} dispute={d} note={words.say(`dispute_${d.kind}` as Word)} />
        ))}
      </ul>
      {situation.disputes.length > most && (
        <button type="button" className="btn more" onClick={() => setMost(most + 20)}>
          +{words.number(situation.disputes.length - most)}
        </button>
      )}
      {tensions.length > 0 && (
        <details className="tensions">
          <summary>{words.say('tensions', { n: tensions.length })}</summary>
          {reasons(tensions).map(([reason, explained]) => (
            <section key={reason} aria-label={words.say(`explained_${reason}` as Word)}>
              <h3>
                {words.say(`explained_${reason}` as Word)} <span className="muted num">{words.number(explained.length)}</span>
              </h3>
              <ul>
                {explained.map((d) => (
                  <Rival key={d.id} dispute={d} note={words.say(`dispute_${d.kind}` as Word)} />
                ))}
              </ul>
            </section>
          ))}
        </details>
      )}
    </Panel>
  );
}

// One reason, one group: what is explained alike is read together.
function reasons(tensions: readonly Dispute[]): [string, Dispute[]][] {
  const groups = new Map<string, Dispute[]>();
  for (const d of tensions) groups.set(d.explained_by ?? d.kind, [...(groups.get(d.explained_by ?? d.kind) ?? []), d]);
  return [...groups];
}

function Rival({ dispute, note }: { dispute: Dispute; note: string }): ReactNode {
  const words = useWords();
  return (
    <li>
      <p className="why">
        <Engine>{dispute.why}</Engine> <span className="kind">{note}</span>
      </p>
      <dl className="ev">
        {dispute.sides.map((side, i) => (
          <div key={side.join()}>
            <dt className="vh">{words.say(i === 0 ? 'oneSide' : 'otherSide')}</dt>
            <dd>
              <Chips ids={side} most={6} />
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
