import type { ReactNode } from 'react';
import { call } from '../app/api.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chips, Engine, Panel, Refused } from '../app/marks.tsx';
import { useTrying } from '../app/trying.ts';
import { when } from './Board.tsx';
import { rangeWords } from './RangeTable.tsx';
import type { CountOf, Movement } from './shape.ts';

const stages = { departed: ['departed', 'assembled'], onTheWay: ['passed', 'on-the-way', 'halted', 'held'], arrived: ['arrived', 'turned-back'] } as const;

/** Each convoy in one row; who is not accounted for, in the one alarm colour, with place and window. */
export function Convoys({ movements }: { movements: readonly Movement[] }): ReactNode {
  const words = useWords();
  const raised = movements.filter((m) => m.unaccounted?.alarm === 'raised');
  return (
    <Panel
      title={words.say('convoys')}
      note={
        <>
          <span className="leg">
            <i className="on" />
            {words.say('reported')}
          </span>{' '}
          <span className="leg">
            <i />
            {words.say('notSaid')}
          </span>{' '}
          <span className="leg">
            <i className="stop" />
            {words.say('stopped')}
          </span>
        </>
      }
    >
      {raised.map((m) => (
        <Alarm key={m.convoy} movement={m} />
      ))}
      {movements.length === 0 ? (
        <p className="empty">{words.say('noConvoys')}</p>
      ) : (
        <div className="scrolls" tabIndex={0} role="group" aria-label={words.say('convoys')}>
          <table className="cv">
            <thead>
              <tr>
                <th scope="col">{words.say('convoy')}</th>
                <th scope="col">{words.say('departed')}</th>
                <th scope="col">{words.say('onTheWay')}</th>
                <th scope="col">{words.say('arrived')}</th>
                <th scope="col">{words.say('aboard')}</th>
                <th scope="col">{words.say('unaccounted')}</th>
              </tr>
            </thead>
            <tbody>
              {movements.map((m) => (
                <Row key={m.convoy} movement={m} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Sessions movements={movements} />
    </Panel>
  );
}

function Alarm({ movement }: { movement: Movement }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const missing = movement.unaccounted!;
  const place = (id: string | null): string => room.placeName(id);
  return (
    <div className="alarm">
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" focusable="false">
        <path d="M9 1.5 17 16H1zM9 6.5v5M9 13v1.4" fill="none" stroke="currentColor" strokeWidth="1.8" />
      </svg>
      <div>
        <b>{words.say('alarmTitle', { range: rangeWords(missing.low, missing.high, words) })}</b>
        <p>
          <Engine>{movement.what}.</Engine> {missing.last_seen && words.say('alarmWhere', { place: place(missing.last_seen.place), when: when(missing.last_seen.when, words) })}{' '}
          {missing.first_missing && words.say('alarmThen', { place: place(missing.first_missing.place), when: when(missing.first_missing.when, words) })}
        </p>
        <Chips ids={missing.terms.flatMap((t) => t.ids)} />
      </div>
    </div>
  );
}

/** From the id, which has the convoy, the area left and the day: `convoy-1.old-town.2031-05-02`. */
function ConvoyName({ movement }: { movement: Movement }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const [name = '', area, day] = movement.convoy.split('.');
  const called = name.replace(/^convoy-?/, '').replaceAll('-', ' ');
  return (
    <>
      {called === 'not named' ? words.say('convoyNotNamed') : words.say('convoyNamed', { name: called })}
      <small>
        {room.placeName(area)}
        {day && `, ${when(day, words)}`}
      </small>
    </>
  );
}

function Row({ movement }: { movement: Movement }): ReactNode {
  const words = useWords();
  const legs = (steps: readonly string[]): Movement['legs'][number][] => movement.legs.filter((l) => steps.includes(l.step));
  const counts = legs(stages.departed).flatMap((l) => l.counts).filter((c) => c.unit === 'people' && c.category === 'all');
  const said = [...new Set(counts.map((c) => c.words))];
  const missing = movement.unaccounted;
  return (
    <tr>
      <th scope="row" title={movement.what}>
        <ConvoyName movement={movement} />
      </th>
      {Object.entries(stages).map(([name, steps]) => (
        <td key={name}>
          <Stage legs={legs(steps)} />
        </td>
      ))}
      <td className="num">{said.length === 0 ? <span className="gapc">{words.say('notCounted')}</span> : <span lang="en" dir="ltr">{said.slice(0, 3).join('; ')}</span>}</td>
      <td>
        {!missing || missing.alarm === 'arrival-not-counted' || missing.alarm === 'travel-time-not-stated' ? (
          <span className="gapc">{words.say('notCounted')}</span>
        ) : missing.alarm === 'raised' ? (
          <span className="al num">{rangeWords(missing.low, missing.high, words)}</span>
        ) : (
          words.say(missing.alarm === 'not-yet-due' ? 'notYetDue' : 'nobodyMissing')
        )}
      </td>
    </tr>
  );
}

function Stage({ legs }: { legs: readonly Movement['legs'][number][] }): ReactNode {
  const words = useWords();
  if (legs.length === 0) {
    return (
      <span className="leg">
        <i />
        <span className="vh">{words.say('notSaid')}</span>
      </span>
    );
  }
  const last = legs.at(-1)!;
  const stopped = last.step === 'turned-back' || last.step === 'halted' || last.step === 'held';
  const time = last.times.find((t) => t.when.includes('T')) ?? last.times[0];
  return (
    <span className="leg">
      <i className={stopped ? 'stop' : 'on'} />
      <span className="vh">{words.say(stopped ? 'stopped' : 'reported')}</span>
      {time && when(time.when, words)}
    </span>
  );
}

// Two counts of one session stand side by side and are never added.
function Sessions({ movements }: { movements: readonly Movement[] }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const several = movements.flatMap((m) => m.sessions.filter((s) => new Set(s.counts.map((c) => c.source)).size > 1).map((s) => ({ ...s, convoy: m.what })));
  const mayConfirm = room.roles.some((r) => r === 'monitor' || r === 'reporting-officer');
  return several.length === 0 ? null : (
    <details className="tensions">
      <summary>
        {words.say('sessions')} ({words.number(several.length)})
      </summary>
      <ul>
        {several.map((s) => (
          <li key={`${s.convoy}${s.step}${s.line}${s.measure}${s.category}`}>
            <p>
              <Engine>{s.convoy}</Engine>, {room.placeName(s.line)}: {s.agreed ? words.say('sessionAgreed') : s.difference ? words.say('sessionDiffers', { n: s.difference }) : ''}
            </p>
            <ul className="pair">
              {s.counts.map((c) => (
                <li key={c.id}>
                  <bdi>{c.source}</bdi>{' '}
                  <b className="num" lang="en" dir="ltr">
                    {c.words}
                  </b>{' '}
                  <Chips ids={[c.id]} />
                  {!s.agreed && mayConfirm && others(s.counts, c).map((other) => <Confirm key={other.id} count={c} other={other} />)}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** One count of each other source. */
const others = (counts: readonly CountOf[], one: CountOf): CountOf[] => [...new Map(counts.filter((c) => c.source !== one.source).map((c) => [c.source, c])).values()];

/** An agreed count needs every source to confirm one number; both counts stay as they were made. */
function Confirm({ count, other }: { count: CountOf; other: CountOf }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const { failure, busy, attempt } = useTrying();
  return (
    <>
      <button type="button" className="btn" disabled={busy} onClick={() => void attempt(() => call('POST', `/operations/${room.operation.slug}/statements/${encodeURIComponent(count.id)}/confirmation`, { of: other.id }))}>
        {words.say('confirmCount', { source: other.source })}
      </button>
      <Refused failure={failure} />
    </>
  );
}
