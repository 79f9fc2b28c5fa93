import { type ReactNode, useEffect, useRef } from 'react';
import { go, useAddress, withQuery } from '../app/address.ts';
import type { Answer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Glyph } from '../app/marks.tsx';
import type { Word } from '../app/words/en.ts';
import { fromField, kindsIn, lensOf, toField } from './lens.ts';
import type { Situation } from './shape.ts';

const kinds = ['own-observers', 'un', 'red-cross-red-crescent', 'monitor-group', 'guarantor', 'party', 'responder', 'witness', 'media'] as const;

/** Which statements count, and up to when they were known. The toggles are the legend too. L goes to the lens, Esc back to all sources. */
export function LensBar({ situation, answer }: { situation: Situation | undefined; answer: Answer<unknown> }): ReactNode {
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
