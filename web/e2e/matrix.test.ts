import { afterAll, beforeAll, expect, test } from 'vitest';
import { Caller, type Problem } from './person.ts';
import { Server } from './server.ts';

const roles = ['observer', 'monitor', 'reporting-officer', 'party', 'guarantor', 'auditor', 'head-of-mission'] as const;
type Who = (typeof roles)[number] | 'administrator';

const room: Who[] = ['observer', 'monitor', 'reporting-officer'];
const lookers: Who[] = [...room, 'head-of-mission'];
const readers: Who[] = [...lookers, 'party', 'guarantor'];
const members: Who[] = [...readers, 'auditor'];
const everybody: Who[] = [...members, 'administrator'];

// Who may do what, in words of this test: kept apart from the server's own table, so that a slip in either shows.
const may: Record<string, Who[] | 'open' | 'device' | 'key'> = {
  'GET /api/v1/session': 'open',
  'POST /api/v1/session/password': 'open',
  'POST /api/v1/session/passkey/options': 'open',
  'POST /api/v1/session/passkey': 'open',
  'DELETE /api/v1/session': everybody,
  'POST /api/v1/session/end-all': everybody,
  'GET /api/v1/invitations/{code}': 'open',
  'POST /api/v1/invitations/{code}': 'open',
  'POST /api/v1/invitations/{code}/confirm': 'open',
  'POST /api/v1/enrolments/{code}': 'open',
  'PATCH /api/v1/account': everybody,
  'GET /api/v1/account/passkeys': everybody,
  'POST /api/v1/account/passkeys/options': everybody,
  'POST /api/v1/account/passkeys': everybody,
  'DELETE /api/v1/account/passkeys/{id}': everybody,
  'GET /api/v1/operations': everybody,
  'POST /api/v1/operations': ['administrator'],
  'GET /api/v1/operations/{op}': members,
  'POST /api/v1/operations/{op}/invitations': ['reporting-officer', 'administrator'],
  'GET /api/v1/operations/{op}/members': ['reporting-officer', 'administrator'],
  'DELETE /api/v1/operations/{op}/members/{account}': ['reporting-officer', 'administrator'],
  'GET /api/v1/operations/{op}/devices': ['monitor', 'reporting-officer'],
  'POST /api/v1/operations/{op}/devices': ['monitor', 'reporting-officer'],
  'DELETE /api/v1/operations/{op}/devices/{id}': ['monitor', 'reporting-officer'],
  'GET /api/v1/operations/{op}/audit': ['auditor', 'administrator'],
  'POST /api/v1/operations/{op}/break-glass': ['auditor'],
  'GET /api/v1/operations/{op}/situation': readers,
  'GET /api/v1/operations/{op}/explanations/{id}': readers,
  'GET /api/v1/operations/{op}/places': readers,
  'GET /api/v1/operations/{op}/vocabulary': readers,
  'GET /api/v1/operations/{op}/agreement': readers,
  'GET /api/v1/operations/{op}/agreement/history': lookers,
  'PUT /api/v1/operations/{op}/agreement': ['reporting-officer'],
  'POST /api/v1/operations/{op}/agreement/check': ['reporting-officer'],
  'GET /api/v1/operations/{op}/agreement/form': ['reporting-officer'],
  'POST /api/v1/operations/{op}/agreement/form': ['reporting-officer'],
  'GET /api/v1/operations/{op}/statements': readers,
  'GET /api/v1/operations/{op}/export': readers,
  'POST /api/v1/operations/{op}/statements': room,
  'GET /api/v1/operations/{op}/statements/{id}': members,
  'GET /api/v1/operations/{op}/statements/{id}/attachments/{sha256}': members,
  'POST /api/v1/operations/{op}/statements/{id}/correction': room,
  'POST /api/v1/operations/{op}/statements/{id}/withdrawal': room,
  'POST /api/v1/operations/{op}/statements/{id}/comments': room,
  'POST /api/v1/operations/{op}/imports': ['monitor', 'reporting-officer'],
  'POST /api/v1/operations/{op}/line-texts': room,
  'POST /api/v1/operations/{op}/texts/read': ['monitor', 'reporting-officer'],
  'POST /api/v1/operations/{op}/texts': ['monitor', 'reporting-officer'],
  'GET /api/v1/operations/{op}/texts/{sha256}': lookers,
  'GET /api/v1/operations/{op}/drafts': ['monitor', 'reporting-officer'],
  'POST /api/v1/operations/{op}/drafts': ['reporting-officer'],
  'PUT /api/v1/operations/{op}/drafts/{id}': ['reporting-officer'],
  'DELETE /api/v1/operations/{op}/drafts/{id}': ['reporting-officer'],
  'GET /api/v1/operations/{op}/drafts/{id}/{edition}': ['monitor', 'reporting-officer'],
  'POST /api/v1/operations/{op}/drafts/{id}/check': ['monitor', 'reporting-officer'],
  'POST /api/v1/operations/{op}/drafts/{id}/clearance': ['reporting-officer'],
  'POST /api/v1/operations/{op}/drafts/{id}/publication': ['reporting-officer'],
  'GET /api/v1/operations/{op}/reports': members,
  'GET /api/v1/operations/{op}/reports/edition': members,
  'GET /api/v1/operations/{op}/reports/citing/{statement}': ['reporting-officer'],
  'POST /api/v1/operations/{op}/reports/errata': ['reporting-officer'],
  'GET /api/v1/operations/{op}/findings': ['monitor', 'reporting-officer'],
  'POST /api/v1/operations/{op}/findings': ['monitor', 'reporting-officer'],
  'GET /api/v1/operations/{op}/findings/mine': ['party', 'guarantor'],
  'POST /api/v1/operations/{op}/findings/{id}/replies': ['party', 'guarantor'],
  'POST /api/v1/operations/{op}/findings/{id}/adoption': ['reporting-officer'],
  'GET /api/v1/operations/{op}/parties': ['monitor', 'reporting-officer'],
  'POST /api/v1/operations/{op}/statements/{id}/confirmation': room,
  'GET /api/v1/operations/{op}/events': members,
  'GET /api/v1/operations/{op}/record/entries': members,
  'GET /api/v1/operations/{op}/record/checkpoint': members,
  'GET /api/v1/operations/{op}/record/charter': members,
  'GET /api/v1/operations/{op}/record/certificates': members,
  'GET /api/v1/operations/{op}/record/forks': members,
  'GET /api/v1/operations/{op}/bundle': members,
  'POST /api/v1/operations/{op}/bundle/releases': ['head-of-mission'],
  'GET /api/v1/operations/{op}/webhooks': ['reporting-officer'],
  'POST /api/v1/operations/{op}/webhooks': ['reporting-officer'],
  'DELETE /api/v1/operations/{op}/webhooks/{id}': ['reporting-officer'],
  'POST /api/v1/operations/{op}/webhooks/{id}/test': ['reporting-officer'],
  'GET /api/v1/operations/{op}/webhooks/{id}/deliveries': ['reporting-officer'],
  'GET /feeds/{op}/reports.atom': readers,
  'GET /feeds/{op}/reports.json': readers,
  'GET /feeds/{op}/reports/edition': readers,
  'GET /feeds/{op}/key/{key}/reports.atom': 'key',
  'GET /feeds/{op}/key/{key}/reports.json': 'key',
  'GET /feeds/{op}/key/{key}/reports/edition': 'key',
  'POST /api/v1/operations/{op}/sync/shift': 'device',
  'GET /api/v1/operations/{op}/sync/heads': 'device',
  'POST /api/v1/operations/{op}/sync/entries': 'device',
  'HEAD /api/v1/operations/{op}/sync/blobs/{sha256}': 'device',
  'PUT /api/v1/operations/{op}/sync/blobs/{sha256}': 'device',
  'GET /api/v1/operations/{op}/sync/proof/{entry}': 'device',
  'GET /api/v1/operations/{op}/alerts': readers,
  'GET /api/v1/operations/{op}/alerts/{identifier}.cap': readers,
  'POST /api/v1/operations/{op}/alerts': ['reporting-officer'],
  'GET /api/v1/operations/{op}/feed-keys': ['reporting-officer'],
  'POST /api/v1/operations/{op}/feed-keys': ['reporting-officer'],
  'DELETE /api/v1/operations/{op}/feed-keys/{id}': ['reporting-officer'],
  'GET /ogc/{op}': readers,
  'GET /ogc/{op}/api': readers,
  'GET /ogc/{op}/conformance': readers,
  'GET /ogc/{op}/collections': readers,
  'GET /ogc/{op}/collections/{collection}': readers,
  'GET /ogc/{op}/collections/{collection}/schema': readers,
  'GET /ogc/{op}/collections/{collection}/items': readers,
  'GET /ogc/{op}/collections/{collection}/items/{feature}': readers,
  'GET /ogc/{op}/key/{key}': 'key',
  'GET /ogc/{op}/key/{key}/api': 'key',
  'GET /ogc/{op}/key/{key}/conformance': 'key',
  'GET /ogc/{op}/key/{key}/collections': 'key',
  'GET /ogc/{op}/key/{key}/collections/{collection}': 'key',
  'GET /ogc/{op}/key/{key}/collections/{collection}/schema': 'key',
  'GET /ogc/{op}/key/{key}/collections/{collection}/items': 'key',
  'GET /ogc/{op}/key/{key}/collections/{collection}/items/{feature}': 'key',
  'GET /api/v1/operations/{op}/collect/users': ['monitor', 'reporting-officer'],
  'POST /api/v1/operations/{op}/collect/users': ['monitor', 'reporting-officer'],
  'DELETE /api/v1/operations/{op}/collect/users/{id}': ['monitor', 'reporting-officer'],
  'GET /api/v1/operations/{op}/collect/forms': ['monitor', 'reporting-officer'],
  'GET /key/{token}/formList': 'device',
  'GET /key/{token}/forms/{id}': 'device',
  'GET /key/{token}/forms/{id}/manifest': 'device',
  'GET /key/{token}/forms/{id}/files/{name}': 'device',
  'HEAD /key/{token}/submission': 'device',
  'POST /key/{token}/submission': 'device',
  'GET /openrosa/{op}/formList': 'device',
  'GET /openrosa/{op}/forms/{id}': 'device',
  'GET /openrosa/{op}/forms/{id}/manifest': 'device',
  'GET /openrosa/{op}/forms/{id}/files/{name}': 'device',
  'HEAD /openrosa/{op}/submission': 'device',
  'POST /openrosa/{op}/submission': 'device',
  'GET /operations/{op}/text': readers,
  'GET /health/live': 'open',
  'GET /health/ready': 'open',
  'GET /metrics': ['administrator'],
};

