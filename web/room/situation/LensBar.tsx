import { type ReactNode, useEffect, useRef } from 'react';
import { go, useAddress, withQuery } from '../app/address.ts';
import type { Answer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Glyph } from '../app/marks.tsx';
import type { Word } from '../app/words/en.ts';
import { momentAt, quarter } from '../timeline/hours.ts';
import { KnownUpTo } from '../timeline/KnownUpTo.tsx';
import { fromField, kindsIn, lensOf, toField } from './lens.ts';
import type { Situation } from './shape.ts';

const kinds = ['own-observers', 'un', 'red-cross-red-crescent', 'monitor-group', 'guarantor', 'party', 'responder', 'witness', 'media'] as const;

/** Over the time in which statements became known. */
function Slider({ asOf }: { asOf: string }): ReactNode {
  const words = useWords();
  const { operation } = useRoom();
  if (!operation.known_from || !operation.known_to) return null;
  const [first, last] = [Math.floor(new Date(operation.known_from).getTime() / quarter) * quarter, Math.ceil(new Date(operation.known_to).getTime() / quarter) * quarter];
  // An address may carry a time that is none.
  const asked = momentAt(toField(asOf), operation.time_zone);
  const at = Number.isNaN(asked) ? last : asked;
  return (
    <KnownUpTo
      className="back"
      first={first}
      last={Math.max(last, first + quarter)}
      end={last}
      at={at}
      aria-label={words.say('asKnown')}
      aria-valuetext={asOf ? words.dateTime(new Date(at)) : words.say('now')}
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
