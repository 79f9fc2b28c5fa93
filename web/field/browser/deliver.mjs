// The field app against the real server: a phone is enrolled, counts with no network, delivers, and the room reads what it counted.
// node field/browser/deliver.mjs PATH-TO-safeconduct-server.dll      needs: the built web apps, and a chromium (CHROMIUM=/path)
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const data = mkdtempSync(join(tmpdir(), 'field-deliver-'));
const port = await new Promise((done) => { const probe = createServer().listen(0, 'localhost', () => { const { port } = probe.address(); probe.close(() => done(port)); }); });
const origin = `http://localhost:${port}`;
const server = spawn('dotnet', [process.argv[2], '--data', data, '--urls', origin, '--web', new URL('../../dist', import.meta.url).pathname], { stdio: ['ignore', 'pipe', 'inherit'] });
const invitation = await new Promise((done, fail) => {
  let printed = '';
  server.stdout.on('data', (text) => { printed += text; const found = /#\/invitation\/(\w+)/.exec(printed); if (found) done(found[1]); });
  server.on('exit', (code) => fail(new Error(`The server ended with ${code}.`)));
});

function totp(secret) {
  const bits = [...secret.replace(/=+$/, '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Somebody who signs in by an invitation. */
async function member(code, name) {
  const cookies = new Map();
  let csrf = '';
  const call = async (method, path, body) => {
    const answer = await fetch(`${origin}/api/v1${path}`, { method, headers: { 'content-type': 'application/json', cookie: [...cookies].map((each) => each.join('=')).join('; '), 'x-safeconduct-csrf': csrf }, ...(body ? { body: JSON.stringify(body) } : {}) });
    for (const set of answer.headers.getSetCookie()) cookies.set(...set.split(';')[0].split(/=(.*)/s).slice(0, 2));
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
  ({ csrf } = await call('GET', '/session'));
  const { totp_secret } = await call('POST', `/invitations/${code}`, { name, password: 'correct horse battery staple', language: 'en' });
  await call('POST', `/invitations/${code}/confirm`, { code: totp(totp_secret) });
  ({ csrf } = await call('GET', '/session'));
  return call;
}

let wrong = 0;
const expect = (what, holds) => { if (!holds) wrong++; console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`); };
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] });
try {
  const administrator = await member(invitation, 'Administrator');
  const point = (id, name) => ({ type: 'Feature', id, properties: { id, name, kind: 'crossing' }, geometry: { type: 'Point', coordinates: [37, 36] } });
  await administrator('POST', '/operations', { slug: 'valley', name: 'Northern valley', time_zone: 'Asia/Damascus', places: { type: 'FeatureCollection', features: [point('river-bridge', 'River bridge'), point('north-gate', 'North gate')] } });
  const { code } = await administrator('POST', '/operations/valley/invitations', { roles: ['reporting-officer'], hours: 1 });
  const officer = await member(code, 'Officer');
  const device = await officer('POST', '/operations/valley/devices', { label: 'phone 1' });

  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en' });
  const page = await context.newPage();
  page.on('console', (message) => { if (message.type() === 'error' && !/ERR_INTERNET|Failed to load resource/.test(message.text())) expect(`no error in the console: ${message.text()}`, false); });
  const enter = async () => { for (const digit of '418027') await page.keyboard.press(digit); await page.waitForTimeout(60); };
  await page.goto(origin + device.address);
  await page.locator('button[type=submit]').click();
  await page.locator('.keys').waitFor();
  await enter();
  await enter();
  await page.locator('.stack .tile').first().click();
  await page.evaluate(() => navigator.serviceWorker.ready);

  await context.setOffline(true);
  const open = (n) => page.locator('.tiles .tile').nth(n).click();
  await open(1);
  await page.locator('.act .go').click();
  await page.waitForTimeout(600);
  await page.locator('.corner').click();
  await open(0);
  for (const [key, times] of [[0, 6], [1, 3], [2, 4], [5, 2], [6, 1]]) for (let tap = 0; tap < times; tap++) await page.locator('.pad button').nth(key).click();
  await page.locator('.vehicle .name').click();
  await page.locator('input').first().fill('4417');
  await page.locator('.act .go').click();
  await page.locator('.act .go').click();
  await page.locator('.act .go').click();
  await page.locator('.line-text').waitFor();
  expect('with no network three are not delivered', (await page.locator('.net').innerText()).includes('3 not delivered'));

  await context.setOffline(false);
  const delivered = async () => {
    const until = Date.now() + 60_000;
    while (Date.now() < until && !(await page.locator('.net').innerText()).includes('all delivered')) {
      await page.waitForTimeout(500);
      await page.locator('.net').click();
      await page.locator('.act .go').click();
    }
  };
  await delivered();
  expect(`all is delivered and proven: ${(await page.locator('main').innerText()).replaceAll('\n', ' | ')}`, (await page.locator('.net').innerText()).includes('all delivered'));
  const { statements } = await officer('GET', '/operations/valley/statements');
  for (const { kind, wording } of statements) console.log(`     ${kind}: ${wording}`);
  expect('the room reads the count', statements.some(({ kind, wording }) => kind === 'headcount' && wording.includes('13 people')));
  expect('the room reads the watch', statements.some(({ kind }) => kind === 'coverage'));

  // A new shift: another pseudonym, the same phone; and a photo under it.
  await page.locator('.corner').click();
  await open(10);
  await page.locator('fieldset').nth(3).locator('.tile').nth(1).click();
  await page.getByText('Begin a new shift').click();
  await page.getByText('New shift begun.').waitFor();
  await page.waitForTimeout(600);
  await page.locator('.corner').click();
  await open(2);
  await page.locator('fieldset .tile').nth(2).click();
  await page.getByRole('button', { name: 'Heard' }).click();
  await page.getByRole('button', { name: 'Take a photo' }).click();
  await page.locator('video').waitFor();
  await page.waitForTimeout(1500);
  await page.getByRole('button', { name: 'Take a photo' }).click();
  const hash = /[0-9a-f]{64}/.exec(await page.locator('.hash').innerText())[0];
  await page.locator('.act .go').click();
  await page.getByText('Saved').waitFor();
  await delivered();
  const { statements: newer } = await officer('GET', '/operations/valley/statements');
  const incident = newer.find(({ kind }) => kind === 'incident');
  const whole = incident && (await officer('GET', `/operations/valley/statements/${incident.id}`));
  expect(`the room has the incident with the photo that was hashed at capture: ${incident?.wording}`, whole?.attachments[0]?.sha256 === hash);
  const [{ kids }] = await officer('GET', '/operations/valley/devices');
  expect('the phone has had two pseudonyms', kids.length === 2);
} finally {
  await browser.close();
  server.removeAllListeners('exit');
  server.kill();
  rmSync(data, { recursive: true, force: true });
}
process.exit(wrong === 0 ? 0 : 1);
