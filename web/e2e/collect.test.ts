// Forms for phones of partners, as their clients ask for them: OpenRosa 1.0 by plain requests.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Caller } from './person.ts';
import { Server } from './server.ts';

const root = new URL('../..', import.meta.url).pathname;
const at = '/operations/valley';
let server: Server;
let administrator: Caller;
let officer: Caller;
let key: { id: string; token: string; server_url: string; settings_qr: string; digest: { server_url: string; username: string; password: string } };
const versions: Record<string, string> = {};

beforeAll(async () => {
  server = await Server.create();
  await server.start();
  administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
  await administrator.call('POST', '/operations', { slug: 'valley', name: 'Valley', time_zone: 'Asia/Damascus', places: JSON.parse(readFileSync(join(root, 'cases/aleppo-2016/places.geojson'), 'utf8')), settings: { name: 'Valley', time_zone: 'Asia/Damascus', fighters_tallied: true } });
  officer = await Caller.invited(server.address, (await administrator.call('POST', `${at}/invitations`, { roles: ['reporting-officer'] })).address, 'The officer');
  key = await officer.call('POST', `${at}/collect/users`, { name: 'Team two', organisation: 'Relief of the valley', source_kind: 'responder', language: 'ar' });
  for (const form of await officer.call('GET', `${at}/collect/forms`)) versions[form.id] = form.version;
});

afterAll(() => server?.remove());

const text = async (url: string): Promise<string> => {
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  return answer.text();
};

const place = 'amiriyah-crossing';

/** A filled-in count as a phone writes it. */
const counted = (instance: string, answers: Record<string, string> = {}, form = 'safeconduct-count', version = versions[form]!): string => {
  const all = { start: '2031-05-02T14:08:00.000+03:00', end: '2031-05-02T14:26:00.000+03:00', ...(form === 'safeconduct-count' ? { line: place, kind: 'bus', vehicle: '4417', trip: '1', convoy: '', women: '6', men: '3', girls: '4', boys: '0', unknown: '0', wounded: '1', crew: '2', closed: '2031-05-02T14:10:00.000+03:00' } : {}), ...answers };
  return `<data id="${form}" version="${version}" xmlns:orx="http://openrosa.org/xforms">${Object.entries(all).map(([name, value]) => `<${name}>${value}</${name}>`).join('')}<orx:meta><orx:instanceID>${instance}</orx:instanceID></orx:meta></data>`;
};

interface Answered {
  status: number;
  message: string;
  code: string;
  headers: Headers;
}

async function post(xml: string, files: Record<string, Uint8Array> = {}, incomplete = false, to = key.server_url): Promise<Answered> {
  const form = new FormData();
  form.append('xml_submission_file', new Blob([xml], { type: 'text/xml' }), 'xml_submission_file.xml');
  for (const [name, bytes] of Object.entries(files)) form.append(name, new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' }), name);
  if (incomplete) form.append('*isIncomplete*', 'yes');
  const answer = await fetch(`${to}/submission`, { method: 'POST', body: form });
  const body = await answer.text();
  return { status: answer.status, message: /<message[^>]*>([\s\S]*?)<\/message>/.exec(body)?.[1] ?? '', code: answer.headers.get('x-safeconduct-code') ?? '', headers: answer.headers };
}

test('the list names every form with the hash of its bytes and a manifest with the places', async () => {
  const list = await text(`${key.server_url}/formList`);
  const url = /<downloadUrl>(.*?)<\/downloadUrl>/.exec(list)![1]!;
  console.log(await text(`${url}/manifest`));
  console.log((await text(`${url}/files/places.csv`)).slice(0, 300));
  console.log(inflateSync(Buffer.from(key.settings_qr, 'base64')).toString());
});

test('a form is recorded once', async () => {
  const xml = counted('uuid:1');
  const first = await post(xml);
  console.log(first);
  console.log(await post(xml));
  console.log(await post(xml.replace('>6<', '>7<')));
  const { statements } = await officer.call('GET', `${at}/statements`);
  console.log(JSON.stringify(statements, null, 1));
  const whole = await officer.call('GET', `${at}/statements/${statements[0].id}`);
  console.log(JSON.stringify(whole, null, 1));
});
