import type { Body } from '../outbox/carriage.js';
import { statement, type Surroundings } from './envelope.js';

/** A photo that stands alone: a remark with what is attached to it. */
export const photoOf = (photo: { id: string; at: number; place: string | undefined; photos: readonly { sha256: string; media: string }[]; words: string }, around: Surroundings): Body =>
  statement({ id: photo.id, kind: 'comment', basis: 'seen', at: photo.at, place: photo.place, said: { text: photo.words || 'photo' }, attached: photo.photos, ...(photo.words ? { words: photo.words } : {}) }, around);
