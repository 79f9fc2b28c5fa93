// Drives the built app in a real browser: cold start with the server stopped, every screen in four languages and two themes, axe, pictures to look at.
// node field/browser/check.mjs [folder for pictures]      needs: npx vite build --config vite.field.ts, and a chromium (CHROMIUM=/path)
import { createReadStream, existsSync, mkdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { enrolment } from './enrolment.mjs';

const folder = process.argv[2];
if (folder) mkdirSync(folder, { recursive: true });
const built = new URL('../../dist/field/', import.meta.url).pathname;
// As the server sends it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png', '.webmanifest': 'application/manifest+json' };

const server = createServer((request, answer) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  if (path.startsWith('/api/v1/enrolments/')) return void enrolment(request, answer);
  const file = join(built, path.replace(/^\/field\//, '').replaceAll('..', '') || 'index.html');
  if (!path.startsWith('/field/') || !existsSync(file) || !statSync(file).isFile()) return void answer.writeHead(404).end();
  answer.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy });
  createReadStream(file).pipe(answer);
});
await new Promise((done) => server.listen(0, 'localhost', done));
const address = `http://localhost:${server.address().port}/field/`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] });
let wrong = 0;
const expect = (what, holds) => { if (!holds) wrong++; console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`); };

const code = '418027';
const enter = async (page, digits = code) => { for (const digit of digits) await page.keyboard.press(digit); };
const menu = (page, n) => page.locator('.tiles .tile').nth(n).click();
const home = async (page) => { await page.locator('.corner').click(); await page.waitForTimeout(500); };

async function enrolled(language, theme, size = { width: 390, height: 844 }, invitation = 'ABCD') {
  const context = await browser.newContext({ viewport: size, locale: language, colorScheme: theme, hasTouch: true, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  page.on('pageerror', (error) => expect(`no error in the page: ${error}`, false));
  page.on('console', (message) => { if (message.type() === 'error' && !/ERR_|Failed to load/.test(message.text())) expect(`no error in the console: ${message.text()}`, false); });
  await page.goto(`${address}#enrol=${invitation}&op=bridge`);
  await page.locator('button[type=submit]').click();
  await page.locator('.keys').waitFor();
  await enter(page);
  await page.waitForTimeout(50);
  await enter(page);
  await page.locator('.stack .tile').first().waitFor();
  return { context, page };
}

async function look(page, name) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  for (const violation of violations) console.log(`     ${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).slice(0, 4).join(', ')}`);
  expect(`axe: ${name}`, violations.length === 0);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(`nothing hangs over the edge: ${name}`, over <= 0);
  const small = await page.evaluate(() => [...document.querySelectorAll('button, input:not([type=file]), select, textarea')].filter((each) => each.checkVisibility() && !each.closest('.vh') && (each.getBoundingClientRect().height < 63.5 || each.getBoundingClientRect().width < 63.5)).map((each) => each.className || each.tagName));
  expect(`targets of 64 px: ${name} ${small}`, small.length === 0);
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
}

const screens = ['tally', 'coverage', 'incident', 'obstruction', 'convoys', 'checkpoint', 'wishes', 'handover', 'outbox', 'sheet', 'settings'];

