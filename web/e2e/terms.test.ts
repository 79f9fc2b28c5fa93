// The agreement of the worked case: entered by an officer, read term by term, and shown outside the room without a verdict on who goes for whom.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, complaints, desktop, joined, launch, narrow, overflow, phone, violations } from './browser.ts';
import { Caller } from './person.ts';
import type { Server } from './server.ts';
import { servedCase, slug } from './worked-case.ts';

const at = `/operations/${slug}/agreement`;
const text = readFileSync(new URL('../../cases/aleppo-2016/agreement.terms', import.meta.url), 'utf8');
const parallel = '\nterm 27 "Departures side by side"\n  for each 1250 people who leave villages, 2000 people leave pocket within 24 hours of each other\n';

describe('smoke', () => {
  let server: Server;
  let officer: Caller;
  beforeAll(async () => {
    const served = await servedCase('aleppo-2016');
    server = served.server;
    officer = await Caller.invited(server.address, await served.invitation('reporting-officer'), 'Officer');
  });
  afterAll(() => server?.remove());
  test('smoke', async () => {
    const log = (...x: unknown[]) => console.log(...x);
    log(JSON.stringify(await officer.call('GET', at)));
    log(await officer.call('PUT', at, { text: 'agreement "x"\n  partys a "A"\n' }).catch((e) => e.message));
    log(await officer.call('POST', `${at}/check`, { text: 'agreement "x"\n' }));
    log(await officer.call('PUT', at, { text: text + parallel }));
    let t = Date.now();
    const a = await officer.call('GET', at);
    log(Date.now() - t, 'ms');
    log(JSON.stringify(a.terms[0]), a.terms.map((x: any) => `${x.id} ${x.shown} | ${x.since} | ${x.provisional}`));
    log(JSON.stringify(a.terms.at(-1), null, 1));
    log(JSON.stringify(a.versions), JSON.stringify(a.steps), a.read_up_to);
    t = Date.now();
    const h = await officer.call('GET', `${at}/history`);
    log(Date.now() - t, 'ms', h.length, h.slice(0, 5));
    t = Date.now();
    const b = await officer.call('GET', `${at}?as_of=2016-12-16T18:00`);
    log(Date.now() - t, 'ms', b.terms.length, b.terms.map((x: any) => `${x.id} ${x.shown} | ${x.since} | ${x.provisional} ${JSON.stringify(x.clauses.map((c: any) => c.due))}`));
    const f = await officer.call('GET', `${at}/form`);
    log(f.templates.length, JSON.stringify(f.templates[0]), f.places.slice(0, 12), f.signatories);
    const filled = await officer.call('POST', `${at}/form`, { text, term: { title: 'No fire' }, clauses: [{ template: 'prohibition', answers: { what: 'fire at pocket' } }] });
    log(filled.text?.slice(-200), filled.problems, filled.number);
    const wrong = await officer.call('POST', `${at}/form`, { text, term: { title: 'No fire' }, clauses: [{ template: 'prohibition', answers: { what: 'fire at pokket' } }] });
    log(wrong);
  });
});
