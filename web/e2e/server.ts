// The real server, started as a user would start it: its own process, its own folder, a free port that stays the same over restarts, so that a page
// that was open finds it again.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const program = join(root, 'src/Server/bin/Release/net10.0/safeconduct-server.dll');

export class Server {
  private process: ChildProcess | undefined;
  /** All that it printed since it was first started. */
  output = '';

  private constructor(
    readonly folder: string,
    readonly port: number,
  ) {}

  static async create(): Promise<Server> {
    return new Server(mkdtempSync(join(tmpdir(), 'safeconduct-e2e-')), await freePort());
  }

  get address(): string {
    return `http://localhost:${this.port}`;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  get data(): string {
    return join(this.folder, 'data');
  }

  async start(...more: string[]): Promise<void> {
    const child = spawn('dotnet', ['exec', program, '--data', this.data, '--urls', this.address, ...more], {
      env: { ...process.env, SAFECONDUCT_HOME: root, DOTNET_NOLOGO: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = child;
    const take = (piece: Buffer): void => {
      this.output += piece.toString();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    for (let tries = 0; tries < 300; tries++) {
      if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${this.output}`);
      if (await this.isReady()) return;
      await pause(100);
    }
    throw new Error(`The server did not become ready:\n${this.output}`);
  }

  /** Ends it at once, as a power cut would, or as an administrator does. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.address}/health/ready`, { signal: AbortSignal.timeout(2000) })).ok;
    } catch {
      return false;
    }
  }
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Asks until the answer is true; what it waited for stands in the error. */
export async function until(what: string, holds: () => Promise<boolean> | boolean, ms = 15_000): Promise<void> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (await holds()) return;
    await pause(50);
  }
  throw new Error(`Waited ${ms} ms in vain: ${what}`);
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const listener = createServer();
    listener.once('error', fail);
    listener.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      listener.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))));
    });
  });
}
