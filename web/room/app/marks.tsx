// Shapes that stand for kinds of source, beside the word: colour only repeats them. And the small things every view uses.
import type { ReactNode } from 'react';
import { useAddress, withQuery } from './address.ts';
import type { Source } from './api.ts';
import { useWords } from './context.tsx';
import type { Word } from './words/en.ts';

const shapes: Record<string, string> = {
  party: 'M1.5 1.5h9v9h-9z',
  guarantor: 'M6 .4 11.6 6 6 11.6.4 6z',
  un: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1z',
  rcrc: 'M6 .6 11.6 4.7 9.5 11.3H2.5L.4 4.7z',
  monitor: 'M6 .8 11.8 11H.2z',
  media: 'M1 1.6h10v3.4H1zM1 7h10v3.4H1z',
  observer: 'M6 .8a5.2 5.2 0 1 0 0 10.4A5.2 5.2 0 0 0 6 .8zm0 2.6a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2z',
  responder: 'M4.4 1h3.2v3.4H11v3.2H7.6V11H4.4V7.6H1V4.4h3.4z',
  witness: 'M6 .8 7.5 4.5 11.6 4.7 8.4 7.3 9.5 11.2 6 9 2.5 11.2 3.6 7.3.4 4.7 4.5 4.5z',
};

const short: Record<string, string> = { 'red-cross-red-crescent': 'rcrc', 'monitor-group': 'monitor', 'own-observers': 'observer' };

export const glyphOf = (kind: string): string => short[kind] ?? kind;

export function Glyph({ kind }: { kind: string }): ReactNode {
  const name = glyphOf(kind);
  return (
    <svg className={`k k-${name}`} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <path fillRule="evenodd" d={shapes[name] ?? shapes['media']} />
    </svg>
  );
}

export function SourceName({ source }: { source: Pick<Source, 'name' | 'kind'> }): ReactNode {
  const words = useWords();
  return (
    <span className="src">
      <Glyph kind={source.kind} />
      <bdi>
        {source.name}
        <span className="vh"> ({words.say(`kind_${source.kind}` as Word)})</span>
      </bdi>
    </span>
  );
}

/** The number of a statement: opens it beside whatever is shown. */
export function Chip({ id, title }: { id: string; title?: string }): ReactNode {
  const address = useAddress();
  return (
    <a className="st" href={withQuery(address, { open: `statement:${id}` })} title={title}>
      <span dir="ltr">{id.replace(/^[A-Z]+-(?=\d)/, '')}</span>
    </a>
  );
}

export function Chips({ ids, most = 8 }: { ids: readonly string[]; most?: number }): ReactNode {
  return (
    <span className="chips">
      {ids.slice(0, most).map((id) => (
        <Chip key={id} id={id} />
      ))}
      {ids.length > most && <span className="muted small num">+{ids.length - most}</span>}
    </span>
  );
}

export function Panel({ title, note, children, className = '' }: { title: string; note?: ReactNode; children: ReactNode; className?: string }): ReactNode {
  return (
    <section className={`panel ${className}`} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {note && <span className="note">{note}</span>}
      </header>
      {children}
    </section>
  );
}

/** What the engine says stays as it says it: English, from left to right, whatever the page around it. */
export function Engine({ children }: { children: ReactNode }): ReactNode {
  return (
    <span lang="en" dir="ltr" className="engine">
      {children}
    </span>
  );
}

export function Refused({ failure }: { failure: { message: string; code?: string; place?: string | undefined } | undefined }): ReactNode {
  return failure ? (
    <p role="alert" className="refused">
      <span lang="en" dir="ltr">
        {failure.place ? `${failure.place}: ` : ''}
        {failure.message}
      </span>
    </p>
  ) : null;
}

export function Field({ label, hint, children }: { label: string; hint?: string; children: ReactNode }): ReactNode {
  return (
    <label className="entry">
      <span>{label}</span>
      {children}
      {hint && <small className="muted">{hint}</small>}
    </label>
  );
}
