// The field app in a real browser, enrolled at the real server: every screen in four languages and two themes, the lock, the hand-over, a new shift,
// and a cold start with the server stopped.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath, launch } from './browser.ts';
import { Caller } from './person.ts';
import { Server } from './server.ts';

const pictures = process.env['SAFECONDUCT_PICTURES'] && join(process.env['SAFECONDUCT_PICTURES'], 'field');
const point = (id: string, names: Record<string, string>): object => ({ type: 'Feature', id, properties: { id, name: names['en'], kind: 'crossing', ...Object.fromEntries(Object.entries(names).map(([l, n]) => [`name_${l}`, n])) }, geometry: { type: 'Point', coordinates: [37.1, 36.2] } });
const places = {
  type: 'FeatureCollection',
  features: [point('river-bridge', { en: 'River bridge', ar: 'جسر النهر', fr: 'Pont de la rivière', ru: 'Речной мост' }), point('north-gate', { en: 'North gate', ar: 'البوابة الشمالية', fr: 'Porte nord', ru: 'Северные ворота' })],
};

describe.skipIf(!chromiumPath)('the field app', () => {
  let server: Server;
  let browser: Browser;
  let officer: Caller;
  let wrong: string[] = [];
  const holds = (what: string, does: boolean): void => void (does || wrong.push(what));

  beforeAll(async () => {
    server = await Server.create();
    await server.start();
    browser = await launch();
    const administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
    await administrator.call('POST', '/operations', { slug: 'valley', name: 'Northern valley', time_zone: 'Asia/Damascus', places });
    await administrator.call('POST', '/operations', { slug: 'tallied', name: 'Northern valley', time_zone: 'Asia/Damascus', places, settings: { name: 'Northern valley', time_zone: 'Asia/Damascus', fighters_tallied: true } });
    const address = async (slug: string): Promise<string> => (await administrator.call('POST', `/operations/${slug}/invitations`, { roles: ['reporting-officer'] })).address;
    officer = await Caller.invited(server.address, await address('valley'), 'The officer');
    const other = await Caller.invited(server.address, await address('tallied'), 'Other officer');
    officers = { valley: officer, tallied: other };
    if (pictures) mkdirSync(pictures, { recursive: true });
  });
  let officers: Record<string, Caller> = {};

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  beforeEach(() => {
    wrong = [];
    return () => expect(wrong).toEqual([]);
  });

const code = '418027';
const enter = async (page: Page, digits = code): Promise<void> => { for (const digit of digits) await page.keyboard.press(digit); };
const menu = (page: Page, n: number): Promise<void> => page.locator('.tiles .tile').nth(n).click();
const home = async (page: Page): Promise<void> => { await page.locator('.corner').click(); await page.waitForTimeout(500); };

async function enrolled(language: string, theme: 'light' | 'dark', size = { width: 390, height: 844 }, slug = 'valley'): Promise<{ context: BrowserContext; page: Page }> {
  const device = await officers[slug]!.call('POST', `/operations/${slug}/devices`, { label: `phone ${language}` });
  const context = await browser.newContext({ viewport: size, locale: language, colorScheme: theme, hasTouch: true, permissions: ['clipboard-read', 'clipboard-write', 'camera'] });
  const page = await context.newPage();
  page.on('pageerror', (error) => holds(`no error in the page: ${error}`, false));
  page.on('console', (message) => { if (message.type() === 'error' && !/ERR_|Failed to load/.test(message.text())) holds(`no error in the console: ${message.text()}`, false); });
  await page.goto(`${server.address}${device.address}`);
  await page.locator('button[type=submit]').click();
  await page.locator('.keys').waitFor();
  await enter(page);
  await page.waitForTimeout(50);
  await enter(page);
  await page.locator('.stack .tile').first().waitFor();
  return { context, page };
}

async function look(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  holds(`axe: ${name}: ${violations.map((v) => `${v.id} at ${v.nodes.map((node) => node.target.join(' ')).slice(0, 4).join(', ')}`).join('; ')}`, violations.length === 0);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  holds(`nothing hangs over the edge: ${name}`, over <= 0);
  const small = await page.evaluate(() => [...document.querySelectorAll('button, input:not([type=file]), select, textarea')].filter((each) => each.checkVisibility() && !each.closest('.vh') && (each.getBoundingClientRect().height < 63.5 || each.getBoundingClientRect().width < 63.5)).map((each) => each.className || each.tagName));
  holds(`targets of 64 px: ${name} ${small}`, small.length === 0);
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

const screens = ['tally', 'coverage', 'incident', 'obstruction', 'convoys', 'checkpoint', 'wishes', 'handover', 'outbox', 'sheet', 'settings'];

const phone = { width: 390, height: 844 };
const small = { width: 320, height: 640 };
const looks: [string, 'light' | 'dark', { width: number; height: number }, number][] = [['en', 'light', phone, 1], ['ru', 'dark', small, 1], ['fr', 'light', phone, 2], ['ar', 'dark', small, 1]];
for (const [language, theme, size, textSize] of looks)
  test(`every screen in ${language}, ${theme}, ${size.width} px, text at ${textSize * 100} %: axe, edges, targets of 64 px`, async () => {
  const { context, page } = await enrolled(language, theme, size);
  if (textSize !== 1) await page.evaluate((times) => { document.documentElement.style.fontSize = `${times * 100}%`; }, textSize);
  const name = (screen: string): string => `${screen}-${language}-${theme}`;
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
    if (screen === 'sheet' && pictures) await page.pdf({ path: join(pictures, `${name('sheet')}.pdf`), preferCSSPageSize: true }).catch(() => undefined);
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
  holds(`the lock has no sentence and no name: ${name('lock')}`, !/\p{L}/u.test(await page.locator('body').innerText()));
  await context.close();
  });

test('fighters stand dashed, of those above, and only where the operation tallies them', async () => {
  const { context, page } = await enrolled('en', 'light', phone, 'tallied');
  await page.locator('.stack .tile').first().click();
  await menu(page, 0);
  holds('fighters stand dashed beside the wounded', (await page.locator('.tap.part').count()) === 2);
  await page.locator('.pad button').nth(6).click();
  holds('a fighter adds nobody to the people', (await page.locator('.sum b').innerText()) === '0');
  if (pictures) await page.screenshot({ path: join(pictures, 'tally-fighters.png') });
  await context.close();
});

test('a code that the server refuses sets nothing up', async () => {
  const context = await browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.goto(`${server.address}/field/#enrol=REFUSED&op=valley`);
  await page.locator('button[type=submit]').click();
  await page.getByText('Ask the room for a new one').waitFor();
  holds('a refused code sets nothing up', await page.locator('#code').isVisible());
  holds('the address no longer holds the code', !page.url().includes('REFUSED'));
  await context.close();
});

test('the lock comes when the app is hidden, and wrong codes cost time that a reload does not give back', async () => {
  const { context, page } = await enrolled('en', 'light');
  await page.locator('.stack .tile').first().click();
  await page.locator('.tiles .tile').first().waitFor();
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  holds('hidden is locked', await page.locator('.keys').isVisible());
  for (let wrongCode = 0; wrongCode < 3; wrongCode++) {
    await enter(page, '000000');
    await page.locator('.dots .full').first().waitFor({ state: 'detached' });
  }
  holds('three wrong codes cost time', (await page.locator('.keys button[aria-disabled=true]').count()) === 11);
  await page.reload();
  await page.locator('.keys').waitFor();
  holds('a reload gives no time back', (await page.locator('.keys button[aria-disabled=true]').count()) === 11);
  await page.locator('.keys button[aria-disabled=false]').first().waitFor({ timeout: 15_000 });
  await enter(page);
  await page.locator('.tiles .tile').first().waitFor();
  holds('the right code opens after the wait', true);
  await context.close();
});

test('a line handed over as text: the next has every tap, both have said it, and nothing stays behind', async () => {
  const { context: first, page: giver } = await enrolled('en', 'light');
  const { context: second, page: taker } = await enrolled('en', 'light');
  for (const page of [giver, taker]) await page.locator('.stack .tile').first().click();
  for (const context of [first, second]) await context.setOffline(true);
  await menu(giver, 0);
  for (let tap = 0; tap < 7; tap++) await giver.locator('.pad button').nth(tap % 3).click();
  await home(giver);
  await menu(giver, 7);
  await giver.locator('main .go').click();
  await giver.locator('textarea').first().fill('two more buses are waiting');
  await giver.locator('.act .go').click();
  await giver.locator('.picture svg').waitFor();
  if (pictures) await giver.screenshot({ path: join(pictures, 'handover-shown.png') });
  await giver.locator('main .tile').click();
  const text = await giver.evaluate(() => navigator.clipboard.readText());
  await menu(taker, 7);
  await taker.locator('main .big').last().click();
  await taker.locator('textarea').fill('not a line');
  await taker.locator('.act .go').click();
  holds('what is no line is refused', (await taker.locator('[role=alert]').innerText()).includes('not a line being handed over'));
  await taker.locator('textarea').fill(text);
  await taker.locator('.act .go').click();
  await taker.locator('.digits').waitFor();
  holds('both see the same four digits', (await taker.locator('.digits').innerText()) === (await giver.locator('.digits').innerText()));
  await taker.locator('.act .go').click();
  await taker.getByText('Saved').waitFor();
  await menu(taker, 0);
  holds('the next has every tap', (await taker.locator('.sum b').innerText()) === '7');
  await giver.locator('.act .go').click();
  await giver.getByText('Saved').waitFor();
  await menu(giver, 0);
  holds('nothing open stays behind', (await giver.locator('.sum b').innerText()) === '0');
  holds('both have said it', (await giver.locator('.net').innerText()).includes('1 not delivered') && (await taker.locator('.net').innerText()).includes('1 not delivered'));

  // What is not delivered, carried on by the other as a file.
  await giver.locator('.net').click();
  const [download] = await Promise.all([giver.waitForEvent('download'), giver.getByText('Hand over as a file').click()]);
  await taker.locator('.net').click();
  await taker.locator('input[type=file]').setInputFiles(await download.path());
  await taker.getByText('1 taken').waitFor();
  holds('the other carries the file on', (await taker.locator('.net').innerText()).includes('2 not delivered'));
  await giver.getByText('Hand over by pictures').click();
  await giver.locator('.picture svg').waitFor();
  await first.close();
  await second.close();
});

test('a photo: off until switched on, hashed at capture, sealed when it is saved', async () => {
  const { context, page } = await enrolled('en', 'light');
  await page.locator('.stack .tile').first().click();
  holds('no photo while the camera is off', (await page.locator('.tiles').innerText()).includes('Photo') === false);
  await menu(page, 10);
  await page.locator('fieldset').nth(3).locator('.tile').nth(1).click();
  await home(page);
  await menu(page, 7);
  await page.getByRole('button', { name: 'Take a photo' }).click();
  await page.locator('video').waitFor();
  await page.waitForTimeout(1500);
  await page.getByRole('button', { name: 'Take a photo' }).click();
  await page.locator('.hash').waitFor();
  holds('the hash stands beside the photo', /[0-9a-f]{64}/.test(await page.locator('.hash').innerText()));
  await page.locator('.act .go').click();
  await page.getByText('Saved').waitFor();
  await menu(page, 7);
  holds('the photo is gone from the screen', (await page.locator('.hash').count()) === 0);
  await context.close();
});

test('with no network three wait, with one all is delivered and proven, and a new shift is another pseudonym of the same phone', async () => {
  const { context, page } = await enrolled('en', 'light');
  await page.locator('.stack .tile').first().click();
  await context.setOffline(true);
  await menu(page, 1);
  await page.locator('.act .go').click();
  await page.waitForTimeout(600);
  await home(page);
  await menu(page, 0);
  for (const [key, times] of [[0, 6], [1, 3], [2, 4], [5, 2], [6, 1]] as const) for (let tap = 0; tap < times; tap++) await page.locator('.pad button').nth(key).click();
  await page.locator('.vehicle .name').click();
  await page.locator('input').first().fill('4417');
  for (let step = 0; step < 3; step++) await page.locator('.act .go').click();
  await page.locator('.line-text').waitFor();
  holds('with no network three are not delivered', (await page.locator('.net').innerText()).includes('3 not delivered'));
  await context.setOffline(false);
  const until = Date.now() + 60_000;
  while (Date.now() < until && !(await page.locator('.net').innerText()).includes('all delivered')) {
    await page.waitForTimeout(500);
    await page.locator('.net').click();
    await page.locator('.act .go').click();
  }
  holds('all is delivered and proven', (await page.locator('.net').innerText()).includes('all delivered'));
  const { statements } = await officer.call('GET', '/operations/valley/statements');
  holds('the room reads the count', statements.some(({ kind, wording }: { kind: string; wording: string }) => kind === 'headcount' && wording.includes('13 people')));
  holds('the room reads the watch', statements.some(({ kind }: { kind: string }) => kind === 'coverage'));
  await home(page);
  await menu(page, 10);
  await page.getByText('Begin a new shift').click();
  await page.getByText('New shift begun.').waitFor();
  const devices = await officer.call('GET', '/operations/valley/devices');
  holds('the phone has had two pseudonyms', devices.some((d: { kids: string[] }) => d.kids.length === 2));
  await context.close();
});

test('battery: what was tapped is there after a cold start with the server stopped', async () => {
  const { context, page } = await enrolled('en', 'light');
  await page.locator('.stack .tile').first().click();
  await menu(page, 0);
  for (let tap = 0; tap < 40; tap++) await page.locator('.pad button').nth(tap % 4).click();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForTimeout(300);
  await page.close({ runBeforeUnload: false });
  await server.stop();
  await context.setOffline(true);

  const cold = await context.newPage();
  await cold.goto(`${server.address}/field/`);
  await cold.locator('.keys').waitFor();
  await enter(cold, '000000');
  await cold.waitForTimeout(2500);
  holds('a wrong code opens nothing', await cold.locator('.keys').isVisible());
  await enter(cold);
  holds('the corner says that there is no network', (await cold.locator('.net').innerText()).includes('No network'));
  await cold.locator('.tiles .tile').first().click();
  holds('every tap is there after the page was cut off', (await cold.locator('.sum b').innerText()) === '40');
  await cold.locator('.corner').dblclick();
  holds('two presses on the corner hide everything', await cold.locator('.keys').isVisible());
  await context.close();
});
});
