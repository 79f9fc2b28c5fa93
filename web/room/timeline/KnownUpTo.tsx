import type { InputHTMLAttributes, KeyboardEvent, ReactNode } from 'react';
import { go, useAddress, withQuery } from '../app/address.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { clockAt, quarter, stepped } from './hours.ts';

/**
 * A slider over time that sets up to when statements were known; at its end that is now. Keys move it by a quarter of an hour, Page Up and Down by six hours, N to now.
 * Whoever shows it names it.
 */
export function KnownUpTo({ first, last, end, at, ...named }: { first: number; last: number; end: number; at: number } & Pick<InputHTMLAttributes<HTMLInputElement>, 'className' | 'aria-label' | 'aria-valuetext'>): ReactNode {
  const words = useWords();
  const { operation } = useRoom();
  const address = useAddress();
  const set = (moment: number): void => go(withQuery(address, { as_of: moment >= end ? '' : clockAt(moment, operation.time_zone) }), true);
  const press = (e: KeyboardEvent): void => {
    // In a right-to-left page time runs to the left, and so do the keys.
    const mirrored = words.direction === 'rtl' ? { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }[e.key] : undefined;
    const to = e.key === 'n' || e.key === 'N' ? end : stepped(mirrored ?? e.key, at, first, end);
    if (to === undefined) return;
    e.preventDefault();
    set(to);
  };
  return <input type="range" {...named} min={first} max={last} step={quarter} value={at} onChange={(e) => set(Number(e.target.value))} onKeyDown={press} />;
}
