// The lens of the toggles as the server's grammar writes it: kind:un or kind:media; all kinds is no lens.

export function lensOf(on: readonly string[], all: readonly string[]): string {
  if (on.length === 0 || on.length === all.length) return '';
  return all.filter((k) => on.includes(k)).map((k) => `kind:${k}`).join(' or ');
}

/** The kinds a lens of toggles lets through; a lens in other words leaves every toggle as it is for all. */
export function kindsIn(lens: string, all: readonly string[]): ReadonlySet<string> {
  if (lens === '') return new Set(all);
  const parts = lens.split(' or ').map((p) => /^kind:([a-z-]+)$/.exec(p.trim())?.[1]);
  return parts.every((p): p is string => p !== undefined && all.includes(p)) ? new Set(parts) : new Set();
}

export const toField = (asOf: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(asOf) ? `${asOf}T23:59` : asOf.slice(0, 16));

export const fromField = (value: string): string => value;
