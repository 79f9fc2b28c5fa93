// Alerts on the real server: proposed to the room, released by a person who read them, and then fetched by those they are for.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Caller } from './person.ts';
import { Server } from './server.ts';

const at = '/operations/valley';
let server: Server;
let officer: Caller;
let monitor: Caller;
let party: Caller;
let auditor: Caller;
const key: Record<string, string> = {};

beforeAll(async () => {
  server = await Server.create();
  await server.start();
  const administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
  await administrator.call('POST', '/operations', {
    slug: 'valley', name: 'Northern valley', time_zone: 'UTC',
    places: { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { id: 'old-town', name_en: 'Old town', kind: 'town' }, geometry: { type: 'Point', coordinates: [37.15, 36.19] } }] },
  });
  const invited = async (role: string, name: string): Promise<Caller> =>
    Caller.invited(server.address, (await administrator.call('POST', `${at}/invitations`, { roles: [role], ...(role === 'party' ? { party: { id: name, name } } : {}) })).address, name);
  [officer, monitor, party, auditor] = await Promise.all([invited('reporting-officer', 'A. Officer'), invited('monitor', 'A monitor'), invited('party', 'The council'), invited('auditor', 'An auditor')]);
  for (const audience of ['parties', 'public']) key[audience] = (await officer.call('POST', `${at}/feed-keys`, { name: `Partner of ${audience}`, audience })).key;
});

afterAll(() => server?.remove());

const say = (state: string, more: object = {}): Promise<{ id: string }> =>
  officer.call('POST', `${at}/statements`, {
    statement: { kind: 'status', by: { id: 'relief/office', name: 'Relief office', kind: 'un' }, about: '2031-05-02', from: 'old-town', said: { subject: 'operation', state }, handling: 'parties', consent: 'not-needed', citation: 'A paper', ...more },
  });
const proposed = async (to: string): Promise<any[]> => (await officer.call('GET', `${at}/alerts`)).proposed.filter((p: any) => p.for === to);
const fetched = async (audience: string, path: string): Promise<Response> => fetch(`${server.address}/api/v1${at}/alerts${path}`, { headers: { authorization: `Bearer ${key[audience]}` } });

test('an alert is proposed to the room, and outside it nothing is seen of it until a person released what she read', async () => {
  const { id } = await say('suspended');
  const [one] = await proposed('parties');
  expect(one).toMatchObject({ matter: 'halt.operation.old-town', message: 'alert', follows: null, statements: [id] });
  expect(one.texts[0].description).toContain('Movement stopped: reported by Relief office');
  expect(await proposed('public')).toEqual([]);
  expect(await party.call('GET', `${at}/alerts`)).toEqual({ proposed: null, released: [] });
  expect(await (await fetched('parties', '')).json()).toEqual({ proposed: null, released: [] });

  await expect(monitor.call('POST', `${at}/alerts`, { matter: one.matter, for: 'parties', digest: one.digest })).rejects.toThrow(/not-allowed/);
  await expect(officer.call('POST', `${at}/alerts`, { matter: one.matter, for: 'parties', digest: 'another' })).rejects.toThrow(/alert\.changed/);
  await expect(officer.call('POST', `${at}/alerts`, { matter: one.matter, for: 'public', digest: one.digest })).rejects.toThrow(/alert\.changed/);

  const twice = await Promise.allSettled([1, 2].map(() => officer.call('POST', `${at}/alerts`, { matter: one.matter, for: 'parties', digest: one.digest, status: 'exercise' })));
  expect(twice.map((t) => t.status).sort()).toEqual(['fulfilled', 'rejected']);
  const [released] = (await officer.call('GET', `${at}/alerts`)).released;
  expect(released).toMatchObject({ for: 'parties', message: 'alert', released_by: 'A. Officer', statements: [id] });
  expect(await proposed('parties')).toEqual([]);
});

test('those it is for fetch it byte for byte, and nobody learns who released it', async () => {
  const [mine] = (await party.call('GET', `${at}/alerts`)).released;
  expect(mine.released_by).toBeNull();
  const xml = await (await fetched('parties', `/${mine.identifier}.cap`)).text();
  expect(xml).toContain(`<identifier>${mine.identifier}</identifier>`);
  expect(xml).toContain('<status>Exercise</status>');
  expect(xml).toMatch(/<sent>[^<]+-00:00<\/sent>/);
  expect(xml).not.toContain('A. Officer');
  expect((await fetched('public', `/${mine.identifier}.cap`)).status).toBe(404);
  expect((await (await fetched('public', '')).json()).released).toEqual([]);
});

test('what was said later updates the chain, and a withdrawal cancels it, after a restart too', async () => {
  const first = (await party.call('GET', `${at}/alerts`)).released[0];
  const more = await say('suspended', { by: { id: 'council', name: 'The council', kind: 'party' } });
  const [update] = await proposed('parties');
  expect(update).toMatchObject({ message: 'update', follows: first.identifier });
  await officer.call('POST', `${at}/alerts`, { matter: update.matter, for: 'parties', digest: update.digest });
  await server.stop('SIGKILL');
  await server.start();
  for (const id of [first.statements[0], more.id]) await officer.call('POST', `${at}/statements/${id}/withdrawal`, { reason: 'It was another town.' });
  const [cancel] = await proposed('parties');
  expect(cancel).toMatchObject({ message: 'cancel', statements: [] });
  const last = await officer.call('POST', `${at}/alerts`, { matter: cancel.matter, for: 'parties', digest: cancel.digest });
  const xml = await (await fetched('parties', `/${last.identifier}.cap`)).text();
  expect(xml).toContain('<msgType>Cancel</msgType>');
  expect(xml).toContain(`,${cancel.follows},`);
  expect(await proposed('parties')).toEqual([]);
  const log = await auditor.call('GET', `${at}/audit`);
  expect(log.first_broken).toBeNull();
  expect(log.events.filter((e: { act: string }) => e.act === 'released-alert').length).toBe(3);
  expect(log.events.some((e: { act: string; role: string }) => e.act === 'read-feed' && e.role === 'feed-key')).toBe(true);
});
