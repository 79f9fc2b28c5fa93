// The pieces the screens are made of. Every target is 64 px or more; direction comes from the document.
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { type Screen, useField } from '../field.js';
import { countFrom } from './digits.js';

const glyphs = {
  menu: 'M4 6h16M4 12h16M4 18h16',
  undo: 'M8 5 4 9l4 4M4.5 9H14a5 5 0 0 1 0 10H9',
  before: 'M15 4 7 12l8 8',
  after: 'M9 4l8 8-8 8',
  offline: 'M3 9a14 14 0 0 1 18 0M7 13a8 8 0 0 1 10 0M12 18h.01M4 4l16 16',
  online: 'M3 9a14 14 0 0 1 18 0M7 13a8 8 0 0 1 10 0M12 18h.01',
} as const;

export const Glyph = ({ name, flips = false, size = 24 }: { name: keyof typeof glyphs; flips?: boolean; size?: number }): ReactNode => (
  <svg className={flips ? 'flips' : undefined} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
    <path d={glyphs[name]} fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />
  </svg>
);

/** How many are not delivered: always in the same corner, and normal, never an error. */
function NetCorner(): ReactNode {
  const { say, load, online, go } = useField();
  return (
    <button className="net" onClick={() => go('outbox')}>
      <Glyph name={online ? 'online' : 'offline'} size={20} />
      <span>
        {say(online ? 'net.some' : 'net.none')}
        <br />
        {load.left === 0 ? say('net.clear') : say('net.left', { n: load.left })}
      </span>
    </button>
  );
}

/** The corner opens the menu; pressed twice, it hides everything. */
function Corner({ title, sub }: { title: string; sub?: string | undefined }): ReactNode {
  const { say, corner } = useField();
  return (
    <button className="corner" onClick={corner}>
      <Glyph name="menu" />
      <span className="vh">{say('menu')}: </span>
      <span className="where">
        {title}
        {sub && <small>{sub}</small>}
      </span>
    </button>
  );
}

/** One screen: the bar, what it is about, and the acts under the thumb. */
export function Page({ title, sub, actions, children, plain = false }: { title: string; sub?: string | undefined; actions?: ReactNode; children: ReactNode; plain?: boolean }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <header className="bar">
        <Corner title={title} sub={sub} />
        <NetCorner />
      </header>
      <main className={plain ? 'plain' : 'body'}>
        <h1 className="vh" tabIndex={-1} ref={heading}>{title}</h1>
        {children}
      </main>
      {actions && <footer className="act">{actions}</footer>}
    </>
  );
}

export const Act = ({ onPress, go = false, wide = false, small, flips, children }: { onPress: () => void; go?: boolean; wide?: boolean; small?: string | undefined; flips?: ReactNode; children: ReactNode }): ReactNode => (
  <button className={`big ${go ? 'go' : ''} ${wide ? 'wide' : ''}`} onClick={onPress}>
    {flips}
    <span>
      {children}
      {small && <small>{small}</small>}
    </span>
  </button>
);

