import { type ReactNode, useState } from 'react';
import { useDraft, useField, withoutDraft } from '../field.js';
import { countFrom } from '../parts/digits.js';
import { Act, Choice, CountField, Page, PlaceField, Problems, TextField, useSaving, WhenField } from '../parts/parts.js';
import { newId } from '../statements/envelope.js';
import { hindered, type Hindered, hinderedHow, type HinderedHow, obstructionOf } from '../statements/obstruction.js';

const nothing = { what: undefined as Hindered | undefined, how: undefined as HinderedHow | undefined, basis: 'seen' as 'seen' | 'heard' | 'told', at: 0, place: undefined as string | undefined, affected: '', by: 'unknown' as 'unknown' | 'said', author: '', reason: '', words: '' };

/** An access constraint: what is hindered, how, and only what was said of by whom and why. */
export function ObstructionForm(): ReactNode {
  const field = useField();
  const { say, line, now } = field;
  const [opened] = useState(now);
  const [draft, set] = useDraft('obstruction', { ...nothing, at: opened, place: line?.id });
  const { problems, save } = useSaving('menu');
  const affected = countFrom(draft.affected);
  const wrong = [
    ...(draft.what ? [] : [say('obstruction.wrong.what')]),
    ...(draft.how ? [] : [say('obstruction.wrong.how')]),
    ...(affected === 'wrong' ? [say('number.wrong')] : []),
    ...(draft.by === 'said' && draft.author.trim() === '' ? [say('incident.wrong.by')] : []),
  ];
  const act = (): Promise<void> =>
    field.record(
      obstructionOf({ id: newId(), what: draft.what!, how: draft.how!, basis: draft.basis, at: draft.at, place: draft.place, ...(typeof affected === 'number' ? { affected } : {}), ...(draft.by === 'said' ? { author: draft.author.trim() } : {}), reason: draft.reason.trim(), words: draft.words.trim() }, field),
      [],
      withoutDraft('obstruction'),
    );
  return (
    <Page title={say('go.obstruction')} sub={say('incident.first')} actions={<><Act onPress={() => field.go('menu')}>{say('back')}</Act><Act go onPress={() => save(wrong, act)}>{say('save')}</Act></>}>
      <Choice legend={say('obstruction.what')} value={draft.what} options={hindered.map((what) => ({ value: what, label: say(`obstruction.${what}`) }))} onChoose={(what) => set({ what })} />
      <Choice legend={say('obstruction.how')} value={draft.how} options={hinderedHow.map((how) => ({ value: how, label: say(`obstruction.${how}`) }))} onChoose={(how) => set({ how })} />
      <Choice legend={say('how.known')} columns={3} value={draft.basis} options={(['seen', 'heard', 'told'] as const).map((basis) => ({ value: basis, label: say(`how.${basis}`) }))} onChoose={(basis) => basis && set({ basis })} />
      <WhenField at={draft.at} onChange={(at) => set({ at })} />
      <CountField label={say('obstruction.affected')} value={draft.affected} onChange={(text) => set({ affected: text })} />
      <Choice legend={say('by.whom')} value={draft.by} options={(['unknown', 'said'] as const).map((by) => ({ value: by, label: say(`by.${by}`) }))} onChoose={(by) => by && set({ by })} />
      {draft.by === 'said' && <TextField label={say('by.words')} value={draft.author} onChange={(author) => set({ author })} />}
      <TextField label={say('obstruction.reason')} hint={say('optional')} value={draft.reason} onChange={(reason) => set({ reason })} />
      <PlaceField legend={say('where')} value={draft.place} onChange={(place) => set({ place })} />
      <TextField label={say('note')} hint={say('optional')} lines={2} value={draft.words} onChange={(words) => set({ words })} />
      <Problems problems={problems} />
    </Page>
  );
}
