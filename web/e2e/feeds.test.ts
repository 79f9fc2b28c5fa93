// Feeds of what was published, read back by programs that are not ours: Python's XML reader against the rules of RFC 4287, and xmllint against a schema.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk } from './publishing.ts';
import { Server } from './server.ts';

const at = Desk.at;
let server: Server;
let desk: Desk;
let key: string;
let narrow: any;
let wide: any;

beforeAll(async () => {
  server = await Server.create();
  await server.start();
  desk = await Desk.founded(server);
  key = (await desk.composer.call('POST', `${at}/feed-keys`, { name: 'A partner office', audience: 'parties' })).key;
});

afterAll(() => server?.remove());

const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(server.address + path, { headers });
const byKey = (path: string): Promise<Response> => ask(`/feeds/valley${path}`, { authorization: `Bearer ${key}` });

// Rules of RFC 4287, sections 4.1.1, 4.1.2 and 4.2, told with another reader than the one that wrote the feed.
const rules = `
import sys, datetime, xml.etree.ElementTree as E
A = "{http://www.w3.org/2005/Atom}"
feed = E.parse(sys.argv[1]).getroot()
def one(e, n):
    found = e.findall(A + n)
    assert len(found) == 1 and (found[0].text or "").strip() or n == "summary", (n, len(found))
    return found[0].text
def when(t):
    return datetime.datetime.strptime(t, "%Y-%m-%dT%H:%M:%SZ")
assert feed.tag == A + "feed"
ids = [one(feed, "id")]
one(feed, "title"); newest = when(one(feed, "updated"))
assert feed.findall(A + "author/" + A + "name") and [l.get("href") for l in feed.findall(A + "link") if l.get("rel") == "self"] == [sys.argv[2]]
before = None
for entry in feed.findall(A + "entry"):
    ids.append(one(entry, "id")); one(entry, "title"); one(entry, "summary")
    assert when(one(entry, "published")) <= when(one(entry, "updated")) <= newest
    assert [l for l in entry.findall(A + "link") if l.get("rel") == "alternate" and l.get("href").startswith("http")]
assert len(set(ids)) == len(ids)
print("\\n".join(ids))`;

function check(xml: string, self: string): string[] {
  const file = join(server.folder, 'feed.atom');
  writeFileSync(file, xml);
  const python = spawnSync('python3', ['-I', '-c', rules, file, self], { encoding: 'utf8' });
  expect(python.status, python.stderr).toBe(0);
  const schema = spawnSync('xmllint', ['--noout', '--relaxng', new URL('../../formats/feed-atom.rng', import.meta.url).pathname, file], { encoding: 'utf8' });
  if (!schema.error) expect(schema.status, schema.stderr).toBe(0);
  return python.stdout.trim().split('\n');
}

test('a feed of an operation that published nothing is a feed', async () => {
  const [feed] = check(await (await byKey('/reports.atom')).text(), `${server.address}/feeds/valley/reports.atom`);
  expect(feed).toMatch(/^urn:uuid:/);
});

test('a partner reads each report that was published to it, in the edition for it, and errata', async () => {
  await desk.say({ kind: 'obstruction', said: { what: 'passage', how: 'blocked' }, paraphrase: 'The office saw the north gate shut.' });
  narrow = await desk.publish('Parties & <nobody> else', ['room', 'parties']);
  await desk.publish('The room alone', ['room']);
  wide = await desk.publish('تقرير للجميع', ['room', 'parties', 'public']);
  await desk.composer.call('POST', `${at}/reports/errata`, { text: 'البوابة الجنوبية <لا> "الشمالية"\nسطر ثانٍ \u0007', language: 'ar', reports: [narrow.reference, wide.reference] });
  const answer = await byKey('/reports.atom');
  expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
  const xml = await answer.text();
  expect(check(xml, `${server.address}/feeds/valley/reports.atom`)).toHaveLength(4);
  expect(xml).not.toContain('The room alone');
  const feed = await (await byKey('/reports.json')).json();
  expect(feed).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', title: 'Northern <valley> & "hills": published reports', feed_url: `${server.address}/feeds/valley/reports.json`, authors: [{ name: 'Northern <valley> & "hills"' }] });
  expect(feed.items.map((i: any) => [i.tags[0], i.title, i.language])).toEqual([
    ['erratum', `Erratum to ${narrow.reference}, ${wide.reference}`, 'ar'],
    ['report', `${wide.reference}: تقرير للجميع`, 'en'],
    ['report', `${narrow.reference}: Parties & <nobody> else`, 'en'],
  ]);
  for (const item of feed.items) expect([typeof item.id, typeof item.content_text, Number.isNaN(Date.parse(item.date_published)), new URL(item.url).origin]).toEqual(['string', 'string', false, server.address]);
  for (const [item, report] of [[feed.items[1], wide], [feed.items[2], narrow]]) {
    const html = Buffer.from(await (await ask(item.url.slice(server.address.length), { authorization: `Bearer ${key}` })).arrayBuffer());
    expect(createHash('sha256').update(html).digest('hex')).toBe(report.editions.find((e: { edition: string }) => e.edition === 'parties').sha256);
  }
});

test('the key may stand in the address, and then the links carry it', async () => {
  const self = `/feeds/valley/key/${key}/reports.atom`;
  const xml = await (await ask(self)).text();
  check(xml, server.address + self);
  const link = /href="([^"]*reference[^"]*)"/.exec(xml)![1]!.replaceAll('&amp;', '&');
  expect((await fetch(link)).status).toBe(200);
});

test('ids stay the same over a restart, and who has the feed already is told that it has', async () => {
  const first = await byKey('/reports.atom');
  const ids = check(await first.text(), `${server.address}/feeds/valley/reports.atom`);
  await server.stop();
  await server.start();
  const again = await byKey('/reports.atom');
  expect(check(await again.text(), `${server.address}/feeds/valley/reports.atom`)).toEqual(ids);
  const etag = first.headers.get('etag')!;
  expect(again.headers.get('etag')).toBe(etag);
  const had = await ask('/feeds/valley/reports.atom', { authorization: `Bearer ${key}`, 'if-none-match': etag });
  expect([had.status, await had.text()]).toEqual([304, '']);
  expect((await ask('/feeds/valley/reports.atom', { authorization: `Bearer ${key}`, 'if-modified-since': first.headers.get('last-modified')! })).status).toBe(304);
});

test('nobody without a session or a key reads a feed, until the operation opens its public one, and then what is public alone', async () => {
  expect((await ask('/feeds/valley/reports.atom')).status).toBe(401);
  expect((await ask('/feeds/valley/reports.atom', { authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await ask('/feeds/valley/key/wrong/reports.json')).status).toBe(401);
  await desk.composer.call('POST', `${at}/feed-keys`, { name: 'Anybody', audience: 'public', open: true });
  const feed = await (await ask('/feeds/valley/reports.json')).json();
  expect(feed.items.map((i: any) => i.title)).toEqual([`Erratum to ${wide.reference}`, `${wide.reference}: تقرير للجميع`]);
  const edition = (reference: string, which: string): Promise<Response> => ask(`/feeds/valley/reports/edition?reference=${encodeURIComponent(reference)}&edition=${which}`);
  expect([(await edition(wide.reference, 'public')).status, (await edition(wide.reference, 'parties')).status, (await edition(narrow.reference, 'parties')).status]).toEqual([200, 404, 404]);
  // A member of the room reads the room's editions by the session.
  expect((await desk.composer.raw('GET', '/feeds/valley/reports.json')).items).toHaveLength(4);
});
