// Screening at a checkpoint: four numbers, said by whom, a slip number and no names.
import { type ReactNode, useState } from 'react';
import { useDraft, useField, withoutDraft } from '../field.js';
import { countFrom } from '../parts/digits.js';
import { Act, Choice, CountField, Page, PlaceField, Problems, TextField, useSaving, WhenField } from '../parts/parts.js';
import { newId } from '../statements/envelope.js';
import { type Screened, screened, screeningOf } from '../statements/screening.js';

const nothing = { at: 0, place: undefined as string | undefined, stopped: '', 'taken-off': '', released: '', 'still-held': '', source: 'self' as 'self' | 'other', who: '', slip: '', convoy: '', words: '' };

export function Checkpoint(): ReactNode {
  const field = useField();
  const { say, line, now } = field;
  const [opened] = useState(now);
  const [draft, set] = useDraft('checkpoint', { ...nothing, at: opened, place: line?.id });
  const { problems, save } = useSaving('menu');
  const counts = Object.fromEntries(screened.flatMap((name) => { const n = countFrom(draft[name]); return typeof n === 'number' ? [[name, n]] : []; })) as Partial<Record<Screened, number>>;
  const before = (counts.stopped ?? 0) + (counts['taken-off'] ?? 0);
  const wrong = [
    ...(screened.some((name) => countFrom(draft[name]) === 'wrong') ? [say('number.wrong')] : []),
    ...(Object.keys(counts).length === 0 ? [say('checkpoint.wrong.empty')] : []),
    ...(counts.stopped !== undefined && counts['taken-off'] !== undefined && (counts.released ?? 0) + (counts['still-held'] ?? 0) > before ? [say('checkpoint.wrong.parts')] : []),
    ...(draft.source === 'other' && draft.who.trim() === '' ? [say('said.who')] : []),
  ];
  const act = (): Promise<void> => field.record(screeningOf({ id: newId(), at: draft.at, place: draft.place, counts, ...(draft.source === 'other' ? { toldBy: draft.who.trim() } : {}), slip: draft.slip.trim(), convoy: draft.convoy.trim(), words: draft.words.trim() }, field), [], withoutDraft('checkpoint'));
  return (
    <Page title={say('go.checkpoint')} sub={say('incident.first')} actions={<><Act onPress={() => field.go('menu')}>{say('back')}</Act><Act go onPress={() => save(wrong, act)}>{say('save')}</Act></>}>
      {screened.map((name) => <CountField key={name} label={say(`checkpoint.${name}`)} value={draft[name]} onChange={(text) => set({ [name]: text })} />)}
      <Choice legend={say('said.by')} value={draft.source} options={(['self', 'other'] as const).map((source) => ({ value: source, label: say(`said.${source}`) }))} onChoose={(source) => source && set({ source })} />
      {draft.source === 'other' && <TextField label={say('said.who')} value={draft.who} onChange={(who) => set({ who })} />}
      <WhenField at={draft.at} onChange={(at) => set({ at })} />
      <PlaceField legend={say('where')} value={draft.place} onChange={(place) => set({ place })} />
      <TextField label={say('tally.convoy')} hint={say('optional')} value={draft.convoy} onChange={(convoy) => set({ convoy })} />
      <TextField label={say('checkpoint.slip')} hint={say('checkpoint.no-names')} value={draft.slip} onChange={(slip) => set({ slip })} />
      <TextField label={say('note')} hint={say('optional')} lines={2} value={draft.words} onChange={(words) => set({ words })} />
      <Problems problems={problems} />
    </Page>
  );
}
