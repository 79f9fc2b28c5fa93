// The power goes in the middle of sync, fifty times. What a phone was told is in the record is in the record, once, and the record checks.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromBase64, hexOf, readEntry } from '../shared/record/index.ts';
import { Caller } from './person.ts';
import { Phone, type Piece } from './phone.ts';
import { pause, Server } from './server.ts';

const root = new URL('../..', import.meta.url).pathname;
const KILLS = 50;
const PHONES = 6;
const TOGETHER = 4;

let server: Server;
let officer: Caller;

beforeAll(async () => {
  server = await Server.create();
  await server.start();
  const administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
  await administrator.call('POST', '/operations', { slug: 'valley', name: 'valley', time_zone: 'UTC' });
  officer = await Caller.invited(server.address, (await administrator.call('POST', '/operations/valley/invitations', { roles: ['reporting-officer'] })).address, 'Officer');
});

afterAll(() => server?.remove());

test(`killed ${KILLS} times in the middle of sync, the server has everything that it acknowledged, once`, async () => {
  const acknowledged = new Set<string>();
  const made = new Set<string>();
  let ended = false;

  /** As a phone does: what was not acknowledged is sent again, as it is, until somebody answers. */
  const keepSending = async (phone: Phone): Promise<void> => {
    while (!ended) {
      const pieces: Piece[] = [];
      for (let i = 0; i < TOGETHER; i++) pieces.push(await phone.count(i));
      for (const piece of pieces) made.add(hexOf(piece.entry.id));
      for (let delivered = false; !delivered; ) {
        try {
          const outcome = await phone.send(pieces);
          expect(outcome.refused).toEqual([]);
          for (const { id } of [...outcome.taken, ...outcome.already]) acknowledged.add(id);
          delivered = true;
        } catch (failure) {
          if ((failure as { code?: string }).code) throw failure;
          await pause(40);
        }
      }
      // A phone is not a load test: it leaves the machine room to start the server.
      await pause(25);
    }
  };

  const phones: Phone[] = [];
  for (let i = 0; i < PHONES; i++) phones.push(await Phone.enrolled(officer, 'valley', `phone ${i}`));
  const sending = Promise.all(phones.map(keepSending));
  let busy = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const before = acknowledged.size;
    await pause(250 + ((kill * 7919) % 400));
    await server.stop('SIGKILL');
    if (acknowledged.size > before) busy++;
    await server.start();
  }
  ended = true;
  await sending;

  // The kills came while phones were being answered; a server that was idle each time would prove nothing.
  expect(busy).toBeGreaterThanOrEqual(KILLS * 0.8);
  expect(acknowledged.size).toBe(made.size);
  const places = new Map<string, number>();
  for (let from = 0, size = 1; from < size; ) {
    const page = await officer.call('GET', `/operations/valley/record/entries?from=${from}`);
    size = page.size;
    for (const entry of page.entries) {
      const id = hexOf((await readEntry(fromBase64(entry))).id);
      places.set(id, (places.get(id) ?? 0) + 1);
      from++;
    }
  }
  expect([...acknowledged].filter((id) => places.get(id) !== 1)).toEqual([]);
  expect(await officer.call('GET', '/operations/valley/record/forks')).toEqual([]);

  await server.stop();
  const verified = execFileSync('dotnet', ['exec', join(root, 'src/Cli/bin/Release/net10.0/safeconduct.dll'), 'verify', join(server.data, 'operations/valley'), '--keys', join(`${server.data}.keys`, 'valley'), '--json'], { encoding: 'utf8' });
  expect(JSON.parse(verified)).toMatchObject({ refuted: false });
}, 400_000);
