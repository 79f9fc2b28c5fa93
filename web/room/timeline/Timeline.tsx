import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { go, useAddress, withQuery } from '../app/address.ts';
import { type Statement, viewQuery } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chip, Engine, Refused, SourceName } from '../app/marks.tsx';
import { when } from '../situation/Board.tsx';
import { LensBar } from '../situation/LensBar.tsx';
import { clockAt, day, momentAt, rowsOf, type Span, spanOf } from './hours.ts';
import { KnownUpTo } from './KnownUpTo.tsx';

interface Item {
  readonly statement: Statement;
  readonly happened: Span;
  readonly learned: Span;
}

interface Window {
  readonly first: number;
  readonly last: number;
}

const lengths = [1, 3, 7, 30];
const [happenedRows, learnedRows, rowHeight] = [28, 16, 9];

/** What is said to have happened above, when it became known below, a thread between; the handle sets up to when the room knows. */
export function Timeline(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const address = useAddress();
  const [asTable, setAsTable] = useState(false);
  const days = Number(address.query['days']) || 3;
  const path = `/operations/${room.operation.slug}/statements`;
  const turn = room.live.size;
  // Everything first, only to know how far the record reaches; what is later than the view is counted and never shown.
  const whole = useAnswer<{ total: number; statements: Statement[] }>(`${path}${viewQuery({ lens: address.query['lens'] ?? '' }, { limit: '1' })}`, turn);
  const answer = useAnswer<{ total: number; statements: Statement[] }>(`${path}${viewQuery(address.query, { limit: '500' })}`, turn);
  const zone = room.operation.time_zone;
  const newest = whole.value?.statements[0];
  const items = (answer.value?.statements ?? []).flatMap((statement) => itemOf(statement, zone));
  const reach = newest ? (spanOf(newest.known_from, zone)?.to ?? Date.now()) : Date.now();
  const asOf = address.query['as_of'] ? (spanOf(address.query['as_of'], zone)?.to ?? reach) : reach;
  const window = windowOf(asOf, reach, days);
  const inside = items.filter((i) => touches(i.learned, window) || touches(i.happened, window));
  const later = Math.max(0, (whole.value?.total ?? 0) - (answer.value?.total ?? 0));
  return (
    <>
      <LensBar situation={undefined} answer={answer} slides={false} />
      <div className="page wide">
        <h1>{words.say('timelineTitle')}</h1>
        <Refused failure={answer.refusal} />
        <div className="row">
          <label className="entry days">
            <span>{words.say('timelineDays')}</span>
            <select value={days} onChange={(e) => go(withQuery(address, { days: e.target.value }), true)}>
              {lengths.map((n) => (
                <option key={n} value={n}>
                  {words.say('days', { n })}
                </option>
              ))}
            </select>
          </label>
          <button type="button" className="btn" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {words.say('showAsTable')}
          </button>
          <p className="muted" aria-live="polite">
            {answer.value && `${words.say('statements', { n: inside.length })} · ${words.say('outsideDays', { n: items.length - inside.length })}`}
            {later > 0 && ` · ${words.say('laterStatements', { n: later })}`}
          </p>
        </div>
        <Handle window={window} at={asOf} reach={reach} />
        {!answer.value && !answer.refusal && <p className="empty">{words.say(answer.noConnection ? 'noConnectionYet' : 'loading')}</p>}
        {answer.value && inside.length === 0 && <p className="empty">{words.say('nothingInDays')}</p>}
        {inside.length > 0 && (asTable ? <AsTable items={inside} /> : <Drawing items={inside} window={window} asOf={asOf} />)}
      </div>
    </>
  );
}

function itemOf(statement: Statement, zone: string): Item[] {
  const learned = spanOf(statement.known_from, zone);
  return learned ? [{ statement, learned, happened: spanOf(statement.about, zone) ?? learned }] : [];
}

const touches = (span: Span, window: Window): boolean => span.to > window.first && span.from < window.last;

// A sixth of the picture lies after the view where the record goes on, so that it is seen that there is more.
function windowOf(asOf: number, reach: number, days: number): Window {
  const last = asOf < reach ? Math.min(reach, asOf + (days * day) / 5) : reach;
  return { first: last - days * day, last };
}

function Handle({ window, at, reach }: { window: Window; at: number; reach: number }): ReactNode {
  const words = useWords();
  return (
    <label className="handle">
      <span>
        {words.say('asKnown')} <b className="num">{words.dateTime(new Date(at))}</b> <span className="muted">{words.say('timelineHint')}</span>
      </span>
      <KnownUpTo first={window.first} last={window.last} end={reach} at={at} aria-valuetext={words.dateTime(new Date(at))} />
    </label>
  );
}

