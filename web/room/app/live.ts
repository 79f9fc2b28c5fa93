// What happens while a page is open. The browser comes back by itself with the last id it heard; the page knows meanwhile that it is not connected.
import { useEffect, useState } from 'react';
import type { Statement } from './api.ts';

export interface Live {
  readonly connected: boolean;
  /** Entries of the record when last heard. */
  readonly size: number;
  /** Statements that arrived since the page last showed them, the newest first. */
  readonly fresh: readonly Statement[];
  /** Counts up when something of the desk changed. */
  readonly desk: number;
}

const nothing: Live = { connected: true, size: 0, fresh: [], desk: 0 };

export function useLive(operation: string | undefined): Live & { shown(): void } {
  const [live, setLive] = useState(nothing);
  useEffect(() => {
    setLive(nothing);
    if (!operation) return undefined;
    const source = new EventSource(`/api/v1/operations/${operation}/events`);
    source.addEventListener('open', () => setLive((l) => ({ ...l, connected: true })));
    source.addEventListener('error', () => setLive((l) => ({ ...l, connected: false })));
    source.addEventListener('head', (e) => {
      const { size } = JSON.parse(e.data) as { size: number };
      setLive((l) => (l.size === size && l.connected ? l : { ...l, size, connected: true }));
    });
    source.addEventListener('statement', (e) => {
      const statement = JSON.parse(e.data) as Statement;
      setLive((l) => (l.fresh.some((s) => s.id === statement.id) ? l : { ...l, fresh: [statement, ...l.fresh] }));
    });
    source.addEventListener('desk', () => setLive((l) => ({ ...l, desk: l.desk + 1 })));
    return () => source.close();
  }, [operation]);
  return { ...live, shown: () => setLive((l) => ({ ...l, fresh: [] })) };
}
