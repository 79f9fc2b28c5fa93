// Webhooks to a real receiver on this machine: what it is told, how it is signed, and what happens when it does not answer, when it leads elsewhere, and when the server falls.
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server as Receiver } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Problem } from './person.ts';
import { Desk } from './publishing.ts';
import { Server, until } from './server.ts';

interface Heard {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const at = Desk.at;
const options = ['--webhooks-to-loopback', '--webhook-waits', '0.3,0.3,0.3', '--public-address', 'https://room.example.org'];
let server: Server;
let desk: Desk;
let receiver: Receiver;
let heard: Heard[] = [];
let answer: (path: string) => { status: number; headers?: Record<string, string> } | 'never' = () => ({ status: 204 });
const secrets = new Map<string, string>();

const address = (path: string): string => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}${path}`;
const code = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (problem: Problem) => problem.code,
  );
const on = (path: string): Heard[] => heard.filter((h) => h.path === path);

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      heard.push({ path: request.url!, headers: request.headers, body: Buffer.concat(pieces).toString() });
      const given = answer(request.url!);
      if (given !== 'never') response.writeHead(given.status, given.headers).end('not read');
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  server = await Server.create();
  await server.start(...options);
  desk = await Desk.founded(server);
  await desk.say({ kind: 'obstruction', said: { what: 'passage', how: 'blocked' }, paraphrase: 'The office saw the north gate shut.' });
});

beforeEach(() => {
  heard = [];
  answer = () => ({ status: 204 });
});

afterAll(async () => {
  receiver?.closeAllConnections();
  receiver?.close();
  await server?.remove();
});

async function made(path: string, audience = 'parties'): Promise<string> {
  const webhook = await desk.composer.call('POST', `${at}/webhooks`, { url: address(path), audience });
  expect(webhook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  secrets.set(path, webhook.secret);
  return webhook.id;
}

/** Written from the specification alone, with another library than the server's. */
function isSigned({ path, headers, body }: Heard): boolean {
  const key = Buffer.from(secrets.get(path)!.slice('whsec_'.length), 'base64');
  const due = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64');
  return headers['webhook-signature'] === `v1,${due}` && Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp'])) < 60;
}

test('a test message is sent at once, signed, and what came of it is told', async () => {
  const id = await made('/test');
  expect(await desk.composer.call('POST', `${at}/webhooks/${id}/test`, {})).toMatchObject({ taken: true, status: 204, error: null });
  expect(on('/test')).toHaveLength(1);
  expect(isSigned(heard[0]!)).toBe(true);
  expect(JSON.parse(heard[0]!.body)).toMatchObject({ type: 'webhook.test', data: { operation: 'valley' } });
  await desk.composer.call('DELETE', `${at}/webhooks/${id}`);
});

test('the example in the page on the format accepts a message, and refuses one that was changed or is old', async () => {
  const id = await made('/python');
  await desk.composer.call('POST', `${at}/webhooks/${id}/test`, {});
  await desk.composer.call('DELETE', `${at}/webhooks/${id}`);
  const example = /```python\n(.*?)```/s.exec(readFileSync(new URL('../../formats/webhooks.md', import.meta.url), 'utf8'))![1]!;
  const { headers, body } = heard[0]!;
  const run = `${example}
import json, sys
m = json.load(sys.stdin)
h, b = m["headers"], m["body"].encode()
print([is_ours(m["secret"], h, b), is_ours(m["secret"], h, b + b" "), is_ours(m["secret"], h, b, now=int(h["webhook-timestamp"]) + 900)])`;
  const ran = spawnSync('python3', ['-I', '-c', run], { input: JSON.stringify({ secret: secrets.get('/python'), headers, body }), encoding: 'utf8' });
  expect(ran.stdout.trim(), ran.stderr).toBe('[True, False, False]');
});

test('a receiver that fails first is asked again under the same id, with the same body, and hears of each report once', async () => {
  const [id, wide] = [await made('/flaky'), await made('/public', 'public')];
  let failing = 2;
  answer = (path) => (path === '/flaky' && failing-- > 0 ? { status: 503 } : { status: 200 });
  const report = await desk.publish('To the parties alone', ['room', 'parties']);
  await until('three tries', () => on('/flaky').length === 3);
  await until('delivered', async () => (await desk.composer.call('GET', `${at}/webhooks/${id}/deliveries`))[0]?.state === 'delivered');
  const tries = on('/flaky');
  expect(new Set(tries.map((t) => t.headers['webhook-id'])).size).toBe(1);
  expect(new Set(tries.map((t) => t.headers['idempotency-key'])).size).toBe(1);
  expect(new Set(tries.map((t) => t.body)).size).toBe(1);
  expect(tries.every(isSigned)).toBe(true);
  const parties = report.editions.find((e: { edition: string }) => e.edition === 'parties');
  expect(JSON.parse(tries[0]!.body)).toEqual({
    type: 'report.published',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    data: { operation: 'valley', reference: report.reference, edition: 'parties', sha256: parties.sha256, length: parties.length, flash: false, link: `https://room.example.org/feeds/valley/reports/edition?reference=${encodeURIComponent(report.reference)}&edition=parties` },
  });
  expect((await desk.composer.call('GET', `${at}/webhooks/${id}/deliveries`))[0]).toMatchObject({ tries: 3, last_status: 200, about: report.reference, next_at: null });
  // What was published to the parties alone is told to nobody else.
  expect(on('/public')).toHaveLength(0);

  await desk.composer.call('POST', `${at}/reports/errata`, { text: 'It was the south gate.', reports: [report.reference] });
  await until('the erratum', () => on('/flaky').length === 4);
  expect(JSON.parse(on('/flaky')[3]!.body)).toMatchObject({ type: 'erratum.published', data: { references: [report.reference] } });
  expect(on('/flaky')[3]!.body).not.toContain('south gate');
  expect(on('/public')).toHaveLength(0);

  // What comes behind a message that waits for its next try waits too.
  failing = 1;
  for (const text of ['First', 'Second']) await desk.composer.call('POST', `${at}/reports/errata`, { text, reports: [report.reference] });
  await until('both errata', async () => (await desk.composer.call('GET', `${at}/webhooks/${id}/deliveries`)).every((d: { state: string }) => d.state === 'delivered') && on('/flaky').length === 7);
  const [tried, again, behind] = on('/flaky').slice(4).map((h) => h.headers['webhook-id']);
  expect([again === tried, behind === tried]).toEqual([true, false]);
  for (const one of [id, wide]) await desk.composer.call('DELETE', `${at}/webhooks/${one}`);
});

