// OGC API – Features on the real server, read by programs that we did not write: ogrinfo and ogr2ogr of GDAL, and check-geojson.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getIssues } from '@placemarkio/check-geojson';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Caller } from './person.ts';
import type { Server } from './server.ts';
import { servedCase, slug } from './worked-case.ts';

const run = promisify(execFile);
const hasGdal = await run('ogrinfo', ['--version']).then(
  () => true,
  () => false,
);

let server: Server;
let officer: Caller;
let key = '';
let open = '';
const folder = mkdtempSync(join(tmpdir(), 'safeconduct-ogc-'));

beforeAll(async () => {
  const served = await servedCase('aleppo-2016');
  server = served.server;
  officer = await Caller.invited(server.address, await served.invitation('reporting-officer'), 'Reporting officer');
  key = (await officer.call('POST', `/operations/${slug}/feed-keys`, { name: 'Relief cluster', audience: 'parties', days: 30 })).key;
});

afterAll(async () => {
  await server?.remove();
  rmSync(folder, { recursive: true, force: true });
});

const root = (): string => `${server.address}/ogc/${slug}`;
const keyed = (): Record<string, string> => ({ authorization: `Bearer ${key}` });
const get = async (path: string, headers: Record<string, string> = keyed()): Promise<any> => {
  const answer = await fetch(path.startsWith('http') ? path : root() + path, { headers });
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text, body: text ? JSON.parse(text) : null };
};

/** Every page of a collection, by its next links. */
async function all(path: string, meanwhile: () => Promise<void> = async () => {}): Promise<{ ids: string[]; pages: number; matched: number; features: any[] }> {
  const features: any[] = [];
  let [pages, matched] = [0, 0];
  for (let at: string | undefined = root() + path; at; pages++) {
    const { status, body } = await get(at);
    expect(status).toBe(200);
    expect(body.numberReturned).toBe(body.features.length);
    if (pages === 0) matched = body.numberMatched;
    expect(body.numberMatched).toBe(matched);
    features.push(...body.features);
    at = body.links.find((l: { rel: string }) => l.rel === 'next')?.href;
    if (pages === 0) await meanwhile();
  }
  return { ids: features.map((f) => f.id), pages, matched, features };
}

test('from the landing page every address of the standard is reached by its links', async () => {
  const landing = await get('');
  const link = (body: any, rel: string): string => body.links.find((l: { rel: string }) => l.rel === rel).href;
  for (const rel of ['self', 'service-desc', 'conformance', 'data']) expect((await get(link(landing.body, rel))).status).toBe(200);
  const description = await get(link(landing.body, 'service-desc'));
  expect(description.type).toBe('application/vnd.oai.openapi+json;version=3.0');
  expect(description.body.openapi).toMatch(/^3\.0/);
  expect((await get(link(landing.body, 'conformance'))).body.conformsTo.map((c: string) => c.split('/').at(-1))).toEqual(['core', 'oas30', 'geojson']);
  const collections = (await get(link(landing.body, 'data'))).body.collections;
  expect(collections.map((c: { id: string }) => c.id)).toEqual(['statements', 'incidents', 'places', 'control']);
  for (const collection of collections) {
    expect((await get(link(collection, 'self'))).body).toEqual(collection);
    const items = await get(`${link(collection, 'items')}?limit=3`);
    expect(items.type).toBe('application/geo+json');
    const [first] = items.body.features;
    expect(['id', ...Object.keys((await get(link(collection, 'describedBy'))).body.properties.properties.properties)]).toEqual(Object.keys(first.properties));
    const one = await get(`/collections/${collection.id}/items/${encodeURIComponent(first.id)}`);
    expect({ ...one.body, links: undefined }).toEqual({ ...first, links: undefined });
    expect(link(one.body, 'collection')).toBe(link(collection, 'self'));
  }
});

test('every page of every collection passes an independent validator of GeoJSON', async () => {
  for (const collection of ['statements', 'incidents', 'places', 'control']) {
    for (let at: string | undefined = `${root()}/collections/${collection}/items?limit=200`; at; ) {
      const { text, body } = await get(at);
      expect(getIssues(text)).toEqual([]);
      expect(text).not.toContain('"crs"');
      at = body.links.find((l: { rel: string }) => l.rel === 'next')?.href;
    }
  }
});

test('pages are together all that was matched, once each, whatever is said meanwhile', async () => {
  const whole = await all('/collections/statements/items?limit=1000');
  const paged = await all('/collections/statements/items?limit=17', async () => {
    await officer.call('POST', `/operations/${slug}/statements`, {
      statement: { kind: 'status', by: { id: 'un/office', name: 'A relief office (UN)', kind: 'un' }, about: '2016-12-19', said: { subject: 'operation', state: 'running' }, handling: 'public', consent: 'not-needed', citation: 'A paper' },
    });
  });
  expect(whole.ids.length).toBe(whole.matched);
  expect(new Set(paged.ids).size).toBe(paged.ids.length);
  expect(paged.ids).toEqual(whole.ids);
  expect(paged.pages).toBe(Math.ceil(whole.matched / 17));
  expect((await all('/collections/statements/items?limit=1000')).matched).toBe(whole.matched + 1);
});

