// What a page shows stands in its address, so that it can be sent: which operation and view, through which lens, as known when, and what is open.
import { useSyncExternalStore } from 'react';

export interface Address {
  /** The parts of the path: `op`, the operation's short name, the view, and what follows. */
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

export function parse(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return { path: path.split('/').filter(Boolean).map(decodeURIComponent), query: Object.fromEntries(new URLSearchParams(query)) };
}

export function write(address: Address): string {
  const query = new URLSearchParams(Object.entries(address.query).filter(([, value]) => value !== '')).toString();
  return `#/${address.path.map(encodeURIComponent).join('/')}${query ? `?${query}` : ''}`;
}

/** The address of another view of the same operation: lens and time come along, what was open does not. */
export const toView = (from: Address, ...view: readonly string[]): string =>
  write({ path: ['op', from.path[1] ?? '', ...view], query: kept(from.query) });

/** The same address with some of its questions asked otherwise; an empty value takes one away. */
export const withQuery = (from: Address, change: Readonly<Record<string, string>>): string => write({ path: from.path, query: { ...from.query, ...change } });

const kept = (query: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).filter(([name]) => name === 'lens' || name === 'as_of' || name === 'known'));

let last = { hash: '\0', address: parse('') };
const now = (): Address => {
  if (last.hash !== location.hash) last = { hash: location.hash, address: parse(location.hash) };
  return last.address;
};
const listen = (changed: () => void): (() => void) => {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
};

export const useAddress = (): Address => useSyncExternalStore(listen, now);

/** Goes to an address; replacing leaves no step to go back to, for sliders and keys held down. */
export function go(hash: string, replace = false): void {
  if (replace) {
    history.replaceState(null, '', hash);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = hash;
  }
}
