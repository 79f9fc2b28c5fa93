// The drill of docs/how-to/back-up-and-restore.md, run as the page says it, on a server that is written to while it is backed up.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Caller, oneTimeCode, passwordOf } from './person.ts';
import { Phone } from './phone.ts';
import { Server } from './server.ts';

const root = new URL('../..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'safeconduct-drill-'));
const page = readFileSync(join(root, 'docs/how-to/back-up-and-restore.md'), 'utf8');
const steps = [...page.matchAll(/```\n([\s\S]*?)```/g)].flatMap((block) => block[1]!.split('\n').map((line) => line.trim()).filter(Boolean));

/** The words of the page; the wrapper's own part is only which program it starts. */
const run = (line: string): { status: number | null; output: string } => {
  const words = line.replace('./safeconduct', /^\.\/safeconduct (backup|restore)/.test(line) ? `dotnet exec '${root}src/Server/bin/Release/net10.0/safeconduct-server.dll'` : `dotnet exec '${root}src/Cli/bin/Release/net10.0/safeconduct.dll'`);
  const ran = spawnSync('bash', ['-c', words], { cwd: folder, encoding: 'utf8' });
  return { status: ran.status, output: ran.stdout + ran.stderr };
};

let server: Server;
let officer: Caller;
let phone: Phone;

beforeAll(async () => {
  server = await Server.create();
  await server.start();
  const administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
  await administrator.call('POST', '/operations', { slug: 'valley', name: 'valley', time_zone: 'UTC' });
  officer = await Caller.invited(server.address, (await administrator.call('POST', '/operations/valley/invitations', { roles: ['reporting-officer'] })).address, 'Officer');
  phone = await Phone.enrolled(officer, 'valley', 'phone');
});

afterAll(async () => {
  await server?.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Where the page says "mission" the server of this test has its data. */
const asMission = (line: string): string => line.replace(/--data mission\b/, `--data '${server.data}'`).replace('rm -r mission mission.keys', `rm -r '${server.data}' '${server.data}.keys'`).replace('mission/operations', `'${server.data}'/operations`).replace('mission.keys/', `'${server.data}.keys'/`);

test('the drill of the page gives back the same record, people and phones', async () => {
  expect(steps).toHaveLength(4);
  const acknowledged = new Set<string>();
  for (const { id } of (await phone.send([await phone.count(1), await phone.count(2)])).taken) acknowledged.add(id);

  // Phones go on while the backup is made.
  let backedUp = false;
  const going = (async () => {
    while (!backedUp) await phone.send([await phone.count(3)]);
  })();
  const other = await Phone.enrolled(officer, 'valley', 'second phone');
  const before = await officer.call('GET', '/operations/valley/statements?limit=1');
  const made = await new Promise<{ status: number | null; output: string }>((done) => setTimeout(() => done(run(asMission(steps[0]!))), 50));
  backedUp = true;
  await going;
  expect(made.output).toContain('with the keys: who has this file can open every body');
  expect(made.status).toBe(0);

  await server.stop('SIGKILL');
  for (const step of steps.slice(1)) {
    const ran = run(asMission(step));
    expect(`${step}: ${ran.status} ${ran.output}`).toContain(`${step}: 0`);
  }
  await server.start();
  expect((await officer.call('GET', '/operations/valley/statements?limit=1')).total).toBeGreaterThanOrEqual(before.total);
  const again = await phone.send([await phone.copied().count(9)]);
  expect([...again.taken, ...again.waiting, ...again.refused].length).toBe(1);
  expect((await other.send([await other.count(4)])).taken).toHaveLength(1);
  const session = new Caller(server.address);
  await session.call('GET', '/session');
  // The code of this half minute was used to join; the next is good.
  await new Promise((done) => setTimeout(done, 30_500 - (Date.now() % 30_000)));
  await session.call('POST', '/session/password', { name: 'Officer', password: passwordOf('Officer'), code: oneTimeCode(officer.secret) });
});

test('a backup never takes the place of a file, and a restore never of data', () => {
  const twice = run(asMission(steps[0]!));
  expect([twice.status, twice.output]).toEqual([1, expect.stringContaining('a backup never takes another\'s place. [backup.exists]')]);
  const over = run(asMission(steps[2]!));
  expect([over.status, over.output]).toEqual([1, expect.stringContaining('a restore never writes over data. Name a new folder. [restore.in-use]')]);
  expect(run('./safeconduct backup').output).toContain('Usage: safeconduct backup --data DIR FILE [--with-keys]');
  expect(run('./safeconduct backup --data . x.backup').output).toContain('[backup.no-data]');
});

test('a damaged backup is refused, and nothing is put in place', () => {
  const whole = readFileSync(join(folder, 'mission.backup'));
  const tried = (bytes: Buffer): string => {
    writeFileSync(join(folder, 'bad.backup'), bytes);
    const ran = run(`./safeconduct restore bad.backup --data fresh`);
    expect(ran.status).toBe(1);
    for (const left of ['fresh', 'fresh.half', 'fresh.keys', 'fresh.half.keys']) expect(existsSync(join(folder, left))).toBe(false);
    return ran.output;
  };
  expect(tried(whole.subarray(0, whole.length >> 1))).toContain('[restore.not-a-backup]');
  expect(tried(Buffer.from('no zip at all'))).toContain('[restore.not-a-backup]');
  const at = whole.indexOf('journal/000000') + 4000;
  const flipped = Buffer.from(whole);
  flipped[at] = flipped[at]! ^ 0xff;
  expect(tried(flipped)).toMatch(/journal\/000000.*(can't be unpacked|SHA-256 that the manifest names)\. Nothing was put in place\. \[restore\.damaged\]/);
  // A file of the same name that a manifest points out of the folder.
  const script = `import zipfile, json, sys
z = zipfile.ZipFile('evil.backup', 'w')
z.writestr('data/../../evil', b'')
z.writestr('MANIFEST.json', json.dumps({'safeconduct': 'backup 1', 'made_at': '', 'with_keys': False, 'files': [{'path': 'data/../../evil', 'length': 0, 'sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'}]}))
z.close()`;
  writeFileSync(join(folder, 'evil.py'), script);
  spawnSync('python3', ['evil.py'], { cwd: folder });
  const evil = run('./safeconduct restore evil.backup --data fresh');
  expect([evil.status, evil.output]).toEqual([1, expect.stringContaining('leads out of the folder')]);
});