test('what is asked is narrowed by box and time as a slow reader would narrow it', async () => {
  const { features } = await all('/collections/statements/items?limit=1000');
  const flat = (c: any): [number, number][] => (typeof c[0] === 'number' ? [c] : c.flatMap(flat));
  const points = features.filter((f) => f.geometry?.type === 'Point');
  const [west, south, east, north] = [37.1, 36.15, 37.25, 36.25];
  const inBox = points.filter((f) => flat(f.geometry.coordinates).every(([x, y]) => x >= west && x <= east && y >= south && y <= north)).map((f) => f.id);
  const boxed = await all(`/collections/statements/items?limit=50&bbox=${west},${south},${east},${north}`);
  expect(boxed.features.filter((f) => f.geometry.type === 'Point').map((f) => f.id)).toEqual(inBox);
  expect((await all(`/collections/statements/items?limit=1000&bbox=${west},${south},-10,${east},${north},10`)).ids).toEqual(boxed.ids);
  expect((await all('/collections/statements/items?limit=1000&bbox=170,-90,-170,90')).ids).toEqual([]);

  const [from, to] = ['2016-12-16T00:00:00Z', '2016-12-17T00:00:00Z'];
  const timed = await all(`/collections/statements/items?limit=50&datetime=${from}/${to}`);
  const expected = features.filter((f) => Date.parse(f.properties.about_start) <= Date.parse(to) && Date.parse(f.properties.about_end) > Date.parse(from)).map((f) => f.id);
  const stated = new Set(features.filter((f) => f.properties.about.includes('T')).map((f) => f.id));
  expect(timed.ids.filter((id) => !stated.has(id))).toEqual(expected.filter((id) => !stated.has(id)));
  expect((await all('/collections/statements/items?limit=1000&datetime=../2999-01-01T00:00:00Z')).ids.length).toBe(features.length);
});

test('a parameter that is not known, or not of its form, is answered with 400 and a sentence', async () => {
  for (const query of ['colour=red', 'limit=0', 'limit=x', 'limit=1.5', 'bbox=1,2,3', 'bbox=1,2,3,x', 'bbox=0,10,1,5', 'bbox=NaN,0,1,1', 'datetime=yesterday', 'datetime=../..', 'datetime=2016-12-18T00:00:00Z/2016-12-16T00:00:00Z', 'cursor=9.9.9', 'cursor=999999.0', 'limit=1&limit=2', 'f=gml', 'bbox-crs=x']) {
    const { status, type, body } = await get(`/collections/statements/items?${query}`);
    expect([query, status, type]).toEqual([query, 400, 'application/problem+json']);
    expect(body.code).toMatch(/^features\./);
    expect(body.detail.length).toBeGreaterThan(20);
  }
  expect((await get('/collections/statements/items?limit=100000')).status).toBe(200);
  expect((await get('/collections?limit=1')).status).toBe(400);
  expect((await get('/collections/nothing')).status).toBe(404);
  expect((await get('/collections/statements/items/nothing')).status).toBe(404);
});

test('without a key or a sign-in nothing is read, and a key reads no more than its audience', async () => {
  expect((await get('/collections', {})).status).toBe(401);
  expect((await get('/collections', { authorization: 'Bearer nobody' })).status).toBe(401);
  expect((await fetch(`${server.address}/ogc/${slug}/key/nobody/collections`)).status).toBe(401);
  expect((await fetch(`${server.address}/ogc/${slug}/key/${key}/collections`)).status).toBe(200);
  expect((await fetch(`${server.address}/api/v1/operations/${slug}/situation`, { headers: keyed() })).status).toBe(401);
  expect((await fetch(`${server.address}/api/v1/operations/${slug}/feed-keys`, { headers: keyed() })).status).toBe(401);

  const { id } = await officer.call('POST', `/operations/${slug}/statements`, {
    statement: { kind: 'status', by: { id: 'own', name: 'Own observer', kind: 'own-observers' }, about: '2016-12-15', said: { subject: 'operation', state: 'running' } },
  });
  const room = await officer.raw('GET', `/ogc/${slug}/collections/statements/items?limit=1000`);
  expect(room.features.map((f: any) => f.id)).toContain(id);
  expect((await all('/collections/statements/items?limit=1000')).ids).not.toContain(id);
  expect((await get(`/collections/statements/items/${id}`)).status).toBe(404);

  const kinds = (await all('/collections/statements/items?limit=1000')).features.map((f) => f.properties.source_kind);
  expect(kinds).not.toContain('witness');
});

test('the public feed is shut until the operation opens it, and shut again when it says so', async () => {
  expect((await get('', {})).status).toBe(401);
  await expect(officer.call('POST', `/operations/${slug}/feed-keys`, { name: 'Anybody', audience: 'parties', open: true })).rejects.toThrow(/feed-key\.open/);
  await expect(officer.call('POST', `/operations/${slug}/feed-keys`, { name: 'Anybody', audience: 'room' })).rejects.toThrow(/feed-key\.audience/);
  open = (await officer.call('POST', `/operations/${slug}/feed-keys`, { name: 'Anybody', audience: 'public', open: true, days: 1 })).id;
  expect((await get('/collections', {})).status).toBe(200);
  await officer.call('DELETE', `/operations/${slug}/feed-keys/${open}`);
  expect((await get('/collections', {})).status).toBe(401);
});

