// One's own account: a passkey is made, signs in, and is taken away again; and the end of every session.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, desktop, joined, launch, narrow, overflow, violations } from './browser.ts';
import { Caller } from './person.ts';
import { Server } from './server.ts';

describe.skipIf(!chromiumPath)('the account page', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await Server.create();
    await server.start();
    browser = await launch();
    const administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
    await administrator.call('POST', '/operations', { slug: 'valley', name: 'Valley', time_zone: 'UTC' });
    const { address } = await administrator.call('POST', '/operations/valley/invitations', { roles: ['monitor'] });
    page = await (await browser.newContext({ ...desktop, locale: 'en-GB' })).newPage();
    await joined(page, `${server.address}${address}`, 'The monitor');
    // The browser's own authenticator in place of a fingerprint reader: keys are made and used as they would be.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  test('a passkey is added, and signs in without password and code', async () => {
    await page.getByRole('link', { name: 'The monitor' }).click();
    await page.getByText('No passkey yet.').waitFor();
    await page.getByLabel('Name of this device').fill('Laptop of the desk');
    await page.getByRole('button', { name: 'Add a passkey of this device' }).click();
    await page.getByText('The passkey is added.').waitFor();
    await page.getByText('Laptop of the desk').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize(narrow.viewport!);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.setViewportSize(desktop.viewport!);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('navigation').waitFor();
    await page.getByText('The monitor').waitFor();
  });

  test('a passkey that was removed signs nobody in, and every session ends at once', async () => {
    await page.getByRole('link', { name: 'The monitor' }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No passkey yet.').waitFor();
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
  });
});
