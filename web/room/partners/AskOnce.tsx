import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useWords } from '../app/context.tsx';

interface Props {
  /** What the button says at rest, and again where it is confirmed. */
  readonly label: string;
  /** What happens, to whom, and whether it can be undone. */
  readonly question: ReactNode;
  readonly main?: boolean;
  readonly disabled?: boolean;
  /** Whom or what it is about, where several such buttons stand on the page. */
  readonly about?: string;
  /** Whether there is something to ask about: a form that is not filled in shows its own complaint first. */
  ready?(): boolean;
  act(): void;
}

/** An act that leaves the room or takes something away: it says what happens in words, once, and waits for a second press. Esc leaves everything as it was. */
export function AskOnce({ label, question, main = false, disabled = false, about, ready, act }: Props): ReactNode {
  const words = useWords();
  const [asking, setAsking] = useState(false);
  const id = useId();
  const first = useRef<HTMLButtonElement>(null);
  const leave = useRef<HTMLButtonElement>(null);
  const back = useRef(false);
  useEffect(() => {
    if (asking) leave.current?.focus();
    else if (back.current) first.current?.focus();
    back.current = asking;
  }, [asking]);
  const named = about ? `${label}: ${about}` : undefined;
  if (!asking)
    return (
      <button ref={first} type="button" className={main ? 'btn main' : 'btn'} aria-label={named} disabled={disabled} onClick={() => (ready?.() ?? true) && setAsking(true)}>
        {label}
      </button>
    );
  const keys = (e: KeyboardEvent): void => {
    if (e.key !== 'Escape') return;
    e.stopPropagation();
    setAsking(false);
  };
  return (
    <div className="askonce" role="group" aria-labelledby={id} onKeyDown={keys}>
      <p id={id}>{question}</p>
      <div className="row">
        <button
          type="button"
          className="btn main"
          aria-label={named}
          disabled={disabled}
          onClick={() => {
            setAsking(false);
            act();
          }}
        >
          {label}
        </button>
        <button ref={leave} type="button" className="btn" onClick={() => setAsking(false)}>
          {words.say('leaveIt')}
        </button>
      </div>
    </div>
  );
}
