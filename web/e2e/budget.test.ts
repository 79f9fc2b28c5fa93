import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, test } from 'vitest';

const dist = new URL('../dist', import.meta.url).pathname;
const compressed = (path: string): number => brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;

/** Files that a page asks for before anybody does anything: what index.html names, and what those import at once. */
function firstLoad(app: string): string[] {
  const named = (text: string): string[] => [...text.matchAll(/(?:src|href)="\/(?:room|field)\/(assets\/[^"]+\.(?:js|css))"/g)].map((m) => m[1]!);
  const open = named(readFileSync(join(dist, app, 'index.html'), 'utf8'));
  const seen = new Set<string>();
  while (open.length > 0) {
    const file = open.pop()!;
    if (seen.has(file)) continue;
    seen.add(file);
    if (!file.endsWith('.js')) continue;
    const text = readFileSync(join(dist, app, file), 'utf8');
    for (const m of text.matchAll(/(?:^|[;}])import\s*(?:[^"'()]*?from)?\s*["']\.\/([^"']+\.js)["']/g)) open.push(`assets/${m[1]}`);
  }
  return ['index.html', ...seen];
}

const total = (app: string, files: readonly string[]): number => files.reduce((sum, file) => sum + compressed(join(dist, app, file)), 0);

test('the field app comes to a phone in less than 250 kB, everything that works offline included', () => {
  const all = readdirSync(join(dist, 'field'), { recursive: true, withFileTypes: true }).filter((f) => f.isFile() && !f.name.endsWith('.map'));
  expect(total('field', firstLoad('field'))).toBeLessThan(250_000);
  expect(all.reduce((sum, f) => sum + compressed(join(f.parentPath, f.name)), 0)).toBeLessThan(400_000);
});

test('the room opens with less than 700 kB', () => {
  expect(total('room', firstLoad('room'))).toBeLessThan(700_000);
});

test('a first load is more than its page, or this test would measure nothing', () => {
  for (const app of ['room', 'field']) expect(firstLoad(app).length).toBeGreaterThan(1);
});
