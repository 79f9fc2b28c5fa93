import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Caller, oneTimeCode, passwordOf, type Problem } from './person.ts';
import { Server, until } from './server.ts';

let server: Server;
let administrator: Caller;

beforeAll(async () => {
  server = await Server.create();
  await server.start();
  administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
  await administrator.call('POST', '/operations', { slug: 'valley', name: 'Northern valley', time_zone: 'Asia/Damascus' });
});

afterAll(() => server.remove());

const refusal = async (act: Promise<unknown>): Promise<Problem> => {
  const outcome = await act.then(
    () => undefined,
    (problem: Problem) => problem,
  );
  expect(outcome).toBeDefined();
  return outcome!;
};

test('the first address printed makes the administrator, and only once', async () => {
  const session = await administrator.call('GET', '/session');
  expect(session).toMatchObject({ signed_in: true, administrator: true, memberships: [] });
  const again = await refusal(Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Somebody else'));
  expect(again.code).toBe('invitation.unknown');
});

test('who runs the server reads nothing of an operation', async () => {
  expect((await administrator.call('GET', '/operations')).map((o: { slug: string }) => o.slug)).toEqual(['valley']);
  expect((await refusal(administrator.call('GET', '/operations/valley'))).code).toBe('not-allowed');
});

test('an invited officer belongs to the operation, and to a stranger it does not exist', async () => {
  const invitation = await administrator.call('POST', '/operations/valley/invitations', { roles: ['reporting-officer'], hours: 1 });
  const officer = await Caller.invited(server.address, invitation.address, 'Officer');
  expect(await officer.call('GET', '/operations/valley')).toMatchObject({ slug: 'valley', name: 'Northern valley', time_zone: 'Asia/Damascus', level: 'logged' });
  await administrator.call('POST', '/operations', { slug: 'other', name: 'Another', time_zone: 'UTC' });
  const [other, none] = [await refusal(officer.call('GET', '/operations/other')), await refusal(officer.call('GET', '/operations/nowhere'))];
  expect([other.status, other.code, other.message]).toEqual([none.status, none.code, none.message]);
});

test('a code is good once, and a refusal does not tell what was wrong', async () => {
  const invitation = await administrator.call('POST', '/operations/valley/invitations', { roles: ['monitor'] });
  const monitor = await Caller.invited(server.address, invitation.address, 'Monitor');
  const code = oneTimeCode(monitor.secret);
  const attempt = (name: string, password: string, digits: string): Promise<unknown> => new Caller(server.address).call('POST', '/session/password', { name, password, code: digits });
  const replayed = await refusal(attempt('Monitor', passwordOf('Monitor'), code));
  const wrongPassword = await refusal(attempt('Monitor', 'not the password', code));
  const unknownName = await refusal(attempt('Nobody of that name', passwordOf('Monitor'), code));
  expect(new Set([replayed, wrongPassword, unknownName].map((p) => `${p.status} ${p.message}`)).size).toBe(1);
  expect(replayed.code).toBe('sign-in.refused');
  const next = new Caller(server.address);
  const later = oneTimeCode(monitor.secret, Date.now() + 30_000);
  expect(await next.call('POST', '/session/password', { name: 'Monitor', password: passwordOf('Monitor'), code: later })).toMatchObject({ signed_in: true });
});

test('a request without the token of its session changes nothing', async () => {
  const invitation = await administrator.call('POST', '/operations/valley/invitations', { roles: ['reporting-officer'] });
  const officer = await Caller.invited(server.address, invitation.address, 'Second officer');
  officer.forgetCsrf();
  expect((await refusal(officer.call('POST', '/operations/valley/invitations', { roles: ['observer'] }))).code).toBe('csrf.missing');
});

test('an invitation whose time is over is refused, and says to ask for a new one', async () => {
  const invitation = await administrator.call('POST', '/operations/valley/invitations', { roles: ['monitor'] });
  await server.stop();
  // Days can't be waited for: the hour is set back where it is kept.
  execFileSync('python3', ['-c', "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute('UPDATE Invitations SET ExpiresUnix = 1 WHERE IsUsed = 0'); d.commit()", join(server.data, 'accounts.db')]);
  await server.start();
  const late = await refusal(Caller.invited(server.address, invitation.address, 'Too late'));
  expect([late.status, late.code]).toEqual([404, 'invitation.unknown']);
  expect(late.message).toMatch(/ask/i);
});

test('a session ends with its whole length, however busy it was', async () => {
  const stay = await administrator.call('POST', '/operations/valley/invitations', { roles: ['monitor'] });
  await server.stop();
  await server.start('--session-hours', '0.0012');
  const guest = await Caller.invited(server.address, stay.address, 'Short stay');
  expect(await guest.call('GET', '/session')).toMatchObject({ signed_in: true });
  const began = Date.now();
  await until('the session is over', async () => !(await guest.call('GET', '/session')).signed_in, 10_000);
  expect(Date.now() - began).toBeGreaterThan(1000);
  expect((await refusal(guest.call('GET', '/operations/valley'))).code).toBe('sign-in.needed');
});
