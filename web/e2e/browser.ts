// A real Chromium, Debian's. Where it is missing every test that needs it is skipped, and says so.
import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { oneTimeCode, passwordOf } from './person.ts';

export const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// A moving picture of the browser's own in place of a lens: frames are taken, hashed and sealed as they would be.
const madeUpCamera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath!, headless: true, args: [...quiet, ...madeUpCamera] });

/** A browser that keeps its storage when it is closed, as a phone does. */
export const launchKept = (folder: string, options: BrowserContextOptions = {}): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, { executablePath: chromiumPath!, headless: true, args: [...quiet, ...madeUpCamera], permissions: ['camera'], ...phone, ...options });

export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
export const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const narrow: BrowserContextOptions = { viewport: { width: 320, height: 640 } };

/** What axe finds against WCAG 2.2 A and AA, as lines that name the rule and the place. */
export async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id} at ${n.target.join(' ')}: ${n.failureSummary?.split('\n')[1]?.trim() ?? v.help}`));
}

/** Pixels by which the page is wider than its window: nothing should have to be scrolled sideways. */
export const overflow = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What a page says went wrong while it ran: errors of its own, and requests that its policy refused. */
export function complaints(page: Page): string[] {
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text())) said.push(message.text());
  });
  return said;
}

/** As a person would: the invitation in the browser, the code from the secret that the page shows. In any language. */
export async function joined(page: Page, invitation: string, name: string): Promise<void> {
  await page.goto(invitation);
  await page.locator('input[name=name]').fill(name);
  await page.locator('input[name=password]').fill(passwordOf(name));
  await page.locator('button[type=submit]').click();
  await page.locator('input[name=code]').fill(oneTimeCode(await page.locator('#secret').innerText()));
  await page.locator('button[type=submit]').click();
  await page.locator('nav').waitFor();
}

/** The page in light and in dark, then on a narrow screen: what axe finds, and whether nothing runs out of it. Left as it was, in light on a wide screen. */
export async function seenEveryWay(page: Page): Promise<{ violations: string[]; fits: boolean }> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(300);
    found.push(...(await violations(page)).map((v) => `${colorScheme}: ${v}`));
  }
  await page.setViewportSize(narrow.viewport!);
  await page.waitForTimeout(200);
  const fits = (await overflow(page)) <= 0;
  await page.setViewportSize(desktop.viewport!);
  await page.emulateMedia({ colorScheme: 'light' });
  return { violations: found, fits };
}