const phone = { width: 390, height: 844 };
const small = { width: 320, height: 640 };
const looks = [['en', 'light', phone, 1], ['ar', 'light', phone, 1], ['ru', 'dark', small, 1], ['fr', 'light', phone, 2], ['ar', 'dark', small, 1]];
for (const [language, theme, size, textSize] of looks.filter(([language, theme]) => !process.env.LOOKS || process.env.LOOKS.split(',').includes(`${language}-${theme}`))) {
  const { context, page } = await enrolled(language, theme, size);
  if (textSize !== 1) await page.evaluate((times) => { document.documentElement.style.fontSize = `${times * 100}%`; }, textSize);
  const name = (screen) => `${screen}-${language}-${theme}`;
  await look(page, name('lines'));
  await page.locator('.stack .tile').first().click();
  await page.locator('.tiles .tile').first().waitFor();
  await look(page, name('menu'));
  for (const [n, screen] of screens.entries()) {
    await menu(page, n);
    if (screen === 'tally') for (const [key, times] of [[0, 6], [1, 3], [2, 4], [3, 3], [5, 2], [6, 2], [2, 1]]) for (let tap = 0; tap < times; tap++) await page.locator('.pad button').nth(key).click();
    if (screen === 'coverage') await page.locator('.act .go').click();
    if (screen === 'incident') { await page.locator('fieldset .tile').nth(2).click(); await page.locator('fieldset .tile').nth(10).click(); }
    if (screen === 'wishes') { await page.locator('fieldset .tile').nth(1).click(); await page.locator('fieldset .tile').nth(2).click(); }
    if (screen === 'settings') await page.waitForTimeout(100);
    await page.waitForTimeout(150);
    await look(page, name(screen));
    if (screen === 'sheet' && folder) await page.pdf({ path: join(folder, `${name('sheet')}.pdf`), preferCSSPageSize: true }).catch(() => undefined);
    if (screen === 'tally') {
      await page.locator('.act .go').click();
      await page.locator('.act .go').click();
      await look(page, name('confirm'));
      await page.locator('main > .tile').last().click();
      await page.locator('input').first().fill('4417');
      await page.locator('.act .go').click();
      await page.locator('.act .go').click();
      await page.locator('.act .go').click();
      await page.locator('.line-text').waitFor();
      await look(page, name('read'));
      await page.locator('.act .go').click();
      await page.locator('.pad button').first().click();
    }
    await home(page);
  }
  await page.keyboard.press('Escape');
  await page.locator('.keys').waitFor();
  await look(page, name('lock'));
  expect(`the lock has no sentence and no name: ${name('lock')}`, !/\p{L}/u.test(await page.locator('body').innerText()));
  await context.close();
}

// Fighters are no rival key: not there unless the operation tallies them, and then dashed, of those above.
{
  const { context, page } = await enrolled('en', 'light', phone, 'FIGHTERS');
  await page.locator('.stack .tile').first().click();
  await menu(page, 0);
  expect('fighters stand dashed beside the wounded', (await page.locator('.tap.part').count()) === 2);
  await page.locator('.pad button').nth(6).click();
  expect('a fighter adds nobody to the people', (await page.locator('.sum b').innerText()) === '0');
  if (folder) await page.screenshot({ path: join(folder, 'tally-fighters.png') });
  await context.close();
}

// A code that the server refuses: one sentence, and nothing set up.
{
  const context = await browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.goto(`${address}#enrol=REFUSED&op=bridge`);
  await page.locator('button[type=submit]').click();
  await page.getByText('Ask the room for a new one').waitFor();
  expect('a refused code sets nothing up', await page.locator('#code').isVisible());
  expect('the address no longer holds the code', !page.url().includes('REFUSED'));
  await context.close();
}

// The lock: it comes when the app is hidden, and wrong codes cost time that a reload does not give back.
{
  const { context, page } = await enrolled('en', 'light');
  await page.locator('.stack .tile').first().click();
  await page.locator('.tiles .tile').first().waitFor();
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  expect('hidden is locked', await page.locator('.keys').isVisible());
  for (let wrongCode = 0; wrongCode < 3; wrongCode++) {
    await enter(page, '000000');
    await page.locator('.dots .full').first().waitFor({ state: 'detached' });
  }
  expect('three wrong codes cost time', (await page.locator('.keys button[aria-disabled=true]').count()) === 11);
  await page.reload();
  await page.locator('.keys').waitFor();
  expect('a reload gives no time back', (await page.locator('.keys button[aria-disabled=true]').count()) === 11);
  await page.locator('.keys button[aria-disabled=false]').first().waitFor({ timeout: 15_000 });
  await enter(page);
  await page.locator('.tiles .tile').first().waitFor();
  expect('the right code opens after the wait', true);
  await context.close();
}

