// The coverage clock. A spell becomes a statement when it ends; its start is said at once, so that a phone lost meanwhile has said that it watched.
import { type ReactNode, useEffect, useState } from 'react';
import { startOfDay } from '../clock/moment.js';
import { useField } from '../field.js';
import { Act, Choice, Page, Problems, useSaving } from '../parts/parts.js';
import { coverageOf } from '../statements/coverage.js';
import { newId } from '../statements/envelope.js';
import { endSpell, type Reason, reasons, runningSpell, type Spell, stretchesOf } from './watch.js';

/** The hours of the strip: what lies before and after is said in the list, where it was watched. */
const dayHours = { from: 6, to: 18 };

export function Coverage(): ReactNode {
  const field = useField();
  const { t, say, line, labelOf, work, now, operation } = field;
  const [asking, setAsking] = useState(false);
  const [, tick] = useState(0);
  const { problems, save } = useSaving('coverage');
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 15_000);
    return () => clearInterval(timer);
  }, []);

  if (!line) return <Page title={say('go.coverage')} actions={<Act go wide onPress={() => field.go('lines')}>{say('line.title')}</Act>}>{say('line.how')}</Page>;
  const running = runningSpell(work.spells, line.id);
  const at = now();
  const today = startOfDay(at, operation.timeZone);

  /** Ends what runs, begins what follows, and says both. */
  const turn = async (next?: { watched: boolean; reason?: Reason }): Promise<void> => {
    const moment = now();
    const ended = running && coverageOf({ ...running, to: Math.max(moment, running.from) }, field);
    const begun: Spell | undefined = next && { id: newId(), line: line.id, watched: next.watched, from: moment, ...(next.reason ? { reason: next.reason } : {}) };
    await field.record([...(ended ? [ended] : []), ...(begun ? [coverageOf({ ...begun, id: newId() }, field)] : [])], [], (open) => ({
      ...open,
      spells: [...endSpell(open.spells, line.id, moment).filter((spell) => spell.to === undefined || spell.to >= today), ...(begun ? [begun] : [])],
    }));
  };
  const press = (next?: { watched: boolean; reason?: Reason }): void => save([], () => turn(next).then(() => setAsking(false)));

  if (asking)
    return (
      <Page title={say('coverage.cannot')} actions={<Act wide onPress={() => setAsking(false)}>{say('back')}</Act>}>
        <Choice legend={say('coverage.why')} value={undefined} options={reasons.map((reason) => ({ value: reason, label: say(`reason.${reason}`) }))} onChoose={(reason) => reason && press({ watched: false, reason })} />
        <Problems problems={problems} />
      </Page>
    );

  return (
    <Page
      title={labelOf(line)}
      sub={say('go.coverage')}
      actions={
        <>
          {running?.watched && <Act wide onPress={() => setAsking(true)} small={say('coverage.cannot.why')}>{say('coverage.cannot')}</Act>}
          {running ? <Act go wide onPress={() => press()}>{say('coverage.stop')}</Act> : <Act wide onPress={() => setAsking(true)} small={say('coverage.cannot.why')}>{say('coverage.cannot')}</Act>}
          {!running?.watched && <Act go wide onPress={() => press({ watched: true })}>{say(running ? 'coverage.again' : 'coverage.start')}</Act>}
        </>
      }
    >
      <Clock running={running} at={at} today={today} />
      <Strip at={at} today={today} />
      <Gaps at={at} today={today} />
      <p>{say('coverage.note')}</p>
      <Problems problems={problems} />
    </Page>
  );

  function Clock({ running: spell, at: moment, today: start }: { running: Spell | undefined; at: number; today: number }): ReactNode {
    if (!spell) return <div className="clock"><p>{say('coverage.none')}</p></div>;
    const minutes = Math.max(0, Math.floor((moment - spell.from) / 60_000));
    const hours = Math.floor(minutes / 60);
    const since = spell.from >= start ? say('coverage.since', { time: t.time(new Date(spell.from)) }) : say('coverage.since.date', { time: t.dateTime(new Date(spell.from)) });
    return (
      <div className="clock">
        <p>{say(spell.watched ? 'coverage.watching' : 'coverage.blind')}</p>
        <b className="num" aria-hidden="true">{t.number(hours)}:{t.number(Math.floor((minutes % 60) / 10))}{t.number(minutes % 10)}</b>
        <p>{hours > 0 ? `${say('coverage.hours', { n: hours })} ` : ''}{say('coverage.minutes', { n: minutes % 60 })}<br />{since}</p>
      </div>
    );
  }

  function Strip({ at: moment, today: start }: { at: number; today: number }): ReactNode {
    const from = start + dayHours.from * 3_600_000;
    const to = start + dayHours.to * 3_600_000;
    const mark = (hour: number): string => t.time(new Date(start + hour * 3_600_000));
    return (
      <section>
        <h2>{say('coverage.today')}</h2>
        <div className="strip" aria-hidden="true">
          {stretchesOf(work.spells, line!.id, from, to, moment).map((stretch) => <i key={stretch.from} className={stretch.kind} style={{ inlineSize: `${((stretch.to - stretch.from) / (to - from)) * 100}%` }} />)}
        </div>
        <div className="hours" aria-hidden="true"><span>{mark(6)}</span><span>{mark(12)}</span><span>{mark(18)}</span></div>
      </section>
    );
  }

  function Gaps({ at: moment, today: start }: { at: number; today: number }): ReactNode {
    const span = (stretch: { from: number; to: number }): string => say('coverage.gap', { from: t.time(new Date(stretch.from)), to: t.time(new Date(stretch.to)) });
    const stretches = stretchesOf(work.spells, line!.id, start, start + 24 * 3_600_000, moment).filter((stretch) => stretch.kind !== 'to-come');
    return (
      <section>
        <ul className="gaps">
          {stretches.map((stretch) => (
            <li key={stretch.from}>
              <span>{stretch.kind === 'watched' ? say('coverage.watched') : stretch.reason ? say(`reason.${stretch.reason}`) : say('coverage.nobody')}</span>
              <b className="num">{span(stretch)}</b>
            </li>
          ))}
        </ul>
      </section>
    );
  }
}
