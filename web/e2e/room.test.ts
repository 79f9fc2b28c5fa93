import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, complaints, desktop, joined, launch, narrow, overflow, phone, violations } from './browser.ts';
import type { Server } from './server.ts';
import { servedCase, slug } from './worked-case.ts';

const pictures = process.env['SAFECONDUCT_PICTURES'];

describe.skipIf(!chromiumPath)('the room on the worked case', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let said: string[];

  beforeAll(async () => {
    const served = await servedCase('aleppo-2016');
    server = served.server;
    browser = await launch();
    page = await (await browser.newContext({ ...desktop, locale: 'en-GB' })).newPage();
    said = complaints(page);
    await joined(page, `${server.address}${await served.invitation('reporting-officer')}`, 'Reporting officer');
  });

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  const show = async (view: string, query = 'as_of=2016-12-16T18:00'): Promise<void> => {
    await page.goto(`${server.address}/room/#/op/${slug}/${view}?${query}`);
    await page.locator('main').waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await page.waitForTimeout(400);
  };

  const picture = async (name: string): Promise<void> => {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  };

  test('says who states each state of the operation, in lines of equal size', async () => {
    await show('room');
    const status = page.getByRole('region', { name: 'Status' });
    await status.waitFor();
    expect(await status.getByRole('heading').count()).toBeGreaterThan(1);
    const sizes = await status.getByRole('heading').evaluateAll((all) => all.map((h) => getComputedStyle(h).fontSize));
    expect(new Set(sizes).size).toBe(1);
    await picture('room');
  });

  test('every number opens what stands behind it, and Esc gives the focus back', async () => {
    await show('room');
    const heading = page.locator('.panel h2 a').first();
    await heading.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.getByRole('heading', { name: 'What holds together' }).waitFor();
    await page.waitForTimeout(500);
    await picture('room-figure');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(new URL(page.url()).hash).not.toContain('open=');
  });

  test('the past stands as it stood, and a lens names itself', async () => {
    await show('room', 'as_of=2016-12-15T12:00');
    const before = await page.locator('.asof .num').innerText();
    await show('room');
    expect(await page.locator('.asof .num').innerText()).not.toBe(before);
    await page.getByRole('button', { name: 'Media' }).click();
    await page.getByText(/Shown through the lens/).waitFor();
    expect(page.url()).toContain('lens=');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !location.hash.includes('lens='));
  });

  test('statements are found in words of any script', async () => {
    await show('statements', '');
    await page.getByRole('searchbox').fill('suspended');
    await page.waitForTimeout(800);
    expect(await page.locator('.list li').count()).toBeGreaterThan(0);
    await picture('room-statements');
  });

  for (const view of ['room', 'terms', 'timeline', 'statements', 'log', 'say', 'devices', 'members', 'record']) {
    for (const language of ['en', 'ar']) {
      for (const scheme of ['light', 'dark'] as const) {
        test(`axe finds nothing on ${view} in ${language}, ${scheme}, and nothing runs out of a page of 320 px`, async () => {
          await page.emulateMedia({ colorScheme: scheme });
          await page.evaluate((l) => localStorage.setItem('language', l), language);
          await page.setViewportSize(desktop.viewport!);
          await show(view);
          await page.reload();
          await page.locator('main').waitFor();
          await page.waitForTimeout(900);
          if (view === 'room' && language === 'ar' && scheme === 'light') await picture('room-ar');
          if (view === 'room' && language === 'en' && scheme === 'dark') await picture('room-dark');
          expect(await violations(page)).toEqual([]);
          await page.setViewportSize(narrow.viewport!);
          await page.waitForTimeout(200);
          expect(await overflow(page)).toBeLessThanOrEqual(0);
          if (view === 'room' && scheme === 'light') {
            await page.setViewportSize(phone.viewport!);
            await picture(`room-phone-${language}`);
          }
          await page.setViewportSize(desktop.viewport!);
        });
      }
    }
  }

  test('the text-only page is under 50 kB, has no script, keeps lens and time in its address, and stands up to axe', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    for (const [query, expected] of [['', 'As the record stands'], ['as_of=2016-12-16T18:00', 'As known 2016-12-16 18:00'], ['lens=kind:un&language=ar', 'kind:un']] as const) {
      const answer = await page.goto(`${server.address}/operations/${slug}/text?${query}`);
      expect((await answer!.body()).length).toBeLessThan(50_000);
      expect(await page.locator('header').innerText()).toContain(expected);
      expect(await page.locator('script').count()).toBe(0);
      await page.setViewportSize(narrow.viewport!);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await page.setViewportSize(desktop.viewport!);
      if (query === '') await picture('room-text');
      // The page runs no script, axe's neither: it looks at the same document where it may.
      const copy = await (await browser.newContext(desktop)).newPage();
      await copy.setContent(await page.content());
      expect(await violations(copy)).toEqual([]);
      await copy.context().close();
    }
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(['ar', 'rtl']);
    await page.locator('nav a').first().click();
    await page.getByRole('navigation').waitFor();
    expect(page.url()).toContain(`/room/#/op/${slug}`);
  });

  test('no page asked for anything that its policy refuses, and none failed', () => {
    expect(said).toEqual([]);
  });
});
