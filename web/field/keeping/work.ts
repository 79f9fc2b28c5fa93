// The open work: what is not closed yet. It is kept after every tap, sealed under the key of the code, and erased piece by piece as pieces are closed.
import type { Bus } from '../tally/bus.js';
import type { Spell } from '../coverage/watch.js';
import { seal, type Sealed, unseal } from '../lock/code.js';
import type { Body } from '../outbox/carriage.js';
import type { Shelf } from './shelf.js';

export type Step = 'departed' | 'reached' | 'arrived';

/** A convoy under way as this phone has reported it: no counts, only which steps. */
export interface Convoy {
  name: string;
  steps: Partial<Record<Step, number>>;
}

export interface Work {
  line?: string;
  buses: Bus[];
  /** Which of the open vehicles the screen shows. */
  current: number;
  convoys: Convoy[];
  /** Watches and gaps of today and of what still goes on; older ones are dropped. */
  spells: Spell[];
  /** Lines that were taken over here, by the giver's statement. */
  taken: string[];
  /** Half-filled forms, by screen. */
  drafts: Record<string, unknown>;
  /** What is to be said next, whatever happens: it belongs to something that was recorded already. */
  toSay: Body[];
  /** A record that was begun: how far the outbox had got, and what the open work becomes when it got further. */
  saving?: { mark: string; next: Work };
}

export const nothingOpen: Work = { buses: [], current: 0, convoys: [], spells: [], taken: [], drafts: {}, toSay: [] };

/** Keeps the newest state, one write at a time: a state that a newer one overtakes while a write runs is skipped, the newest never. */
export class WorkKeeper {
  private next: Work | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly shelf: Shelf,
    private readonly key: CryptoKey,
  ) {}

  static async read(shelf: Shelf, key: CryptoKey): Promise<Work> {
    const sealed = await shelf.get<Sealed>('work');
    return sealed ? { ...nothingOpen, ...((await unseal(key, sealed)) as Partial<Work>) } : nothingOpen;
  }

  /** Answers when this state, or a newer one, is on the disk. */
  keep(work: Work): Promise<void> {
    this.next = work;
    return (this.running ??= this.write());
  }

  private async write(): Promise<void> {
    try {
      while (this.next) {
        const work = this.next;
        this.next = undefined;
        await this.shelf.put('work', await seal(this.key, work));
      }
    } finally {
      // In the same turn as the last look at `next`: a state kept after it starts a write of its own.
      this.running = undefined;
    }
  }
}
