// Alerts as the server hands them out, and the order in which a reader follows them.

export type Audience = 'room' | 'parties' | 'public';

export interface AlertText {
  readonly language: string;
  readonly event: string;
  readonly headline: string;
  readonly description: string;
}

export interface Proposed {
  readonly matter: string;
  readonly for: Audience;
  readonly message: 'alert' | 'update' | 'cancel';
  readonly follows: string | null;
  readonly statements: readonly string[];
  /** Of all that it says: sent back with the release, so that what goes out is what was read. */
  readonly digest: string;
  readonly texts: readonly AlertText[];
}

export interface Released {
  readonly identifier: string;
  readonly for: Audience;
  readonly matter: string;
  readonly message: 'alert' | 'update' | 'cancel';
  readonly follows: string | null;
  readonly sent: string;
  readonly statements: readonly string[];
  readonly released_by: string | null;
  readonly entry: string;
}

/** Proposals of one matter together, one for each audience, the narrowest first. */
export function byMatter(proposed: readonly Proposed[]): readonly (readonly Proposed[])[] {
  const order: readonly Audience[] = ['room', 'parties', 'public'];
  const groups = new Map<string, Proposed[]>();
  for (const p of proposed) groups.set(p.matter, [...(groups.get(p.matter) ?? []), p]);
  return [...groups.values()].map((g) => g.sort((a, b) => order.indexOf(a.for) - order.indexOf(b.for)));
}

/** Released alerts as chains, each from its first message on, the chain with the latest message first. One whose predecessor is not shown to this reader begins a chain. */
export function chains(released: readonly Released[]): readonly (readonly Released[])[] {
  const known = new Set(released.map((r) => r.identifier));
  const after = new Map(released.filter((r) => r.follows && known.has(r.follows)).map((r) => [r.follows!, r]));
  const from = (first: Released): Released[] => {
    const chain = [first];
    for (let next = after.get(first.identifier); next && !chain.includes(next); next = after.get(next.identifier)) chain.push(next);
    return chain;
  };
  return released
    .filter((r) => !r.follows || !known.has(r.follows))
    .map(from)
    .sort((a, b) => Date.parse(b.at(-1)!.sent) - Date.parse(a.at(-1)!.sent));
}

/** What a chain is about, taken from its name: `halt.operation.old-town`, `fire.old-town.2031-05-02`. */
export function matterOf(name: string): { readonly topic: string; readonly place: string | undefined; readonly day: string | undefined } {
  const [topic = '', ...rest] = name.split('.');
  const day = /^\d{4}-\d\d-\d\d$/.test(rest.at(-1) ?? '') ? rest.pop() : undefined;
  const place = rest.pop();
  return { topic, place: place === 'anywhere' ? undefined : place, day };
}