/** One choice of several; pressing the chosen one again takes it back where that is allowed. */
export function Choice<T extends string>({ legend, options, value, onChoose, columns = 2, optional = false }: { legend: string; options: readonly { value: T; label: string }[]; value: T | undefined; onChoose: (value: T | undefined) => void; columns?: 2 | 3; optional?: boolean }): ReactNode {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className={`tiles ${columns === 3 ? 'three' : ''}`}>
        {options.map((option) => (
          <button type="button" key={option.value} className="tile" aria-pressed={value === option.value} onClick={() => onChoose(optional && value === option.value ? undefined : option.value)}>
            {option.label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

export function TextField({ label, value, onChange, lines = 1, inputMode, hint }: { label: string; value: string; onChange: (value: string) => void; lines?: number; inputMode?: 'text' | 'numeric'; hint?: string }): ReactNode {
  const id = useId();
  const shared = { id, value, autoComplete: 'off', autoCorrect: 'off', spellCheck: false, maxLength: 2000, inputMode: inputMode ?? ('text' as const), dir: 'auto' as const };
  return (
    <div className="text">
      <label htmlFor={id}>
        {label}
        {hint && <small>{hint}</small>}
      </label>
      {lines > 1 ? <textarea {...shared} rows={lines} onChange={(event) => onChange(event.target.value)} /> : <input {...shared} type="text" onChange={(event) => onChange(event.target.value)} />}
    </div>
  );
}

/** A count that may stay empty: nobody counted is not none. */
export function CountField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }): ReactNode {
  const { say } = useField();
  const id = useId();
  const count = countFrom(value);
  const known = typeof count === 'number' ? count : 0;
  return (
    <div className="count">
      <label htmlFor={id}>{label}</label>
      <div>
        <button type="button" aria-label={say('one.less', { what: label })} onClick={() => onChange(known > 1 ? String(known - 1) : known === 1 ? '0' : '')}>−</button>
        <input id={id} type="text" inputMode="numeric" autoComplete="off" maxLength={6} value={value} onChange={(event) => onChange(event.target.value)} aria-invalid={count === 'wrong'} placeholder="–" />
        <button type="button" aria-label={say('one.more', { what: label })} onClick={() => onChange(String(known + 1))}>+</button>
      </div>
    </div>
  );
}

/** Minutes back from now, or on: an observer who ran for cover writes it down later. */
export function WhenField({ at, onChange }: { at: number; onChange: (at: number) => void }): ReactNode {
  const { t, say, now } = useField();
  const away = Math.round((now() - at) / 60_000);
  return (
    <fieldset>
      <legend>{say('when')}</legend>
      <div className="when">
        <button type="button" onClick={() => onChange(at - 300_000)}>{say('minute.less', { n: 5 })}</button>
        <output>
          <bdi className="num">{t.time(new Date(at))}</bdi>
          <small>{away === 0 ? say('say.now') : away > 0 ? say('ago.minutes', { n: away }) : say('ahead.minutes', { n: -away })}</small>
        </output>
        <button type="button" onClick={() => onChange(at + 300_000)}>{say('minute.more', { n: 5 })}</button>
      </div>
    </fieldset>
  );
}

/** Where: one of the operation's places, or the line one stands at. */
export function PlaceField({ legend, value, onChange, optional = false }: { legend: string; value: string | undefined; onChange: (id: string | undefined) => void; optional?: boolean }): ReactNode {
  const { operation, labelOf } = useField();
  const id = useId();
  return (
    <div className="text">
      <label htmlFor={id}>{legend}</label>
      <select id={id} value={value ?? ''} onChange={(event) => onChange(event.target.value || undefined)}>
        {(optional || value === undefined) && <option value="">–</option>}
        {operation.lines.map((line) => <option key={line.id} value={line.id}>{labelOf(line)}</option>)}
      </select>
    </div>
  );
}

export const Problems = ({ problems }: { problems: readonly string[] }): ReactNode => (
  <div role="alert">
    {problems.length > 0 && <ul className="problems">{problems.map((problem) => <li key={problem}>{problem}</li>)}</ul>}
  </div>
);

/** Saving a form: names what is wrong, or records and leaves; what was entered stays where it could not be kept. */
export function useSaving(leaveTo: Screen): { problems: string[]; busy: boolean; save: (problems: string[], act: () => Promise<void>) => void } {
  const { say, go, tell } = useField();
  const [problems, setProblems] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const save = (found: string[], act: () => Promise<void>): void => {
    setProblems(found);
    if (found.length > 0 || busy) return;
    setBusy(true);
    act()
      .then(() => { tell(say('saved')); go(leaveTo); })
      .catch((problem: unknown) => setProblems([say('save.failed', { why: problem instanceof Error ? problem.message : String(problem) })]))
      .finally(() => setBusy(false));
  };
  return { problems, busy, save };
}
