// Sheets filled by ODK's own engine, posted to one server on this machine, one at a time, eight and sixty-four at once: how many a second, how long each waits, and what
// it is that does not let them go faster, measured in the same run. Clients and server share the machine's cores.
//   cd web && npx vitest run --config vitest.bench.ts openrosa          EACH=1000 (sheets at each width) SECONDS=20 (longest at each width)
import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { closeSync, existsSync, fdatasyncSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bytesOf } from '../../web/e2e/collect/collect.ts';
import { fill, openedIn, whole } from '../../web/e2e/collect/filling.ts';
import { type Mission, mission, sheets } from '../../web/e2e/collect/mission.ts';
import { pause } from '../../web/e2e/server.ts';

const number = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const [EACH, SECONDS, USERS] = [number('EACH', 1000), number('SECONDS', 20), number('USERS', 64)];
const WIDTHS = [1, 8, 64];

let here: Mission;
const folder = mkdtempSync(join(tmpdir(), 'safeconduct-bench-'));

beforeAll(async () => {
  here = await mission();
}, 60_000);

afterAll(async () => {
  await here?.server.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Processor seconds that the server has used, by its own account in /proc. */
const used = (): number => {
  const fields = readFileSync(`/proc/${here.server.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

/** How often one thing can be done a second, one after another. */
function rate(ms: number, act: () => void): number {
  let n = 0;
  const began = performance.now();
  for (; performance.now() - began < ms; n++) act();
  return (n * 1000) / (performance.now() - began);
}

/** Flushes that an append asks for, on the disk that holds the record. A file that grows is flushed with its length. */
function flushes(sync: (file: number) => void): number {
  const path = join(here.server.folder, 'flushed');
  const file = openSync(path, 'a');
  const piece = Buffer.alloc(2600, 7);
  try {
    return rate(2000, () => {
      writeSync(file, piece);
      sync(file);
    });
  } finally {
    closeSync(file);
    unlinkSync(path);
  }
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

interface Sheet {
  readonly type: string;
  readonly body: Buffer;
}

async function post(agent: Agent, address: string, sheet: Sheet): Promise<number> {
  return new Promise((done, fail) => {
    const asking = request(address, { method: 'POST', agent, headers: { 'X-OpenRosa-Version': '1.0', 'Content-Type': sheet.type, 'Content-Length': String(sheet.body.byteLength) } }, (answer) => {
      answer.resume();
      answer.on('error', fail);
      answer.on('end', () => done(answer.statusCode!));
    });
    asking.on('error', fail);
    asking.end(sheet.body);
  });
}

/** Calls to the kernel that wait for the disk, counted from outside while a few sheets are taken in; null where strace is not there or may not. */
async function flushesEach(posts: () => Promise<number>): Promise<number | null> {
  if (!existsSync('/usr/bin/strace')) return null;
  const counted = join(folder, 'strace');
  const watching = execFile('strace', ['-f', '-qq', '-e', 'trace=fsync,fdatasync,sync_file_range', '-o', counted, '-p', String(here.server.pid)]);
  await pause(1500);
  const n = await posts();
  await pause(300);
  const ended = new Promise((done) => watching.once('exit', done));
  watching.kill('SIGINT');
  await ended;
  const lines = existsSync(counted) ? readFileSync(counted, 'utf8').split('\n').filter((x) => /\bf(data)?sync\(/.test(x)).length : 0;
  return lines > 0 ? lines / n : null;
}

test(`${EACH} sheets at each of ${WIDTHS.join(', ')} at once`, async () => {
  // Made once, by the real engine, before any clock starts.
  const users = [here.phone];
  while (users.length < USERS) users.push(await here.another(`phone ${users.length}`));
  const forms = await here.phone.forms();
  const fillers = new Map(await Promise.all(forms.map(async (x) => [x.formID, await openedIn(await here.phone.download(x))] as const)));
  const TRIED = 20;
  const total = WIDTHS.length * EACH + 2 * TRIED;
  const file = join(folder, 'sheets.jsonl');
  const made = performance.now();
  const lines: string[] = [];
  let bytes = 0;
  for (let i = 0; i < total; i++) {
    const { form, answers } = sheets[i % sheets.length]!(i);
    const sheet = fillers.get(form)!.sheet();
    expect(fill(sheet, answers)).toEqual([]);
    const { body, type } = await bytesOf(await whole(sheet));
    bytes += body.byteLength;
    lines.push(JSON.stringify({ type, body: body.toString('base64') }));
  }
  writeFileSync(file, lines.join('\n'));
  const filling = (total * 1000) / (performance.now() - made);
  const ready: Sheet[] = readFileSync(file, 'utf8').split('\n').map((line) => JSON.parse(line) as { type: string; body: string }).map((x) => ({ type: x.type, body: Buffer.from(x.body, 'base64') }));

  // The limits of this machine, now.
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const entry = createHash('sha512').update('entry').digest();
  const signing = rate(1000, () => sign('sha256', entry, { key, dsaEncoding: 'ieee-p1363' }));
  const disk = flushes(fsyncSync);
  const data = flushes(fdatasyncSync);

  const agent = new Agent({ keepAlive: true, maxSockets: Math.max(...WIDTHS) });
  let next = 0;
  const one = async (): Promise<void> => {
    const i = next++;
    const status = await post(agent, users[i % users.length]!.submission, ready[i]!);
    if (status !== 201 && status !== 202) throw new Error(`sheet ${i} was answered with ${status}`);
  };
  const several = async (): Promise<number> => {
    for (let i = 0; i < TRIED; i++) await one();
    return TRIED;
  };
  await several();
  const each = await flushesEach(several);

  const rows: string[] = [];
  const found: { width: number; perSecond: number; share: number; flushed: number }[] = [];
  for (const width of WIDTHS) {
    const waits: number[] = [];
    const [began, cpu] = [performance.now(), used()];
    const last = next + EACH;
    await Promise.all(
      Array.from({ length: width }, async () => {
        while (next < last && performance.now() - began < SECONDS * 1000) {
          const now = performance.now();
          await one();
          waits.push(performance.now() - now);
        }
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    next = last;
    waits.sort((a, b) => a - b);
    const perSecond = waits.length / seconds;
    const share = (used() - cpu) / seconds;
    const flushed = each === null ? Number.NaN : (perSecond * each) / disk;
    found.push({ width, perSecond, share, flushed });
    rows.push(`| ${width} at once | ${perSecond.toFixed(0)}/s | ${at(waits, 0.5).toFixed(1)} ms | ${at(waits, 0.99).toFixed(1)} ms | ${share.toFixed(2)} of ${cpus().length} cores | ${Number.isNaN(flushed) ? '?' : `${(100 * flushed).toFixed(0)} %`} | ${((100 * perSecond) / signing).toFixed(1)} % |`);
  }
  agent.destroy();

  const best = found.reduce((a, b) => (a.perSecond > b.perSecond ? a : b));
  const binds = Object.entries({ "the disk's flush": best.flushed || 0, 'the processor': best.share / cpus().length, signing: best.perSecond / signing }).sort((a, b) => b[1] - a[1]);
  console.log(`
${ready.length} sheets of ${forms.length} forms, ${Math.round(bytes / ready.length)} bytes each as sent, made by the engine at ${filling.toFixed(0)}/s; ${users.length} app users; load before ${loadavg()[0]!.toFixed(1)}
limits: append and fsync ${disk.toFixed(0)}/s, append and fdatasync ${data.toFixed(0)}/s; P-256 sign ${signing.toFixed(0)}/s on one core; flushes a sheet: ${each?.toFixed(1) ?? 'not counted (strace)'}

| | taken in | p50 | p99 | the server's processor | of the disk's flushes | of one core's signing |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

At ${best.width} at once the shares are ${binds.map(([what, share]) => `${what} ${(100 * share).toFixed(0)} %`).join(', ')}: what binds is ${binds[0]![0]}.
`);
  const kept = (await here.officer.call('GET', '/operations/valley/statements?limit=1')).total as number;
  console.log(`${kept} statements in the record`);
}, 600_000);
