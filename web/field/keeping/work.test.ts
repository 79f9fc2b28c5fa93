import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { lockWith } from '../lock/code.js';
import { openBus, tap } from '../tally/bus.js';
import { Shelf } from './shelf.js';
import { nothingOpen, WorkKeeper } from './work.js';

test('Every tap that was kept is there after the phone went dark', async () => {
  const { key } = await lockWith('111111', 1000);
  const shelf = await Shelf.open('dark');
  const keeper = new WorkKeeper(shelf, key);
  let bus = openBus('F-1', 'bridge');
  let kept: Promise<void> = Promise.resolve();
  for (let at = 0; at < 50; at++) {
    bus = tap(bus, 'women', at);
    kept = keeper.keep({ ...nothingOpen, buses: [bus] });
  }
  await kept;
  shelf.close();

  const again = await WorkKeeper.read(await Shelf.open('dark'), key);
  expect(again.buses[0]?.taps).toHaveLength(50);
});

test('The open work does not stand on the disk in clear', async () => {
  const { key } = await lockWith('111111', 1000);
  const shelf = await Shelf.open('clear');
  await new WorkKeeper(shelf, key).keep({ ...nothingOpen, convoys: [{ name: 'second convoy', steps: {} }] });
  const { bytes } = (await shelf.get<{ bytes: Uint8Array }>('work'))!;
  expect(new TextDecoder('latin1').decode(bytes)).not.toContain('second');
});

test('Before anything was opened there is nothing', async () => {
  const { key } = await lockWith('111111', 1000);
  expect(await WorkKeeper.read(await Shelf.open('new'), key)).toEqual(nothingOpen);
});
