// Photos of a form that is not saved yet: hashed at capture, kept enciphered apart from the open work, sealed as attachments when the form is saved.
import { type ReactNode, useRef, useState } from 'react';
import { type Field, useField, withoutDraft, useDraft } from '../field.js';
import { type Sealed, sealBytes, unsealBytes } from '../lock/code.js';
import type { Attachment } from '../outbox/carriage.js';
import { Act, Page, PlaceField, Problems, TextField, useSaving } from '../parts/parts.js';
import { newId } from '../statements/envelope.js';
import { photoOf } from '../statements/photo.js';
import { Camera } from './Camera.js';

export interface Photo {
  sha256: string;
  media: 'image/jpeg';
}

/** Bytes; what the room accepts for one attachment. */
const largest = 20_000_000;

const nameOf = (photo: Photo): string => `photo ${photo.sha256}`;

export const attachmentsOf = (photos: readonly Photo[], { shelf, key }: Field): Promise<Attachment[]> =>
  Promise.all(photos.map(async (photo) => {
    const sealed = await shelf.get<Sealed>(nameOf(photo));
    if (!sealed) throw new Error(photo.sha256);
    return { media: photo.media, bytes: await unsealBytes(key, sealed) };
  }));

/** After the statement is recorded; a power cut in between leaves enciphered bytes that nothing names. */
export const forgetPhotos = async (photos: readonly Photo[], { shelf }: Field): Promise<void> => { for (const photo of photos) await shelf.remove(nameOf(photo)); };

const hex = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

async function frameOf(video: HTMLVideoElement): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')!.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.9));
  if (!blob) throw new Error('canvas');
  return new Uint8Array(await blob.arrayBuffer());
}

export function Photos({ photos, onChange }: { photos: readonly Photo[]; onChange: (photos: Photo[]) => void }): ReactNode {
  const { say, shelf, key } = useField();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState('');
  const video = useRef<HTMLVideoElement>(undefined);

  const take = async (): Promise<void> => {
    if (!video.current) return;
    const bytes = await frameOf(video.current);
    if (bytes.length > largest) return setProblem(say('photo.wrong.large'));
    const photo: Photo = { sha256: hex(await crypto.subtle.digest('SHA-256', bytes)), media: 'image/jpeg' };
    await shelf.put(nameOf(photo), await sealBytes(key, bytes));
    onChange([...photos, photo]);
    setOpen(false);
  };

  return (
    <section>
      <h2>{say('incident.photo')}</h2>
      <p>{say('photo.warn')}</p>
      {photos.length > 0 && <p>{say('photo.taken', { n: photos.length })}</p>}
      {photos.map((photo) => (
        <div key={photo.sha256} className="taken">
          <p className="hash" dir="ltr">{say('photo.hash', { hash: photo.sha256 })}</p>
          <button type="button" className="tile" onClick={() => void shelf.remove(nameOf(photo)).then(() => onChange(photos.filter((each) => each !== photo)))}>{say('photo.drop')}</button>
        </div>
      ))}
      {open && <Camera label={say('photo.take')} onReady={(ready) => { video.current = ready; }} />}
      {problem && <p role="alert">{problem}</p>}
      <button type="button" className="tile" onClick={() => (open ? void take().catch((why: unknown) => setProblem(String(why))) : setOpen(true))}>{say('photo.take')}</button>
    </section>
  );
}

/** A photo that stands alone, with where it was taken and what it shows in the observer's words. */
export function PhotoForm(): ReactNode {
  const field = useField();
  const { say, line, settings, now } = field;
  const [draft, set] = useDraft('photo', { photos: [] as Photo[], place: line?.id as string | undefined, words: '' });
  const { problems, save } = useSaving('menu');
  const act = async (): Promise<void> => {
    await field.record(photoOf({ id: newId(), at: now(), place: draft.place, photos: draft.photos, words: draft.words.trim() }, field), await attachmentsOf(draft.photos, field), withoutDraft('photo'));
    await forgetPhotos(draft.photos, field);
  };
  const wrong = draft.photos.length === 0 ? [say('photo.wrong.none')] : [];
  return (
    <Page title={say('go.photo')} sub={say('incident.first')} actions={<><Act onPress={() => field.go('menu')}>{say('back')}</Act><Act go onPress={() => save(wrong, act)}>{say('save')}</Act></>}>
      {settings.camera ? <Photos photos={draft.photos} onChange={(photos) => set({ photos })} /> : <p>{say('photo.off')}</p>}
      <PlaceField legend={say('where')} value={draft.place} onChange={(place) => set({ place })} />
      <TextField label={say('note')} hint={say('optional')} lines={2} value={draft.words} onChange={(words) => set({ words })} />
      <Problems problems={problems} />
    </Page>
  );
}
