// What goes out to programs of partners and what comes in from them, on the real pages: each thing made in the room is then used from outside, as the partner would use it.
import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server as Receiver } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import jsqr from 'jsqr';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, complaints, desktop, joined, launch, narrow, overflow, violations } from './browser.ts';
import { Caller } from './person.ts';
import { type Server, until } from './server.ts';
import { servedCase, slug } from './worked-case.ts';

const pictures = process.env['SAFECONDUCT_PICTURES'];
const at = `/operations/${slug}`;
const confidential = 'Told to the room alone.';

describe.skipIf(!chromiumPath)('the tools of partners', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let said: string[];
  let officer: Caller;
  let colleague: Caller;
  let invite: (role: string, party?: { id: string; name: string }) => Promise<string>;
  let receiver: Receiver;
  const heard: { headers: IncomingHttpHeaders; body: string }[] = [];
  let answer = 204;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        heard.push({ headers: request.headers, body });
        response.writeHead(answer).end();
      });
    });
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
    const served = await servedCase('aleppo-2016');
    server = served.server;
    invite = served.invitation;
    await server.stop();
    await server.start('--webhooks-to-loopback', '--webhook-waits', '0.3');
    browser = await launch();
    page = await person('reporting-officer', 'Reporting officer');
    said = complaints(page);
    officer = await Caller.invited(server.address, await invite('reporting-officer'), 'An officer');
    colleague = await Caller.invited(server.address, await invite('reporting-officer'), 'Another officer');
    await say(officer, { kind: 'comment', said: { text: confidential }, handling: 'room' });
  });

  afterAll(async () => {
    await browser?.close();
    receiver?.closeAllConnections();
    receiver?.close();
    await server?.remove();
  });

  const person = async (role: string, name: string, party?: { id: string; name: string }): Promise<Page> => {
    const own = await (await browser.newContext({ ...desktop, locale: 'en-GB', acceptDownloads: true })).newPage();
    own.setDefaultTimeout(15_000);
    await joined(own, `${server.address}${await invite(role, party)}`, name);
    await open(own);
    return own;
  };
  const open = async (on: Page): Promise<void> => {
    await on.goto(`${server.address}/room/#/op/${slug}/partners`);
    await on.locator('.partners h1').waitFor();
  };
  const say = (who: Caller, statement: object): Promise<{ id: string }> =>
    who.call('POST', `${at}/statements`, { statement: { by: { id: 'relief/field', name: 'Relief office', kind: 'responder' }, basis: 'seen', modality: 'asserted', handling: 'public', consent: 'not-needed', ...statement } });
  const part = (title: string, on = page): Locator => on.locator('.panel', { has: on.getByRole('heading', { level: 2, name: title, exact: true }) });
  const picture = async (name: string, on = page): Promise<void> => {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    await on.waitForTimeout(300);
    await on.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  };

  /** Presses, and where it is asked in words first, presses again. */
  const taken = async (on: Page, row: string, button: string, asked: RegExp | null): Promise<string> => {
    const item = part('Take out', on).locator('li', { has: on.getByRole('heading', { name: row, exact: true }) });
    const coming = on.waitForEvent('download');
    await item.getByRole('button', { name: new RegExp(button) }).click();
    if (asked) {
      await item.getByText(asked).waitFor();
      await item.locator('.askonce').getByRole('button', { name: new RegExp(button) }).click();
    }
    const file = readFileSync((await (await coming).path())!);
    await item.getByText(/^Saved, /).waitFor();
    return file.toString('latin1') === file.toString() ? file.toString() : file.toString('utf8');
  };

  test('an officer takes HXL only after reading that it is for the room, and it holds the whole record', async () => {
    const hxl = await taken(page, 'HXL', 'Take as CSV', /holds what is for the room/);
    const [header, tags] = hxl.split('\r\n');
    expect(header).toMatch(/^\uFEFF?id,entry,said_at/);
    expect(tags).toMatch(/^#meta\+id,#meta\+id\+entry,#date\+reported/);
    for (const sign of ['ALP-0111', confidential]) expect(hxl).toContain(sign);
  });

  test('a question that is left alone does nothing: by its button, and by Esc', async () => {
    const item = part('Take out').locator('li', { has: page.getByRole('heading', { name: 'JSON', exact: true }) });
    const button = item.getByRole('button', { name: 'Take as JSON' });
    for (const away of ['button', 'Escape']) {
      await button.focus();
      await page.keyboard.press('Enter');
      await item.getByText(/holds what is for the room/).waitFor();
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Leave it');
      await page.keyboard.press(away === 'button' ? 'Enter' : 'Escape');
      await item.locator('.askonce').waitFor({ state: 'detached' });
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Take as JSON');
    }
    expect(await item.getByText(/^Saved/).count()).toBe(0);
  });

  test('a party takes what may be shown to it, without what was said for the room, and is offered nothing else', async () => {
    const party = await person('party', 'Somebody of a party', { id: 'turkish-government', name: 'A guarantor' });
    expect(await party.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['Take out', 'Alerts']);
    await party.getByText('convoys still under way').waitFor();
    const geojson = JSON.parse(await taken(party, 'GeoJSON', 'Take as GeoJSON', null));
    expect(geojson.type).toBe('FeatureCollection');
    expect(geojson.features.length).toBeGreaterThan(300);
    expect(JSON.stringify(geojson)).not.toContain(confidential);
    expect(await violations(party)).toEqual([]);
    await picture('partners-party', party);
    await party.context().close();
  });

  test('a refusal stands beside the file that was asked for, in the server’s words', async () => {
    const item = part('Take out').locator('li', { has: page.getByRole('heading', { name: 'Bundle', exact: true }) });
    await item.getByLabel('Only a part').fill('nobody-of-this-name');
    await item.getByRole('button', { name: 'Take as ZIP' }).click();
    await item.locator('.askonce').getByText('for the parties and guarantors leaves the server').waitFor();
    await item.locator('.askonce').getByRole('button', { name: 'Take as ZIP' }).click();
    await item.getByRole('alert').getByText('No statement of the record belongs to this part.').waitFor();
    await item.getByLabel('Only a part').fill('');
  });

  test('a bundle for the room leaves by a release of the head of mission, who reads first what leaves and to whom', async () => {
    const head = await person('head-of-mission', 'The head');
    const form = head.getByRole('form', { name: 'Let a copy leave with what is for the room' });
    await form.getByRole('button', { name: 'Release' }).click();
    expect(await form.locator('.askonce').count()).toBe(0);
    await form.getByLabel('To', { exact: true }).fill('An inquiry');
    await form.getByLabel('Reason').fill('Asked by letter 12');
    await form.getByRole('button', { name: 'Release' }).click();
    await form.getByText(/Everything the room has until now leaves for An inquiry/).waitFor();
    await form.locator('.askonce').getByRole('button', { name: 'Release' }).click();
    const done = await form.getByText(/^Released to An inquiry, as number /).innerText();
    const number = /number (\d+)/.exec(done)![1]!;
    const [download] = await Promise.all([head.waitForEvent('download'), form.getByRole('button', { name: 'Take as ZIP' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^worked-case-room.*\.zip$/);
    expect(await violations(head)).toEqual([]);
    await picture('partners-head', head);
    await head.context().close();

    const item = part('Take out').locator('li', { has: page.getByRole('heading', { name: 'Bundle', exact: true }) });
    await item.getByRole('combobox', { name: /^For/ }).selectOption('room');
    await item.getByLabel('Number of the release').fill(number);
    const zip = await taken(page, 'Bundle', 'Take as ZIP', /for whoever the release names/);
    for (const sign of ['verify.py', confidential]) expect(zip).toContain(sign);
    await item.getByRole('combobox', { name: /^For/ }).selectOption('parties');
  });

  test('an app user is made, its code is what ODK Collect reads, forms are got with it, and none once it is ended', async () => {
    const collect = part('Collect with ODK');
    await collect.getByText('No partner collects yet').waitFor();
    await collect.getByLabel('Team or post').fill('Team two');
    await collect.getByRole('textbox', { name: 'Organisation' }).fill('Relief of the valley');
    await collect.getByLabel('Kind of source').selectOption('own-observers');
    await collect.getByText(/counts as seen by this mission’s own observers/).waitFor();
    await collect.getByLabel('Kind of source').selectOption('responder');
    await collect.getByLabel('Language of the forms').selectOption('ar');
    await collect.getByRole('button', { name: 'Make the app user' }).click();
    const given = collect.getByRole('region', { name: 'Settings for Team two' });
    await given.getByText('Shown this once').waitFor();
    const address = await given.locator('code').first().innerText();
    expect(address).toMatch(new RegExp(`^${server.address}/key/\\w+$`));

    const pixels = await given.locator('svg.qr').evaluate(async (svg) => {
      const side = 340;
      const picture = new Image();
      const drawn = svg.cloneNode(true) as SVGElement;
      drawn.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
      drawn.setAttribute('width', String(side));
      drawn.setAttribute('height', String(side));
      picture.src = `data:image/svg+xml,${encodeURIComponent(drawn.outerHTML)}`;
      await picture.decode();
      const to = new OffscreenCanvas(side, side).getContext('2d')!;
      to.drawImage(picture, 0, 0);
      return { side, bytes: Array.from(to.getImageData(0, 0, side, side).data) };
    });
    const read = jsqr(Uint8ClampedArray.from(pixels.bytes), pixels.side, pixels.side)!.data;
    expect(JSON.parse(inflateSync(Buffer.from(read, 'base64')).toString())).toMatchObject({ general: { server_url: address } });

    const list = await fetch(`${address}/formList`, { headers: { 'X-OpenRosa-Version': '1.0' } });
    const listed = await list.text();
    expect([list.status, listed.includes('safeconduct-count')]).toEqual([200, true]);
    await collect.getByRole('row', { name: /safeconduct-count/ }).waitFor();
    await picture('partners-collect');

    // What a phone hands in is seen on the page of its statement, and the form as it was sent is taken from there.
    const version = /<formID>safeconduct-aid<\/formID><name>[^<]*<\/name><version>(\w+)</.exec(listed)![1]!;
    const xml = `<data id="safeconduct-aid" version="${version}"><act>requested</act><aid>food</aid><when>2031-05-02T14:10</when><meta><instanceID>uuid:taken</instanceID></meta></data>`;
    const post = new FormData();
    post.set('xml_submission_file', new File([xml], 'aid.xml', { type: 'text/xml' }));
    const answered = await fetch(`${address}/submission`, { method: 'POST', body: post });
    expect(answered.status).toBe(201);
    const id = /O-[0-9a-f]{24}/.exec(await answered.text())![0];
    const reading = await page.context().newPage();
    await reading.goto(`${server.address}/room/#/op/${slug}/statements?open=${encodeURIComponent(`statement:${id}`)}`);
    const [download] = await Promise.all([reading.waitForEvent('download'), reading.getByRole('link', { name: 'Download what was sent (text/xml)' }).click()]);
    expect([download.suggestedFilename(), readFileSync(await download.path(), 'utf8')]).toEqual([`${id}.xml`, xml]);
    await reading.close();
    await given.getByRole('button', { name: 'I have it, put it away' }).click();
    await page.reload();
    await collect.getByText('Team two').waitFor();
    expect(await page.content()).not.toContain(address.split('/').at(-1)!);

    await collect.getByRole('button', { name: 'End: Team two' }).click();
    await collect.getByText(/What they sent stays/).waitFor();
    expect((await fetch(`${address}/formList`)).status).toBe(200);
    await collect.locator('.askonce').getByRole('button', { name: 'End: Team two' }).click();
    await collect.getByText('1 ended').waitFor();
    expect((await fetch(`${address}/formList`)).status).toBe(403);
  });

  const key = async (fill: (keys: Locator) => Promise<void>, asked: RegExp): Promise<Map<string, string>> => {
    const keys = part('Keys for programs');
    await fill(keys);
    await keys.getByRole('button', { name: 'Make the key' }).click();
    await keys.getByText(asked).waitFor();
    await keys.locator('.askonce').getByRole('button', { name: 'Make the key' }).click();
    await keys.locator('.given').waitFor();
    const lines = await keys.locator('.given dl > div').evaluateAll((all) => all.map((d) => [d.querySelector('dt')!.textContent!, d.querySelector('code')!.textContent!] as [string, string]));
    await picture('partners-key');
    await keys.getByRole('button', { name: 'I have it, put it away' }).click();
    return new Map(lines);
  };

  test('a key is made for an office and a time, its addresses are read without signing in, and nothing once it is ended', async () => {
    const keys = part('Keys for programs');
    const given = await key(async (form) => {
      await form.getByLabel('Office that uses it').fill('Mapping cell');
      await form.getByLabel('Days it lasts').fill('30');
    }, /^For 30 days, programs of Mapping cell read what may go to the parties and guarantors/);
    const addresses = [...given].filter(([label]) => !label.startsWith('Or as a header')).map(([, value]) => value);
    expect(addresses).toHaveLength(3);
    for (const address of addresses) expect([address, (await fetch(address)).status]).toEqual([address, 200]);
    const collections = await (await fetch(`${given.get('QGIS and ArcGIS (OGC API Features)')}/collections?f=json`)).json();
    expect(collections.collections.map((c: { id: string }) => c.id)).toContain('statements');
    const [name, value] = [...given.values()].at(-1)!.split(': ');
    expect((await fetch(`${server.address}/feeds/${slug}/reports.atom`, { headers: { [name!]: value! } })).status).toBe(200);
    await page.reload();
    await keys.getByText(/last read .*, to the hour/).waitFor();
    await keys.getByRole('button', { name: 'End: Mapping cell' }).click();
    await keys.getByText(/read nothing more from now on/).waitFor();
    await keys.locator('.askonce').getByRole('button', { name: 'End: Mapping cell' }).click();
    await keys.getByText('1 ended').waitFor();
    for (const address of addresses) expect([address, (await fetch(address)).status]).toEqual([address, 401]);
  });

  test('the public feed is opened to anybody only after that was read, and closed again', async () => {
    const keys = part('Keys for programs');
    const given = await key(async (form) => {
      await form.getByLabel('Office that uses it').fill('Anybody');
      await form.getByRole('combobox', { name: /^For/ }).selectOption('public');
      await form.getByRole('checkbox').check();
    }, /anybody at all reads what may go to the public, without a key/);
    const atom = given.get('Feed readers (Atom)')!;
    expect(atom).toBe(`${server.address}/feeds/${slug}/reports.atom`);
    expect((await fetch(atom)).status).toBe(200);
    await keys.getByText('Public, no key').waitFor();
    await keys.getByRole('button', { name: 'End: Anybody' }).click();
    await keys.locator('.askonce').getByRole('button', { name: 'End: Anybody' }).click();
    await keys.getByText('2 ended').waitFor();
    expect((await fetch(atom)).status).toBe(401);
  });

  test('a webhook is tried, tells of a report with the secret that was shown, and is ended', async () => {
    const hooks = part('Webhooks');
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in`;
    const make = async (to: string): Promise<void> => {
      await hooks.getByLabel('Address').fill(to);
      await hooks.getByRole('button', { name: 'Make the webhook' }).click();
      await hooks.locator('.askonce').getByText(to).waitFor();
      await hooks.locator('.askonce').getByRole('button', { name: 'Make the webhook' }).click();
    };
    await make('http://example.org/in');
    await hooks.getByRole('alert').waitFor();
    await make(url);
    const secret = await hooks.locator('.given code').innerText();
    expect(secret).toMatch(/^whsec_/);
    await hooks.getByRole('button', { name: 'I have it, put it away' }).click();

    answer = 503;
    await hooks.getByRole('button', { name: `Send a test: ${url}` }).click();
    await hooks.getByText('Not taken: it answered 503.').waitFor();
    answer = 204;
    await hooks.getByRole('button', { name: `Send a test: ${url}` }).click();
    await hooks.getByText('Taken: it answered 204.').waitFor();

    const draft = await officer.call('POST', `${at}/drafts`, { title: 'As told to partners', cut_off: '2016-12-16T18:00Z' });
    const read = { sha256: Object.fromEntries(draft.editions.map((e: { edition: string; sha256: string }) => [e.edition, e.sha256])) };
    await colleague.call('POST', `${at}/drafts/${draft.id}/check`, read);
    await officer.call('POST', `${at}/drafts/${draft.id}/clearance`, read);
    await officer.call('POST', `${at}/drafts/${draft.id}/publication`, { editions: ['parties', 'public'] });
    await until('the receiver hears of the report', () => heard.some((h) => h.body.includes('report.published')));
    const { headers, body } = heard.at(-1)!;
    const due = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${due}`);
    await hooks.getByText(/last called .*delivered \(204\)/).waitFor();
    await hooks.getByRole('button', { name: `Deliveries: ${url}` }).click();
    await hooks.getByRole('row', { name: /report published.*delivered \(204\)/ }).waitFor();
    expect(await violations(page)).toEqual([]);

    await hooks.getByRole('button', { name: `End: ${url}` }).click();
    await hooks.locator('.askonce').getByRole('button', { name: `End: ${url}` }).click();
    await hooks.getByText('No address is called.').waitFor();
    expect(await officer.call('GET', `${at}/webhooks`)).toEqual([]);
  });

  test('an alert is read as it would go out, released after what leaves and for whom was named, and followed by an update in the same chain', async () => {
    const alerts = part('Alerts');
    const closed = { kind: 'obstruction', said: { what: 'passage', how: 'blocked' }, via: 'amiriyah-crossing' };
    const first = await say(officer, closed);
    await page.reload();
    const card = alerts.locator('.alert', { hasText: 'Amiriyah' });
    await card.getByText(`; ${first.id})`).waitFor();
    await card.getByRole('button', { name: 'Parties' }).click();
    await card.getByRole('button', { name: 'العربية' }).click();
    expect(await card.locator('blockquote').getAttribute('dir')).toBe('rtl');
    await card.getByRole('button', { name: 'English' }).click();
    const release = async (): Promise<void> => {
      await card.getByRole('button', { name: /^Release: / }).click();
      await card.getByText(/goes to the parties and guarantors, in all its languages, under your name/).waitFor();
      await card.locator('.askonce').getByRole('button', { name: /^Release: / }).click();
    };
    await picture('partners-alert');
    await release();
    const chain = alerts.locator('.chainlist article').first();
    await chain.getByText('by Reporting officer').waitFor();
    const [xml] = await Promise.all([page.waitForEvent('download'), chain.getByRole('link', { name: /^XML: Alert/ }).click()]);
    const cap = readFileSync((await xml.path())!, 'utf8');
    for (const sign of ['urn:oasis:names:tc:emergency:cap:1.2', '<msgType>Alert</msgType>', '<scope>Restricted</scope>', first.id]) expect(cap).toContain(sign);

    const more = await say(officer, { ...closed, by: { id: 'other/field', name: 'Other office', kind: 'responder' } });
    await page.reload();
    await card.getByText(`; ${more.id})`).waitFor();
    await card.getByRole('button', { name: 'Parties' }).click();
    await card.getByText('Update', { exact: true }).waitFor();
    await release();
    await until('both stand in one chain', async () => (await chain.locator('li').count()) === 2);
    expect(await chain.locator('li').allInnerTexts()).toEqual([expect.stringMatching(/^Alert/), expect.stringMatching(/^Update/)]);
    await picture('partners-chain');
  });

  for (const [language, scheme] of [['en', 'light'], ['en', 'dark'], ['ar', 'light'], ['fr', 'light'], ['ru', 'dark']] as const) {
    test(`axe finds nothing in ${language}, ${scheme}, and nothing runs out of a page of 320 px`, async () => {
      await officer.call('POST', `${at}/feed-keys`, { name: `Mapping cell, ${language} ${scheme}`, audience: 'parties', days: 30 });
      await officer.call('POST', `${at}/webhooks`, { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/a-rather-long-address-of-a-receiver/in`, audience: 'public' });
      await colleague.call('POST', `${at}/collect/users`, { name: 'Team at the crossing', organisation: 'Relief of the valley', source_kind: 'responder', language: 'ar' });
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize(desktop.viewport!);
      await page.evaluate((l) => localStorage.setItem('language', l), language);
      await page.reload();
      await page.locator('.kept li').nth(2).waitFor();
      await page.locator('.make input[name=name]').fill(`Team two, ${language} ${scheme}`);
      await page.locator('.make input[name=organisation]').fill('Aid network');
      await page.locator('.make button[type=submit]').click();
      await page.locator('.given .qr').waitFor();
      if (language === 'en' && scheme === 'light') await picture('partners');
      await page.locator('.kept .askonce, .kept .btn').last().click();
      await page.locator('.kept .askonce').waitFor();
      await page.waitForTimeout(300);
      expect(await violations(page)).toEqual([]);
      await picture(`partners-${language}-${scheme}`);
      await page.setViewportSize(narrow.viewport!);
      await page.waitForTimeout(150);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await picture(`partners-${language}-${scheme}-narrow`);
    });
  }

  test('nothing that the page did was against its policy, and no error was thrown', () => {
    expect(said).toEqual([]);
  });
});