// A line handed over as text: the next has every tap, both have said it, and nothing stays behind.
{
  const { context: first, page: giver } = await enrolled('en', 'light');
  const { context: second, page: taker } = await enrolled('en', 'light');
  for (const page of [giver, taker]) await page.locator('.stack .tile').first().click();
  await menu(giver, 0);
  for (let tap = 0; tap < 7; tap++) await giver.locator('.pad button').nth(tap % 3).click();
  await home(giver);
  await menu(giver, 7);
  await giver.locator('main .go').click();
  await giver.locator('textarea').first().fill('two more buses are waiting');
  await giver.locator('.act .go').click();
  await giver.locator('.picture svg').waitFor();
  if (folder) await giver.screenshot({ path: join(folder, 'handover-shown.png') });
  await giver.locator('main .tile').click();
  const text = await giver.evaluate(() => navigator.clipboard.readText());
  await menu(taker, 7);
  await taker.locator('main .big').last().click();
  await taker.locator('textarea').fill('not a line');
  await taker.locator('.act .go').click();
  expect('what is no line is refused', (await taker.locator('[role=alert]').innerText()).includes('not a line being handed over'));
  await taker.locator('textarea').fill(text);
  await taker.locator('.act .go').click();
  await taker.locator('.digits').waitFor();
  expect('both see the same four digits', (await taker.locator('.digits').innerText()) === (await giver.locator('.digits').innerText()));
  await taker.locator('.act .go').click();
  await taker.getByText('Saved').waitFor();
  await menu(taker, 0);
  expect('the next has every tap', (await taker.locator('.sum b').innerText()) === '7');
  await giver.locator('.act .go').click();
  await giver.getByText('Saved').waitFor();
  await menu(giver, 0);
  expect('nothing open stays behind', (await giver.locator('.sum b').innerText()) === '0');
  expect('both have said it', (await giver.locator('.net').innerText()).includes('1 not delivered') && (await taker.locator('.net').innerText()).includes('1 not delivered'));

  // What is not delivered, carried on by the other as a file.
  await giver.locator('.net').click();
  const [download] = await Promise.all([giver.waitForEvent('download'), giver.getByText('Hand over as a file').click()]);
  await taker.locator('.net').click();
  await taker.locator('input[type=file]').setInputFiles(await download.path());
  await taker.getByText('1 taken').waitFor();
  expect('the other carries the file on', (await taker.locator('.net').innerText()).includes('2 not delivered'));
  await giver.getByText('Hand over by pictures').click();
  await giver.locator('.picture svg').waitFor();
  await first.close();
  await second.close();
}

// A photo: off until switched on, hashed at capture, sealed when it is saved.
{
  const { context, page } = await enrolled('en', 'light');
  await page.locator('.stack .tile').first().click();
  expect('no photo while the camera is off', (await page.locator('.tiles').innerText()).includes('Photo') === false);
  await menu(page, 10);
  await page.locator('fieldset').nth(3).locator('.tile').nth(1).click();
  await home(page);
  await menu(page, 7);
  await page.getByRole('button', { name: 'Take a photo' }).click();
  await page.locator('video').waitFor();
  await page.waitForTimeout(1500);
  await page.getByRole('button', { name: 'Take a photo' }).click();
  await page.locator('.hash').waitFor();
  expect('the hash stands beside the photo', /[0-9a-f]{64}/.test(await page.locator('.hash').innerText()));
  await page.locator('.act .go').click();
  await page.getByText('Saved').waitFor();
  await menu(page, 7);
  expect('the photo is gone from the screen', (await page.locator('.hash').count()) === 0);
  await context.close();
}

// Battery: what was tapped is there after the page is gone without a word.
{
  const { context, page } = await enrolled('en', 'light');
  await page.locator('.stack .tile').first().click();
  await menu(page, 0);
  for (let tap = 0; tap < 40; tap++) await page.locator('.pad button').nth(tap % 4).click();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForTimeout(300);
  await page.close({ runBeforeUnload: false });
  server.close();
  server.closeAllConnections();
  await context.setOffline(true);

  const cold = await context.newPage();
  const started = Date.now();
  await cold.goto(address);
  await cold.locator('.keys').waitFor();
  console.log(`     cold start with the server stopped: ${Date.now() - started} ms to the keypad`);
  await enter(cold, '000000');
  await cold.waitForTimeout(2500);
  expect('a wrong code opens nothing', await cold.locator('.keys').isVisible());
  await enter(cold);
  expect('the corner says that there is no network', (await cold.locator('.net').innerText()).includes('No network'));
  await cold.locator('.tiles .tile').first().click();
  expect('every tap is there after the page was cut off', (await cold.locator('.sum b').innerText()) === '40');
  await cold.locator('.corner').dblclick();
  expect('two presses on the corner hide everything', await cold.locator('.keys').isVisible());
  await context.close();
}

await browser.close();
server.close();
console.log(wrong === 0 ? 'all holds' : `${wrong} wrong`);
process.exit(wrong === 0 ? 0 : 1);
