// A plain keypad: no sentence, no name, no count. A stranger learns that it wants digits, and nothing else.
import { type ReactNode, useEffect, useState } from 'react';
import { plainDigits } from '../parts/digits.js';
import { codeLength } from './code.js';

export interface KeypadProps {
  /** Called with six digits. */
  onCode: (code: string) => void;
  /** While a code is tried or a wait runs, keys do nothing. */
  busy?: boolean;
  waitSeconds?: number;
  number: (n: number) => string;
  deleteLabel: string;
  /** Words above the keys where a code is chosen; the lock has none. */
  children?: ReactNode;
}

export function Keypad({ onCode, busy = false, waitSeconds = 0, number, deleteLabel, children }: KeypadProps): ReactNode {
  const [digits, setDigits] = useState('');
  const still = busy || waitSeconds > 0;

  const press = (digit: string): void => {
    if (still || digits.length >= codeLength) return;
    const next = digits + digit;
    setDigits(next);
    if (next.length === codeLength) {
      onCode(next);
      setDigits('');
    }
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const digit = plainDigits(event.key);
      if (/^\d$/.test(digit)) press(digit);
      else if (event.key === 'Backspace') setDigits((now) => now.slice(0, -1));
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });

  return (
    <main className="lock">
      <div className="lock-words">{children}</div>
      <div className="dots" role="img" aria-label={`${number(digits.length)}/${number(codeLength)}`}>
        {waitSeconds > 0 ? <span className="num">{number(waitSeconds)}</span> : Array.from({ length: codeLength }, (_, n) => <i key={n} className={n < digits.length || busy ? 'full' : ''} />)}
      </div>
      <div className="keys" dir="ltr">
        {[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => <button key={n} aria-disabled={still} onClick={() => press(String(n))}>{number(n)}</button>)}
        <span />
        <button aria-disabled={still} onClick={() => press('0')}>{number(0)}</button>
        <button className="word" aria-disabled={still} onClick={() => setDigits(digits.slice(0, -1))} aria-label={deleteLabel}>
          <svg width="32" height="24" viewBox="0 0 32 24" aria-hidden="true"><path d="M10 3h19v18H10l-8-9zM15 8l8 8M23 8l-8 8" fill="none" stroke="currentColor" strokeWidth="2" /></svg>
        </button>
      </div>
    </main>
  );
}