test('a key that was ended reads nothing more, and the log says who made it and that it read', async () => {
  const made = await officer.call('POST', `/operations/${slug}/feed-keys`, { name: 'A short while', audience: 'public', days: 1 });
  expect((await get('', { authorization: `Bearer ${made.key}` })).status).toBe(200);
  await officer.call('DELETE', `/operations/${slug}/feed-keys/${made.id}`);
  expect((await get('', { authorization: `Bearer ${made.key}` })).status).toBe(401);
  const line = (await officer.call('GET', `/operations/${slug}/feed-keys`)).find((k: any) => k.id === made.id);
  expect(line.revoked).not.toBeNull();
  expect(line.last_used).not.toBeNull();
  expect(JSON.stringify(line)).not.toContain(made.key);
});

describe.skipIf(!hasGdal)('GDAL (skipped where gdal-bin is not installed)', () => {
  const gdal = (program: string, args: string[]): Promise<{ stdout: string; stderr: string }> => run(program, args, { env: { ...process.env, GDAL_HTTP_HEADERS: `Authorization: Bearer ${key}` }, maxBuffer: 64 << 20 });

  test('ogrinfo lists the collections and counts their features as the record does', async () => {
    const { stdout } = await gdal('ogrinfo', ['-ro', `OAPIF:${root()}`]);
    for (const collection of ['statements', 'incidents', 'places', 'control']) expect(stdout).toContain(collection);
    for (const collection of ['statements', 'places', 'control']) {
      const summary = await gdal('ogrinfo', ['-ro', '-so', `OAPIF:${root()}`, collection]);
      expect(Number(/Feature Count: (\d+)/.exec(summary.stdout)![1])).toBe((await all(`/collections/${collection}/items?limit=1000`)).matched);
    }
  });

  test('ogr2ogr takes every page into a GeoPackage, attribute by attribute as the record has it', async () => {
    const file = join(folder, 'statements.gpkg');
    const { stderr } = await gdal('ogr2ogr', ['-f', 'GPKG', file, `OAPIF:${root()}`, 'statements', '-oo', 'PAGE_SIZE=25']);
    expect(stderr.replace(/^Warning 1:.*$/gm, '').trim()).toBe('');
    const { features } = await all('/collections/statements/items?limit=1000');
    const { stdout } = await run('ogrinfo', ['-ro', '-so', file, 'statements']);
    expect(Number(/Feature Count: (\d+)/.exec(stdout)![1])).toBe(features.length);
    const taken = JSON.parse((await run('ogr2ogr', ['-f', 'GeoJSON', '/vsistdout/', file, 'statements'], { maxBuffer: 64 << 20 })).stdout).features;
    const named = ['id', 'entry', 'source', 'source_kind', 'relayed_by', 'kind', 'modality', 'measure', 'unit', 'category', 'low', 'high', 'words', 'from', 'to', 'via', 'paraphrase', 'citation', 'handling', 'links'];
    const read = (f: any): string => named.map((name) => `${name}: ${f.properties[name] ?? ''}`).join('\n');
    expect(taken.map(read)).toEqual(features.map(read));
    expect(taken.map((f: any) => f.geometry?.type)).toEqual(features.map((f) => f.geometry?.type));
  });

  test('ogr2ogr narrows by box, by attribute and by time, and gets what the server says', async () => {
    const count = async (...more: string[]): Promise<number> => {
      const { stdout } = await gdal('ogr2ogr', ['-f', 'GeoJSON', '/vsistdout/', ...more]);
      return JSON.parse(stdout).features.length;
    };
    const boxed = await all('/collections/statements/items?limit=1000&bbox=37.1,36.15,37.25,36.25');
    expect(await count(`OAPIF:${root()}`, 'statements', '-spat', '37.1', '36.15', '37.25', '36.25')).toBe(boxed.features.filter((f) => f.geometry).length);
    const { features } = await all('/collections/statements/items?limit=1000');
    expect(await count(`OAPIF:${root()}`, 'statements', '-where', "kind = 'headcount'")).toBe(features.filter((f) => f.properties.kind === 'headcount').length);
    const timed = `${root()}/collections/statements/items?datetime=2016-12-16/2016-12-16&limit=1000`;
    expect(await count(timed)).toBe((await all('/collections/statements/items?datetime=2016-12-16/2016-12-16&limit=1000')).features.length);
  });

  test('a program that takes an address alone reads by the key in it', async () => {
    const { stdout } = await run('ogrinfo', ['-ro', '-so', `OAPIF:${server.address}/ogc/${slug}/key/${key}`, 'places']);
    expect(Number(/Feature Count: (\d+)/.exec(stdout)![1])).toBe((await all('/collections/places/items?limit=1000')).matched);
  });
});
