import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useWords } from '../app/context.tsx';

export interface Given {
  readonly label: string;
  readonly value: string;
}

/** What the server shows one time and keeps no copy of: to be carried over now, then put away. */
export function GivenOnce({ title, given, children, close }: { title: string; given: readonly Given[]; children?: ReactNode; close(): void }): ReactNode {
  const words = useWords();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <section className="given" aria-label={title}>
      <h3 ref={head} tabIndex={-1}>
        {title}
      </h3>
      <p>{words.say('shownOnce')}</p>
      {children}
      <dl>
        {given.map((g) => (
          <div key={g.label}>
            <dt>{g.label}</dt>
            <dd>
              <code dir="ltr">{g.value}</code>
              <Copy label={g.label} value={g.value} />
            </dd>
          </div>
        ))}
      </dl>
      <p>
        <button type="button" className="btn" onClick={close}>
          {words.say('putAway')}
        </button>
      </p>
    </section>
  );
}

function Copy({ label, value }: { label: string; value: string }): ReactNode {
  const words = useWords();
  const [copied, setCopied] = useState(false);
  // Without TLS a browser has no clipboard; the text can still be selected.
  if (!navigator.clipboard) return null;
  return (
    <>
      <button type="button" className="btn" aria-label={`${words.say('copy')}: ${label}`} onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(true))}>
        {words.say('copy')}
      </button>
      <span role="status" className="muted small">
        {copied ? words.say('copied') : ''}
      </span>
    </>
  );
}
