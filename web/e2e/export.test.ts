// Statements handed on by the real server, each caller's own edition, and taken back without doubling.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Caller } from './person.ts';
import type { Server } from './server.ts';
import { servedCase, slug } from './worked-case.ts';

let server: Server;
let officer: Caller;
let party: Caller;
let auditor: Caller;

beforeAll(async () => {
  const served = await servedCase('aleppo-2016');
  server = served.server;
  officer = await Caller.invited(server.address, await served.invitation('reporting-officer'), 'Reporting officer');
  party = await Caller.invited(server.address, await served.invitation('party', { id: 'ministry', name: 'A ministry' }), 'A party');
  auditor = await Caller.invited(server.address, await served.invitation('auditor'), 'An auditor');
});

afterAll(() => server?.remove());

const taken = (who: Caller, format: string): Promise<any> => who.call('GET', `/operations/${slug}/export?format=${format}`);

test('the room is handed every statement in every format, as a file of its own', async () => {
  const json = await taken(officer, 'json');
  expect(json.for).toBe('room');
  expect(json.statements.length).toBeGreaterThan(300);
  const collection = JSON.parse((await (await officer.stream(`/operations/${slug}/export?format=geojson`, AbortSignal.timeout(60_000))).text()) as string);
  expect(collection.features.length).toBe(json.statements.length);
  for (const [format, media, begins] of [
    ['csv', 'text/csv', 'id,entry'],
    ['hxl', 'text/csv', 'id,entry'],
    ['hxl-json', 'application/json', '[["id"'],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK'],
  ] as const) {
    const answer = await officer.stream(`/operations/${slug}/export?format=${format}`, AbortSignal.timeout(60_000));
    expect(answer.headers.get('content-type')).toContain(media);
    expect(answer.headers.get('content-disposition')).toMatch(new RegExp(`^attachment; filename="?${slug}\\.`));
    expect((await answer.text()).replace('\uFEFF', '').startsWith(begins)).toBe(true);
  }
});

test('a party is handed what is theirs, and an unknown format is named with those there are', async () => {
  const json = await taken(party, 'json');
  expect(json.for).toBe('parties');
  expect(json.statements.length + json.withheld).toBe((await taken(officer, 'json')).statements.length);
  await expect(taken(officer, 'pdf')).rejects.toMatchObject({ status: 422, code: 'export.format' });
});

test('who took what stands in the audit log', async () => {
  const log = JSON.stringify(await auditor.call('GET', `/operations/${slug}/audit`));
  expect(log).toContain('exported');
  expect(log).toContain('statements as csv');
});
