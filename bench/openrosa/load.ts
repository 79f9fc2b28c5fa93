// Sheets filled by ODK's own engine, posted to one server on this machine, one at a time, eight and sixty-four at once: how many a second, how long each waits, and what
// it is that does not let them go faster, measured in the same run. Clients and server share the machine's cores.
//   cd web && npx vitest run --config vitest.bench.ts openrosa          EACH=600 (sheets at each width) SECONDS=20 (longest at each width)
import { execFile, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bytesOf } from '../../web/e2e/collect/collect.ts';
import { fill, openedIn, whole } from '../../web/e2e/collect/filling.ts';
import { type Mission, mission, sheets } from '../../web/e2e/collect/mission.ts';
import { pause } from '../../web/e2e/server.ts';

const number = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const [EACH, SECONDS, USERS] = [number('EACH', 600), number('SECONDS', 20), number('USERS', 64)];
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
function flushes(): number {
  const path = join(here.server.folder, 'flushed');
  const file = openSync(path, 'a');
  const piece = Buffer.alloc(2600, 7);
  try {
    return rate(2000, () => {
      writeSync(file, piece);
      fsyncSync(file);
    });
  } finally {
    closeSync(file);
    unlinkSync(path);
  }
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

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

/**
 * Flushes that one sheet costs, counted from outside in a short run of its own, because a tracer slows what it watches: several sheets that come together share the flushes of one
 * append. Null where strace is not there or may not.
 */
async function flushesEach(posts: () => Promise<number>): Promise<number | null> {
  if (spawnSync('strace', ['--version']).status !== 0) return null;
  const counted = join(folder, 'strace');
  const watching = execFile('strace', ['-f', '-qq', '-e', 'trace=fsync,fdatasync', '-o', counted, '-p', String(here.server.pid)], () => undefined);
  const ended = new Promise((done) => watching.once('exit', done));
  await pause(1500);
  const n = await posts();
  await pause(200);
  watching.kill('SIGINT');
  await ended;
  const calls = existsSync(counted) ? readFileSync(counted, 'utf8').match(/\bf(data)?sync\(/g)?.length ?? 0 : 0;
  return calls > 0 ? calls / n : null;
}

test(`${EACH} sheets at each of ${WIDTHS.join(', ')} at once`, async () => {
  // Made once, by the real engine, before any clock starts.
  const users = [here.phone];
  while (users.length < USERS) users.push(await here.another(`phone ${users.length}`));
  const forms = await here.phone.forms();
  const fillers = new Map(await Promise.all(forms.map(async (x) => [x.formID, await openedIn(await here.phone.download(x))] as const)));
  const WARM = 100;
  const traced = (width: number): number => Math.max(20, 4 * width);
  const total = WARM + WIDTHS.reduce((n, width) => n + EACH + traced(width), 0);
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
  const disk = flushes();

  const agent = new Agent({ keepAlive: true, maxSockets: Math.max(...WIDTHS) });
  let next = 0;
  const one = async (): Promise<void> => {
    const i = next++;
    const status = await post(agent, users[i % users.length]!.submission, ready[i]!);
    if (status !== 201 && status !== 202) throw new Error(`sheet ${i} was answered with ${status}`);
  };
  /** So many sheets, so many at once; how long each waited for its answer. */
  const wave = async (width: number, sheets: number, seconds: number): Promise<number[]> => {
    const [waits, last, began] = [[] as number[], next + sheets, performance.now()];
    await Promise.all(
      Array.from({ length: width }, async () => {
        while (next < last && performance.now() - began < seconds * 1000) {
          const now = performance.now();
          await one();
          waits.push(performance.now() - now);
        }
      }),
    );
    next = last;
    return waits.sort((a, b) => a - b);
  };
  await wave(8, WARM, 60);

  const rows: string[] = [];
  const found: { width: number; perSecond: number; shares: Record<string, number> }[] = [];
  for (const width of WIDTHS) {
    const [began, cpu] = [performance.now(), used()];
    const waits = await wave(width, EACH, SECONDS);
    const seconds = (performance.now() - began) / 1000;
    const perSecond = waits.length / seconds;
    const cores = (used() - cpu) / seconds;
    const each = await flushesEach(async () => (await wave(width, traced(width), 60)).length);
    const shares = { "the disk's flush": each === null ? 0 : (perSecond * each) / disk, "the server's processor": cores / cpus().length, signing: perSecond / signing };
    found.push({ width, perSecond, shares });
    rows.push(`| ${width} at once | ${perSecond.toFixed(0)}/s | ${at(waits, 0.5).toFixed(0)} ms | ${at(waits, 0.99).toFixed(0)} ms | ${each?.toFixed(1) ?? '?'} | ${each === null ? '?' : percent(shares["the disk's flush"])} | ${percent(shares["the server's processor"])} | ${percent(shares.signing)} |`);
  }
  agent.destroy();

  console.log(`
${ready.length} sheets of ${forms.length} forms, ${Math.round(bytes / ready.length)} bytes each as sent, filled and serialised by the engine at ${filling.toFixed(0)}/s; ${users.length} app users; load ${loadavg()[0]!.toFixed(1)} on ${cpus().length} cores
limits of this run, one after another: append 2,600 bytes and fsync ${disk.toFixed(0)}/s; P-256 sign ${signing.toFixed(0)}/s

| | taken in | p50 | p99 | flushes a sheet | of the disk's flushes | of the processor | of one core's signing |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`);
  for (const { width, shares } of found) {
    const [[what, share]] = Object.entries(shares).sort((a, b) => b[1] - a[1]) as [[string, number]];
    console.log(`${width} at once: what binds is ${what} (${percent(share)} of it is used)`);
  }
  const kept = (await here.officer.call('GET', '/operations/valley/statements?limit=1')).total as number;
  console.log(`${kept} statements in the record`);
}, 600_000);