let server: Server;
const people = new Map<Who | 'stranger' | 'nobody', Caller>();
let endpoints: string[] = [];

beforeAll(async () => {
  server = await Server.create();
  await server.start();
  const administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
  people.set('administrator', administrator);
  for (const slug of ['valley', 'elsewhere']) await administrator.call('POST', '/operations', { slug, name: slug, time_zone: 'UTC' });
  const invited = async (slug: string, role: string, name: string): Promise<Caller> =>
    Caller.invited(server.address, (await administrator.call('POST', `/operations/${slug}/invitations`, { roles: [role], ...(role === 'party' || role === 'guarantor' ? { party: { id: name, name } } : {}) })).address, name);
  for (const role of roles) people.set(role, await invited('valley', role, `The ${role}`));
  people.set('stranger', await invited('elsewhere', 'reporting-officer', 'A stranger'));
  people.set('nobody', new Caller(server.address));
  const description = await (await fetch(`${server.address}/openapi/v1.json`)).json();
  expect(description.openapi).toMatch(/^3\.1/);
  endpoints = Object.entries<Record<string, unknown>>(description.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('{*id}', '{id}')}`));
});

afterAll(() => server?.remove());

/** What came back: nothing where it was let in, else the code of the refusal. */
async function outcome(who: Caller, endpoint: string): Promise<string> {
  const [method, path] = endpoint.split(' ') as [string, string];
  const filled = path.replace('{op}', 'valley').replace(/\{\w+\}/g, 'x');
  const leaving = new AbortController();
  const timer = setTimeout(() => leaving.abort(), filled.endsWith('/events') ? 400 : 10_000);
  try {
    await who.raw(method, filled, method === 'GET' || method === 'HEAD' ? undefined : {}, leaving.signal);
    return '';
  } catch (problem) {
    const { code, status } = problem as Problem;
    // A phone of a partner is told in XML: 403 where its key is in the address, 401 where a name and a password are asked for.
    return code || (status === 401 || status === 403 ? 'device.not-enrolled' : '');
  } finally {
    clearTimeout(timer);
  }
}

test('every address of the interface has a line in this table, and every line an address', () => {
  expect(endpoints.filter((e) => !(e in may))).toEqual([]);
  expect(Object.keys(may).filter((e) => !endpoints.includes(e) && !e.startsWith('HEAD'))).toEqual([]);
});

test('every role is let in where the table says so, and nowhere else', async () => {
  const wrong: string[] = [];
  for (const [endpoint, rule] of Object.entries(may)) {
    if (/session(\/end-all)?$/.test(endpoint) && !endpoint.startsWith('GET')) continue;
    for (const who of [...roles, 'administrator'] as const) {
      const code = await outcome(people.get(who)!, endpoint);
      const let_in = !['not-allowed', 'sign-in.needed', 'device.not-enrolled', 'feed-key.not-known'].includes(code) && !(who === 'administrator' && code === 'not-found');
      const should = rule === 'open' || (rule !== 'device' && rule !== 'key' && rule.includes(who));
      if (code === 'rate.limited') continue;
      if (let_in !== should && !(should && who === 'administrator')) wrong.push(`${who}: ${endpoint} gave '${code}'`);
    }
  }
  expect(wrong).toEqual([]);
});

test('to a member of another operation this one does not exist, and who is not signed in is asked to', async () => {
  const wrong: string[] = [];
  for (const [endpoint, rule] of Object.entries(may)) {
    if (rule === 'open' || rule === 'device' || rule === 'key') continue;
    const nobody = await outcome(people.get('nobody')!, endpoint);
    if (nobody !== 'sign-in.needed') wrong.push(`nobody: ${endpoint} gave '${nobody}'`);
    if (!endpoint.includes('{op}')) continue;
    const stranger = await outcome(people.get('stranger')!, endpoint);
    if (stranger !== 'not-found') wrong.push(`stranger: ${endpoint} gave '${stranger}'`);
  }
  expect(wrong).toEqual([]);
});

test('a device without a token delivers nothing', async () => {
  for (const [endpoint, rule] of Object.entries(may)) {
    if (rule === 'device' && !endpoint.startsWith('HEAD')) expect(await outcome(people.get('nobody')!, endpoint)).toBe('device.not-enrolled');
  }
});

test('without a key that was made for it, an address with a key in it opens to nobody', async () => {
  for (const [endpoint, rule] of Object.entries(may)) {
    if (rule === 'key') for (const who of ['nobody', 'stranger', 'reporting-officer'] as const) expect(await outcome(people.get(who)!, endpoint)).toBe('feed-key.not-known');
  }
});

test('refusals are written into the audit log, and the log holds', async () => {
  const log = await people.get('auditor')!.call('GET', '/operations/valley/audit');
  expect(log.first_broken).toBeNull();
  expect(log.events.some((e: { act: string }) => e.act === 'refused')).toBe(true);
});
