// An incident in a minute: what, how known, when, anyone hurt, by whom. Everything but the first two may stay not known.
import { type ReactNode, useEffect, useState } from 'react';
import { useDraft, useField, withoutDraft } from '../field.js';
import { countFrom } from '../parts/digits.js';
import { Act, Choice, CountField, Page, PlaceField, Problems, TextField, useSaving, WhenField } from '../parts/parts.js';
import { attachmentsOf, forgetPhotos, type Photo, Photos } from '../photos/Photos.js';
import { newId } from '../statements/envelope.js';
import { type Happening, happenings, incidentOf } from '../statements/incident.js';

const nothing = {
  type: undefined as Happening | undefined,
  basis: undefined as 'seen' | 'heard' | 'told' | undefined,
  at: 0,
  opened: 0,
  place: undefined as string | undefined,
  hurt: 'unknown' as 'unknown' | 'none' | 'some',
  killed: '',
  wounded: '',
  by: 'unknown' as 'unknown' | 'said',
  author: '',
  words: '',
  photos: [] as Photo[],
};

export function IncidentForm(): ReactNode {
  const field = useField();
  const { say, line, now, settings } = field;
  const [opened] = useState(now);
  const [draft, set] = useDraft('incident', { ...nothing, at: opened, opened, place: line?.id });
  const { problems, save } = useSaving('menu');
  const [seconds, setSeconds] = useState(0);

  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.round((now() - draft.opened) / 1000)), 1000);
    return () => clearInterval(timer);
  }, [draft.opened, now]);

  const killed = countFrom(draft.killed);
  const wounded = countFrom(draft.wounded);
  const wrong = [
    ...(draft.type ? [] : [say('incident.wrong.type')]),
    ...(draft.basis ? [] : [say('incident.wrong.how')]),
    ...(draft.hurt === 'some' && (killed === 'wrong' || wounded === 'wrong') ? [say('number.wrong')] : []),
    ...(draft.hurt === 'some' && killed === undefined && wounded === undefined ? [say('incident.wrong.hurt')] : []),
    ...(draft.by === 'said' && draft.author.trim() === '' ? [say('incident.wrong.by')] : []),
  ];
  const act = async (): Promise<void> => {
    const attachments = await attachmentsOf(draft.photos, field);
    await field.record(
      incidentOf({ id: newId(), type: draft.type!, basis: draft.basis!, at: draft.at, place: draft.place, hurt: draft.hurt, ...(typeof killed === 'number' ? { killed } : {}), ...(typeof wounded === 'number' ? { wounded } : {}), ...(draft.by === 'said' ? { author: draft.author.trim() } : {}), words: draft.words.trim(), photos: draft.photos }, field),
      attachments,
      withoutDraft('incident'),
    );
    await forgetPhotos(draft.photos, field);
  };

  return (
    <Page
      title={say('go.incident')}
      sub={say('incident.first')}
      actions={<><Act onPress={() => field.go('menu')}>{say('back')}</Act><Act go onPress={() => save(wrong, act)} small={say('incident.so-far', { n: seconds })}>{say('save')}</Act></>}
    >
      <Choice legend={say('incident.what')} value={draft.type} options={happenings.map((type) => ({ value: type, label: say(`incident.${type}`) }))} onChoose={(type) => set({ type })} />
      <Choice legend={say('how.known')} columns={3} value={draft.basis} options={(['seen', 'heard', 'told'] as const).map((basis) => ({ value: basis, label: say(`how.${basis}`) }))} onChoose={(basis) => set({ basis })} />
      <WhenField at={draft.at} onChange={(at) => set({ at })} />
      <Choice legend={say('incident.hurt')} columns={3} value={draft.hurt} options={(['unknown', 'none', 'some'] as const).map((hurt) => ({ value: hurt, label: say(`incident.hurt.${hurt}`) }))} onChoose={(hurt) => hurt && set({ hurt })} />
      {draft.hurt === 'some' && <><CountField label={say('incident.killed')} value={draft.killed} onChange={(text) => set({ killed: text })} /><CountField label={say('incident.wounded')} value={draft.wounded} onChange={(text) => set({ wounded: text })} /></>}
      <Choice legend={say('by.whom')} value={draft.by} options={(['unknown', 'said'] as const).map((by) => ({ value: by, label: say(`by.${by}`) }))} onChoose={(by) => by && set({ by })} />
      {draft.by === 'said' && <TextField label={say('by.words')} value={draft.author} onChange={(author) => set({ author })} />}
      <PlaceField legend={say('where')} value={draft.place} onChange={(place) => set({ place })} />
      <TextField label={say('note')} hint={say('optional')} lines={2} value={draft.words} onChange={(words) => set({ words })} />
      {settings.camera && <Photos photos={draft.photos} onChange={(photos) => set({ photos })} />}
      <Problems problems={problems} />
    </Page>
  );
}
