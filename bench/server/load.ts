// 500 phones send 200 statements each to one server on this machine while 50 rooms listen. Prints statements a second, how long a statement takes from the send to
// a room, the server's memory, and what was lost. Phones, rooms and server share the machine's cores.
//   cd web && npx vitest run --config vitest.bench.ts server          PHONES=500 EACH=200 ROOMS=50 TOGETHER=20 AT_ONCE=16
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { base64Of } from '../../web/shared/record/index.ts';
import { Caller } from '../../web/e2e/person.ts';
import { Phone, type Piece } from '../../web/e2e/phone.ts';
import { pause, Server } from '../../web/e2e/server.ts';

const number = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const [PHONES, EACH, ROOMS, TOGETHER, AT_ONCE] = [number('PHONES', 500), number('EACH', 200), number('ROOMS', 50), number('TOGETHER', 20), number('AT_ONCE', 16)];

let server: Server;
let officer: Caller;

beforeAll(async () => {
  server = await Server.create();
  await server.start();
  const administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
  await administrator.call('POST', '/operations', { slug: 'valley', name: 'valley', time_zone: 'UTC' });
  officer = await Caller.invited(server.address, (await administrator.call('POST', '/operations/valley/invitations', { roles: ['reporting-officer'] })).address, 'Officer');
}, 60_000);

afterAll(() => server?.remove());

interface Sending {
  readonly phone: Phone;
  readonly body: string;
  readonly statements: readonly string[];
}

/** A room that stays open, comes back with the last id it heard when it is let go, and knows when it heard of each statement. */
class Room {
  readonly heard = new Map<string, number>();
  private last = '';
  private readonly leaving = new AbortController();
  comebacks = -1;

  async listen(): Promise<void> {
    while (!this.leaving.signal.aborted) {
      this.comebacks++;
      try {
        const answer = await officer.stream('/operations/valley/events', this.leaving.signal, this.last);
        const reader = answer.body!.getReader();
        const decoder = new TextDecoder();
        let rest = '';
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
          const now = performance.now();
          const events = (rest + decoder.decode(next.value, { stream: true })).split('\n\n');
          rest = events.pop()!;
          for (const event of events) {
            this.last = /^id: (\d+)/.exec(event)?.[1] ?? this.last;
            const id = /\nevent: statement\ndata: \{"id":"([^"]+)"/.exec(event)?.[1];
            if (id && !this.heard.has(id)) this.heard.set(id, now);
          }
        }
      } catch {
        await pause(50);
      }
    }
  }

  leave(): void {
    this.leaving.abort();
  }
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
const memory = (): string => /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? '?';

test(`${PHONES} phones, ${EACH} statements each, ${ROOMS} rooms`, async () => {
  console.log(`making ${PHONES * EACH} signed and sealed statements`);
  const sendings: Sending[] = [];
  for (let p = 0; p < PHONES; p++) {
    const phone = await Phone.enrolled(officer, 'valley', `phone ${p}`);
    for (let done = 0; done < EACH; done += TOGETHER) {
      const pieces: Piece[] = [];
      while (pieces.length < Math.min(TOGETHER, EACH - done)) pieces.push(await phone.count(12));
      sendings.push({ phone, statements: pieces.map((x) => x.statement), body: JSON.stringify({ entries: pieces.map((x) => base64Of(x.entry.bytes)), blobs: pieces.map((x) => base64Of(x.blob)), keys: pieces.map((x) => base64Of(x.key)) }) });
    }
  }
  // One delivery of each phone after another, as a crowd of phones would come: chains stay in their order.
  const perPhone = Math.ceil(EACH / TOGETHER);
  const order = sendings.map((sending, i) => ({ sending, turn: i % perPhone })).sort((a, b) => a.turn - b.turn).map((x) => x.sending);

  const rooms = Array.from({ length: ROOMS }, () => new Room());
  const listening = rooms.map((room) => room.listen());
  await pause(1000);
  const quiet = memory();
  const sent = new Map<string, number>();
  const answers: number[] = [];
  const began = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < order.length) {
        const { phone, body, statements } = order[next++]!;
        const now = performance.now();
        for (const id of statements) sent.set(id, now);
        const answer = await phone.post('/sync/entries', body);
        expect(answer.status).toBe(200);
        const outcome = (await answer.json()) as { taken: unknown[]; waiting: unknown[]; refused: unknown[] };
        expect([outcome.taken.length, outcome.waiting.length, outcome.refused.length]).toEqual([statements.length, 0, 0]);
        answers.push(performance.now() - now);
      }
    }),
  );
  const sending = performance.now() - began;
  const total = PHONES * EACH;
  for (let tries = 0; tries < 600 && rooms.some((room) => room.heard.size < total); tries++) await pause(100);
  const shown = performance.now() - began;
  const delays = rooms.flatMap((room) => [...room.heard].map(([id, when]) => when - sent.get(id)!)).sort((a, b) => a - b);
  answers.sort((a, b) => a - b);
  const here = (await officer.call('GET', '/operations/valley/statements?limit=1')).total;
  console.log(`
| what | measured |
| --- | --- |
| acknowledged, each on the disk | ${total} statements in ${(sending / 1000).toFixed(1)} s: ${Math.round((total * 1000) / sending)}/s |
| shown in all ${ROOMS} rooms | after ${(shown / 1000).toFixed(1)} s: ${Math.round((total * ROOMS * 1000) / shown)} events/s |
| answer to a delivery of ${TOGETHER} | p50 ${at(answers, 0.5).toFixed(0)} ms, p99 ${at(answers, 0.99).toFixed(0)} ms |
| from the send to a room | p50 ${at(delays, 0.5).toFixed(0)} ms, p99 ${at(delays, 0.99).toFixed(0)} ms |
| the server's memory at its highest | ${Math.round(Number(memory()) / 1024)} MB (${Math.round(Number(quiet) / 1024)} MB before) |
| rooms that were let go and came back | ${rooms.reduce((n, room) => n + room.comebacks, 0)} times |
| lost: in the record, in a room | ${total - here}, ${rooms.reduce((n, room) => n + total - room.heard.size, 0)} |
`);
  rooms.forEach((room) => room.leave());
  await Promise.all(listening);
  expect(here).toBe(total);
}, 1_800_000);