test('a server that is killed between publishing and delivering delivers when it is up again, under the same id', async () => {
  const id = await made('/restart');
  answer = () => 'never';
  const report = await desk.publish('Before the fall');
  await until('the first try', () => on('/restart').length === 1);
  await server.stop('SIGKILL');
  answer = () => ({ status: 200 });
  await server.start(...options);
  await until('delivered after the restart', () => on('/restart').length === 2);
  const [first, second] = on('/restart');
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  expect([second!.body, isSigned(second!)]).toEqual([first!.body, true]);
  expect(second!.body).toContain(report.reference);
  await until('told', async () => (await desk.composer.call('GET', `${at}/webhooks`)).find((w: { id: string }) => w.id === id)?.last?.state === 'delivered');
  await desk.composer.call('DELETE', `${at}/webhooks/${id}`);
});

test('no redirect is followed, and a webhook that fails for good is disabled and says why', async () => {
  const [led, gone] = [await made('/redirected'), await made('/gone')];
  answer = (path) => (path === '/redirected' ? { status: 307, headers: { location: address('/elsewhere') } } : path === '/gone' ? { status: 410 } : { status: 200 });
  const report = await desk.publish('To one that leads elsewhere');
  const state = async (id: string): Promise<any> => (await desk.composer.call('GET', `${at}/webhooks`)).find((w: { id: string }) => w.id === id);
  await until('both are disabled', async () => (await state(led)).disabled && (await state(gone)).disabled);
  expect(on('/elsewhere')).toHaveLength(0);
  expect([on('/redirected').length, on('/gone').length]).toEqual([4, 1]);
  expect(await state(led)).toMatchObject({ waiting: 0, last: { state: 'failed', status: 307, error: 'answered with a redirect, which is not followed' }, disabled: { why: `4 tries to deliver ${report.reference} failed, the last with status 307. Look at the receiver, then make the webhook anew.` } });
  expect((await state(gone)).disabled.why).toBe('The receiver answered that it is gone (410).');
  for (const one of [led, gone]) await desk.composer.call('DELETE', `${at}/webhooks/${one}`);
});

test('what is no address of the open internet is refused, when it is entered and when it is called', async () => {
  const id = await made('/closed');
  await server.stop();
  await server.start('--webhook-waits', '0.3');
  for (const [url, refusal] of [
    ['http://example.org/', 'webhook.not-https'],
    [address('/'), 'webhook.not-https'],
    ['https://name:word@example.org/', 'webhook.url'],
    ['ftp://example.org/', 'webhook.url'],
    ['/incoming', 'webhook.url'],
    ...['127.0.0.1', '127.1', '0x7f000001', 'localhost', '10.0.0.1', '172.16.9.9', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '[::1]', '[::]', '[fd00::1]', '[fe80::1]', '[::ffff:10.0.0.1]', '[64:ff9b::a00:1]', '[2002:a00:1::]', '[2001:db8::1]'].map(
      (host) => [`https://${host}/`, 'webhook.private-address'] as const,
    ),
  ] as const)
    expect([url, await code(desk.composer.call('POST', `${at}/webhooks`, { url, audience: 'parties' }))]).toEqual([url, refusal]);
  expect(await code(desk.composer.call('POST', `${at}/webhooks`, { url: 'https://93.184.215.14/', audience: 'room' }))).toBe('webhook.audience');
  expect(await desk.composer.call('POST', `${at}/webhooks/${id}/test`, {})).toMatchObject({ taken: false, status: null });
  expect(heard).toEqual([]);
});
