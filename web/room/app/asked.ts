// An answer that a view waits for. While a new one is on its way the last one stays on the page, with the time at which it was got.
import { useEffect, useState } from 'react';
import { call, NoConnection, type Refusal } from './api.ts';

export interface Answer<T> {
  readonly value: T | undefined;
  readonly at: Date | undefined;
  readonly asking: boolean;
  readonly refusal: Refusal | undefined;
  readonly noConnection: boolean;
}

/** @param path null asks nothing. @param turn a change of it asks again. */
export function useAnswer<T>(path: string | null, turn: unknown = 0): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ value: undefined, at: undefined, asking: path !== null, refusal: undefined, noConnection: false });
  useEffect(() => {
    if (path === null) return undefined;
    const leaving = new AbortController();
    setAnswer((a) => ({ ...a, asking: true }));
    call<T>('GET', path, undefined, leaving.signal).then(
      (value) => setAnswer({ value, at: new Date(), asking: false, refusal: undefined, noConnection: false }),
      (failure: unknown) => {
        if (leaving.signal.aborted) return;
        if (failure instanceof NoConnection) setAnswer((a) => ({ ...a, asking: false, noConnection: true }));
        else setAnswer((a) => ({ ...a, asking: false, refusal: failure as Refusal, noConnection: false }));
      },
    );
    return () => leaving.abort();
  }, [path, turn]);
  return answer;
}
