// Copies of the record as the server hands them out, checked by the verifier that lies inside, with nothing but Python.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller, Problem } from './person.ts';
import { Desk } from './publishing.ts';
import { Server } from './server.ts';

const at = Desk.at;
let server: Server;
let desk: Desk;

beforeAll(async () => {
  server = await Server.create();
  await server.start();
  desk = await Desk.founded(server);
  await desk.say({ kind: 'obstruction', said: { what: 'passage', how: 'blocked' }, paraphrase: 'The office saw the north gate shut.' });
  await desk.say({ kind: 'comment', said: { text: 'For the room alone.' }, handling: 'room' });
  await desk.say({ kind: 'comment', said: { text: 'The other office says so.' }, by: { id: 'other/field', name: 'Other office', kind: 'responder' } });
});

afterAll(() => server?.remove());

const code = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (problem: Problem) => problem.code,
  );

async function taken(who: Caller, query = ''): Promise<(...flags: string[]) => string> {
  const file = join(server.folder, 'taken.zip');
  writeFileSync(file, Buffer.from(await (await who.stream(`${at}/bundle${query}`, AbortSignal.timeout(30_000))).arrayBuffer()));
  // The verifier is taken out of the copy itself.
  const verifier = spawnSync('python3', ['-I', '-c', 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("verify.py"))', file]).stdout;
  writeFileSync(join(server.folder, 'verify.py'), verifier);
  return (...flags) => {
    const ran = spawnSync('python3', ['-I', join(server.folder, 'verify.py'), file, ...flags], { encoding: 'utf8' });
    expect(ran.status, ran.stdout + ran.stderr).toBe(0);
    return ran.stdout;
  };
}

test('a copy for the parties is whole, says what it lacks, and has nothing for the room', async () => {
  for (const who of [desk.composer, desk.council]) {
    const run = await taken(who);
    expect(run()).toMatch(/whole\n$/);
    expect(run('--read')).toContain('In short        The office saw the north gate shut.');
    expect(run('--read')).not.toContain('For the room alone');
    expect(run('--lacks')).toMatch(/made for the parties\.[^]*1 of 3 statements are not in it/);
  }
  expect(await code(desk.council.raw('GET', `/api/v1${at}/bundle?for=room`))).toBe('bundle.not-for-you');
});

test('a part carries one source alone and every proof', async () => {
  const run = await taken(desk.composer, '?for=public&only=other/field');
  expect(run('--read').match(/^ {4}In the log/gm)).toHaveLength(1);
  expect(run('--lacks')).toContain("It is a part: what the lens 'source:\"other/field\"' shows.");
  expect(await code(desk.composer.raw('GET', `/api/v1${at}/bundle?only=nobody`))).toBe('bundle.empty-part');
});

test('with what is for the room a copy leaves by a release of the head of mission alone, which goes along and carries nothing recorded later', async () => {
  expect(await code(desk.composer.raw('GET', `/api/v1${at}/bundle?for=room`))).toBe('bundle.needs-release');
  expect(await code(desk.composer.raw('GET', `/api/v1${at}/bundle?for=room&release=1`))).toBe('bundle.no-such-release');
  expect(await code(desk.composer.call('POST', `${at}/bundle/releases`, { to: 'An inquiry', reason: 'Asked by letter 12' }))).toBe('not-allowed');
  expect(await code(desk.head.call('POST', `${at}/bundle/releases`, { to: '', reason: 'x' }))).toBe('release.no-recipient');
  expect(await code(desk.head.call('POST', `${at}/bundle/releases`, { to: 'An inquiry', reason: '' }))).toBe('release.no-reason');
  await desk.head.call('POST', `${at}/bundle/releases`, { to: 'Somebody before', reason: 'Their own' });
  const release = await desk.head.call('POST', `${at}/bundle/releases`, { to: 'An inquiry', reason: 'Asked by letter 12' });
  expect(release).toMatchObject({ released_by: 'The head', to: 'An inquiry', scope: 'everything the room has' });
  await desk.say({ kind: 'comment', said: { text: 'Said after the release.' } });
  const run = await taken(desk.composer, `?for=room&release=${release.entry}`);
  const [read, lacks] = [run('--read'), run('--lacks')];
  expect([read.includes('For the room alone.'), read.includes('Said after the release.')]).toEqual([true, false]);
  expect(lacks).toContain('It was released by The head to An inquiry. Reason: Asked by letter 12.');
  expect(lacks).not.toContain('Somebody before');
  expect(await code(desk.composer.raw('GET', `/api/v1${at}/bundle?for=room&release=${release.entry}&only=other/field`))).toBe('bundle.other-scope');
});
