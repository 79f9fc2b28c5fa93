// Whether people went of their own will, and where to: numbers only, and "not asked" is an answer.
import { type ReactNode, useState } from 'react';
import { useDraft, useField, withoutDraft } from '../field.js';
import { countFrom } from '../parts/digits.js';
import { Act, Choice, CountField, Page, Problems, TextField, useSaving, WhenField } from '../parts/parts.js';
import { newId } from '../statements/envelope.js';
import { type Wish, wishes, voluntarinessOf } from '../statements/voluntariness.js';

interface Destination {
  asked: string;
  given: string;
  people: string;
}

const nothing = { asked: undefined as 'asked' | 'not-asked' | undefined, at: 0, 'wished-to-stay': '', 'pressed-to-leave': '', 'refused-exit': '', destinations: [] as Destination[], words: '' };

export function Wishes(): ReactNode {
  const field = useField();
  const { say, line, now } = field;
  const [opened] = useState(now);
  const [draft, set] = useDraft('wishes', { ...nothing, at: opened });
  const { problems, save } = useSaving('menu');
  const change = (at: number, part: Partial<Destination>): void => set({ destinations: draft.destinations.map((each, n) => (n === at ? { ...each, ...part } : each)) });

  const counts = Object.fromEntries(wishes.flatMap((wish) => { const n = countFrom(draft[wish]); return typeof n === 'number' ? [[wish, n]] : []; })) as Partial<Record<Wish, number>>;
  const destinations = draft.destinations.flatMap((each) => { const n = countFrom(each.people); return each.asked.trim() || each.given.trim() ? [{ asked: each.asked.trim(), given: each.given.trim(), ...(typeof n === 'number' ? { people: n } : {}) }] : []; });
  const wrong = [
    ...([...wishes.map((wish) => draft[wish]), ...draft.destinations.map((each) => each.people)].some((text) => countFrom(text) === 'wrong') ? [say('number.wrong')] : []),
    ...(draft.asked === undefined || (draft.asked === 'asked' && Object.keys(counts).length === 0 && destinations.length === 0) ? [say('wishes.wrong.empty')] : []),
  ];
  const act = (): Promise<void> => field.record(voluntarinessOf({ id: newId(), at: draft.at, place: line?.id, asked: draft.asked === 'asked', counts, destinations, words: draft.words.trim() }, field), [], withoutDraft('wishes'));

  return (
    <Page title={say('go.wishes')} sub={say('incident.first')} actions={<><Act onPress={() => field.go('menu')}>{say('back')}</Act><Act go onPress={() => save(wrong, act)}>{say('save')}</Act></>}>
      <p>{say('wishes.aggregate')}</p>
      <Choice legend={say('wishes.asked')} value={draft.asked} options={[{ value: 'not-asked', label: say('wishes.not-asked') }, { value: 'asked', label: say('wishes.were-asked') }]} onChoose={(asked) => set({ asked })} />
      {draft.asked === 'asked' && (
        <>
          {wishes.map((wish) => <CountField key={wish} label={say(`wishes.${wish}`)} value={draft[wish]} onChange={(text) => set({ [wish]: text })} />)}
          <fieldset>
            <legend>{say('wishes.destinations')}</legend>
            {draft.destinations.map((each, n) => (
              <div key={n} className="destination">
                <TextField label={say('wishes.destination.asked')} value={each.asked} onChange={(asked) => change(n, { asked })} />
                <TextField label={say('wishes.destination.given')} value={each.given} onChange={(given) => change(n, { given })} />
                <CountField label={say('wishes.destination.people')} value={each.people} onChange={(people) => change(n, { people })} />
              </div>
            ))}
            <button type="button" className="tile" onClick={() => set({ destinations: [...draft.destinations, { asked: '', given: '', people: '' }] })}>{say('wishes.destination.add')}</button>
          </fieldset>
        </>
      )}
      <WhenField at={draft.at} onChange={(at) => set({ at })} />
      <TextField label={say('note')} hint={say('optional')} lines={2} value={draft.words} onChange={(words) => set({ words })} />
      <Problems problems={problems} />
    </Page>
  );
}
