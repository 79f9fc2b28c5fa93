import { expect, test } from 'vitest';
import type { Body } from '../outbox/carriage.js';
import { resume, sayAll, type Teller } from './saying.js';
import { nothingOpen, type Work } from './work.js';

const body = (id: string): Body => ({ id, kind: 'comment', said: { text: id } });
class PowerCut extends Error {}

/** A phone whose power goes before its n-th write. */
class Phone {
  disk: Work = { ...nothingOpen, drafts: { incident: 'half filled' } };
  sealed: string[] = [];
  constructor(private left: number) {}
  charge(): void { this.left = Number.POSITIVE_INFINITY; }
  private spend(): void { if (this.left-- <= 0) throw new PowerCut(); }
  teller(): Teller {
    let memory = structuredClone(this.disk);
    return {
      work: () => memory,
      keep: async (work) => { this.spend(); memory = work; this.disk = structuredClone(work); },
      record: async (said) => { this.spend(); this.sealed.push(said.id); },
      mark: async () => String(this.sealed.length),
    };
  }
}

test('Wherever the power goes, each thing is said once or not at all, and the draft is gone exactly when it was said', async () => {
  for (let writes = 0; writes < 12; writes++) {
    const phone = new Phone(writes);
    await sayAll(phone.teller(), [body('A'), body('B'), body('C')], [], (work) => ({ ...work, drafts: {} })).catch((problem: unknown) => { if (!(problem instanceof PowerCut)) throw problem; });
    phone.charge();
    await resume(phone.teller());
    const said = phone.sealed.length > 0;
    expect(phone.sealed, `cut before write ${writes}`).toEqual(said ? ['A', 'B', 'C'] : []);
    expect(phone.disk.drafts, `cut before write ${writes}`).toEqual(said ? {} : { incident: 'half filled' });
    expect(phone.disk.saving).toBeUndefined();
    expect(phone.disk.toSay).toEqual([]);
  }
});

test('What can’t be recorded changes nothing', async () => {
  const phone = new Phone(Number.POSITIVE_INFINITY);
  const teller = { ...phone.teller(), record: () => Promise.reject(new Error('full')) };
  await expect(sayAll(teller, [body('A')], [], (work) => ({ ...work, drafts: {} }))).rejects.toThrow('full');
  expect(phone.disk).toEqual({ ...nothingOpen, drafts: { incident: 'half filled' } });
});
