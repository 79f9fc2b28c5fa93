import { type KeyboardEvent as ReactKeys, type ReactNode, useEffect, useRef } from 'react';
import { go, useAddress, withQuery } from '../app/address.ts';
import type { Answer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Glyph } from '../app/marks.tsx';
import type { Word } from '../app/words/en.ts';
import { clockAt, momentAt, stepped } from '../timeline/hours.ts';
import { fromField, kindsIn, lensOf, toField } from './lens.ts';
import type { Situation } from './shape.ts';

const kinds = ['own-observers', 'un', 'red-cross-red-crescent', 'monitor-group', 'guarantor', 'party', 'responder', 'witness', 'media'] as const;

const QUARTER = 900_000;

/** Over the time in which statements became known; its end is now. Keys move it by a quarter of an hour, Page Up and Down by six hours. */
function Slider({ asOf }: { asOf: string }): ReactNode {
  const words = useWords();
  const { operation } = useRoom();
  const address = useAddress();
  if (!operation.known_from || !operation.known_to) return null;
  const zone = operation.time_zone;
  const [first, last] = [Math.floor(new Date(operation.known_from).getTime() / QUARTER) * QUARTER, Math.ceil(new Date(operation.known_to).getTime() / QUARTER) * QUARTER];
  const at = asOf ? momentAt(toField(asOf), zone) : last;
  const set = (moment: number): void => go(withQuery(address, { as_of: moment >= last ? '' : clockAt(moment, zone) }), true);
  const press = (e: ReactKeys<HTMLInputElement>): void => {
    // In a right-to-left page time runs to the left, and so do the keys.
    const mirrored = words.direction === 'rtl' ? { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }[e.key] : undefined;
    const to = stepped(mirrored ?? e.key, at, first, last);
    if (to === undefined) return;
    e.preventDefault();
    set(to);
  };
  return (
    <input
      type="range"
      className="back"
      min={first}
      max={Math.max(last, first + QUARTER)}
      step={QUARTER}
      value={Number.isNaN(at) ? last : at}
      aria-label={words.say('asKnown')}
      aria-valuetext={asOf ? words.dateTime(new Date(at)) : words.say('now')}
      onChange={(e) => set(Number(e.target.value))}
      onKeyDown={press}
    />
  );
}

/** Which statements count, and up to when they were known. The toggles are the legend too. L goes to the lens, Esc back to all sources. */
export function LensBar({ situation, answer, slides = true }: { situation: Situation | undefined; answer: Answer<unknown>; slides?: boolean }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const address = useAddress();
  const first = useRef<HTMLButtonElement>(null);
  const lens = address.query['lens'] ?? '';
  const on = kindsIn(lens, kinds);
  const isParty = room.roles.some((r) => r === 'party' || r === 'guarantor');
  useEffect(() => {
    const press = (e: KeyboardEvent): void => {
      if (e.target instanceof HTMLElement && /INPUT|TEXTAREA|SELECT/.test(e.target.tagName)) return;
      if (e.key === 'l' && !e.ctrlKey && !e.metaKey) first.current?.focus();
      if (e.key === 'Escape' && lens && !address.query['open']) go(withQuery(address, { lens: '' }));
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [address, lens]);
  const toggle = (kind: string): void => {
    const next = on.has(kind) ? [...on].filter((k) => k !== kind) : [...on, kind];
    go(withQuery(address, { lens: lensOf(next, kinds) }));
  };
  const asOf = address.query['as_of'] ?? '';
  return (
    <section className={`lens ${lens ? 'tinted' : ''}`} aria-label={words.say('lens')}>
      {!isParty && (
        <>
          <span className="lab">{words.say('lens')}</span>
          <button ref={first} type="button" className="pick" aria-pressed={!lens} onClick={() => go(withQuery(address, { lens: '' }))}>
            {words.say('lensAll')}
          </button>
          {kinds.map((kind) => (
            <button key={kind} type="button" className="kt" aria-pressed={on.has(kind)} onClick={() => toggle(kind)}>
              <Glyph kind={kind} />
              {words.say(`kind_${kind}` as Word)}
            </button>
          ))}
        </>
      )}
      <span className="asof">
        <label>
          <span className="muted">{words.say('asKnown')}</span>{' '}
          <input type="datetime-local" step={900} value={toField(asOf)} onChange={(e) => go(withQuery(address, { as_of: fromField(e.target.value) }), true)} />
        </label>
        {slides && <Slider asOf={asOf} />}
        {asOf && (
          <button type="button" className="btn" onClick={() => go(withQuery(address, { as_of: '' }))}>
            {words.say('now')}
          </button>
        )}
        <span className="muted num" aria-live="polite">
          {situation && words.say('statements', { n: situation.statements })}
          {answer.asking && answer.at && ` · ${words.say('asOfUpdating', { time: words.time(answer.at) })}`}
        </span>
      </span>
      {lens && <p className="lensnote">{words.say('lensNote', { lens })}</p>}
    </section>
  );
}