function Drawing({ items, window, asOf }: { items: readonly Item[]; window: Window; asOf: number }): ReactNode {
  const words = useWords();
  const { operation } = useRoom();
  const address = useAddress();
  const length = window.last - window.first;
  const x = (moment: number): number => (100 * (Math.min(window.last, Math.max(window.first, moment)) - window.first)) / length;
  const upper = rowsOf(items.map(({ happened: h }) => ({ from: Math.max(h.from, window.first), to: Math.min(h.to, window.last) })), length / 100, happenedRows);
  const lower = rowsOf(items.map((i) => ({ from: i.learned.from, to: i.learned.from })), length / 100, learnedRows);
  const line = (Math.max(...upper) + 2) * rowHeight + 46;
  const height = line + (Math.max(...lower) + 2) * rowHeight;
  const ticks = ticksOf(window, operation.time_zone);
  return (
    <figure className="twoclocks">
      <div className="axis">
        {ticks.map((t) => (
          <span key={t} style={{ '--x': `${x(t)}%` } as Record<string, string>}>
            {words.dateTime(new Date(t), { weekday: 'short', day: 'numeric', month: 'short' })}
          </span>
        ))}
      </div>
      <p className="small muted">{words.say('happened')}</p>
      <svg className="plot" width="100%" height={height} role="group" aria-label={words.say('timelineTitle')} onKeyDown={walk}>
        <defs>
          <pattern id="t-later" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="1.2" height="6" fill="var(--rule-2)" />
          </pattern>
        </defs>
        {ticks.map((t) => (
          <line key={t} className="grid" x1={`${x(t)}%`} x2={`${x(t)}%`} y1={0} y2={height} />
        ))}
        {asOf < window.last && <rect x={`${x(asOf)}%`} width={`${100 - x(asOf)}%`} y={0} height={height} fill="url(#t-later)" />}
        <line className="zero" x1="0" x2="100%" y1={line} y2={line} />
        {items.map(({ statement, happened, learned }, i) => {
          const [top, bottom] = [(upper[i]! + 0.5) * rowHeight, line + (lower[i]! + 0.8) * rowHeight];
          const kept = touches(learned, window);
          return (
            <a key={statement.id} href={withQuery(address, { open: `statement:${statement.id}` })} tabIndex={i === 0 ? 0 : -1} className={`item ${statement.standing}`} aria-label={`${statement.id}, ${statement.source.name}: ${statement.wording}`}>
              <title>{`${statement.id} · ${statement.source.name}`}</title>
              {kept && touches(happened, window) && <line className={happened.hourStated && learned.hourStated ? 'thread' : 'thread dayonly'} x1={`${x(happened.to)}%`} x2={`${x(learned.from)}%`} y1={top + 3} y2={bottom - 3} />}
              {touches(happened, window) &&
                (happened.from === happened.to ? <circle cx={`${x(happened.from)}%`} cy={top} r={4} /> : <rect className={happened.hourStated ? '' : 'dayonly'} x={`${x(happened.from)}%`} width={`${Math.max(0.4, x(happened.to) - x(happened.from))}%`} y={top - 3} height={6} rx={1} />)}
              {kept && <circle className={learned.hourStated ? '' : 'dayonly'} cx={`${x(learned.from)}%`} cy={bottom} r={4} />}
            </a>
          );
        })}
      </svg>
      <figcaption className="small muted">
        {words.say('timeline')} · {words.say('timelineKey')}
      </figcaption>
    </figure>
  );
}

function ticksOf(window: Window, zone: string): number[] {
  const every = Math.max(1, Math.ceil((window.last - window.first) / day / 8));
  const ticks: number[] = [];
  for (let t = momentAt(clockAt(window.first, zone).slice(0, 10), zone); t < window.last; t += every * day) if (t >= window.first) ticks.push(t);
  return ticks;
}

// Left and right go from one statement to the next; Enter opens it, as on any link.
function walk(e: KeyboardEvent<SVGSVGElement>): void {
  const way = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
  if (!way) return;
  const all = [...e.currentTarget.querySelectorAll<SVGAElement>('a.item')];
  const next = all[all.indexOf(document.activeElement as SVGAElement) + (document.documentElement.dir === 'rtl' ? -way : way)];
  if (!next) return;
  e.preventDefault();
  next.focus();
}

function AsTable({ items }: { items: readonly Item[] }): ReactNode {
  const words = useWords();
  return (
    <div className="scrolls sheet">
      <table className="cv">
        <thead>
          <tr>
            <th scope="col">{words.say('timeline')}</th>
            <th scope="col">{words.say('happened')}</th>
            <th scope="col">{words.say('sourceColumn')}</th>
            <th scope="col">{words.say('saysColumn')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ statement, learned, happened }) => (
            <tr key={statement.id}>
              <td className="num">
                <Chip id={statement.id} /> {when(statement.known_from, words)} {!learned.hourStated && <span className="tag">{words.say('hourNotStated')}</span>}
              </td>
              <td>
                {when(statement.about, words)} {!happened.hourStated && <span className="tag">{words.say('hourNotStated')}</span>}
              </td>
              <td>
                <SourceName source={statement.source} />
              </td>
              <td>
                <Engine>{statement.wording}</Engine>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
