// Saying something touches two stores: the outbox, which seals it, and the open work, which lets go of it. The power may go between the two. So the
// intent is kept first: how far the outbox had got, and what the open work becomes once it got further. After a restart the outbox tells which.
import type { Attachment, Body } from '../outbox/carriage.js';
import type { Work } from './work.js';

export interface Teller {
  work: () => Work;
  /** Answers when it is on the disk. */
  keep: (work: Work) => Promise<void>;
  record: (body: Body, attachments: readonly Attachment[]) => Promise<void>;
  /** A mark of how far this device has recorded; it differs after every record. */
  mark: () => Promise<string>;
}

const settled = (work: Work): Work => {
  const { saving: _, ...rest } = work;
  return rest;
};

/** Records the bodies in order, each once whatever happens, and makes the step with the first. Throws where the first could not be recorded: then nothing has changed. */
export async function sayAll(teller: Teller, bodies: readonly Body[], attachments: readonly Attachment[], step: (work: Work) => Work): Promise<void> {
  const [first, ...rest] = bodies;
  if (!first) return;
  const after = (work: Work): Work => { const next = step(settled(work)); return { ...next, toSay: [...next.toSay, ...rest] }; };
  await sayOne(teller, first, attachments, after);
  await sayWhatIsLeft(teller);
}

async function sayOne(teller: Teller, body: Body, attachments: readonly Attachment[], after: (work: Work) => Work): Promise<void> {
  await teller.keep({ ...teller.work(), saving: { mark: await teller.mark(), next: after(teller.work()) } });
  try {
    await teller.record(body, attachments);
  } catch (problem) {
    await teller.keep(settled(teller.work()));
    throw problem;
  }
  await teller.keep(after(teller.work()));
}

/** What was still to be said when something before it was recorded: the crew of a closed vehicle, the watch that ends with a line handed over. */
export async function sayWhatIsLeft(teller: Teller): Promise<void> {
  for (let left = teller.work().toSay; left.length > 0; left = teller.work().toSay) {
    const body = left[0]!;
    await sayOne(teller, body, [], (work) => ({ ...settled(work), toSay: work.toSay.filter((each) => each.id !== body.id) }));
  }
}

/** After a restart: the intent that was kept is either done or undone. */
export async function resume(teller: Teller): Promise<void> {
  const { saving } = teller.work();
  if (saving) await teller.keep((await teller.mark()) !== saving.mark ? saving.next : settled(teller.work()));
  await sayWhatIsLeft(teller);
}
