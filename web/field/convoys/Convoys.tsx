// The convoy board: which steps this phone has reported. Counts of a moving convoy are sealed with the step and do not stand here.
import { type ReactNode, useState } from 'react';
import { useField, useDraft, withoutDraft } from '../field.js';
import type { Convoy, Step } from '../keeping/work.js';
import { countFrom } from '../parts/digits.js';
import { Act, CountField, Page, PlaceField, Problems, TextField, useSaving, WhenField } from '../parts/parts.js';
import { newId } from '../statements/envelope.js';
import { movementOf, vehicleCounts, type VehicleCount } from '../statements/movement.js';

const steps: readonly Step[] = ['departed', 'reached', 'arrived'];

export function Convoys(): ReactNode {
  const [chosen, setChosen] = useState<{ convoy: Convoy; step: Step }>();
  return chosen ? <StepForm {...chosen} onDone={() => setChosen(undefined)} /> : <Board onStep={(convoy, step) => setChosen({ convoy, step })} />;
}

function Board({ onStep }: { onStep: (convoy: Convoy, step: Step) => void }): ReactNode {
  const { t, say, work, change } = useField();
  const [name, setName] = useState('');
  const [problems, setProblems] = useState<string[]>([]);
  const add = (): void => {
    const words = name.trim();
    setProblems(words === '' ? [say('convoy.wrong.name')] : []);
    if (words === '') return;
    void change((now) => (now.convoys.some((each) => each.name === words) ? now : { ...now, convoys: [...now.convoys, { name: words, steps: {} }] }));
    setName('');
  };
  return (
    <Page title={say('go.convoys')} actions={<Act wide go onPress={add}>{say('convoy.add')}</Act>}>
      {work.convoys.length === 0 && <p>{say('convoy.none')}</p>}
      <ul className="stack">
        {work.convoys.map((convoy) => (
          <li key={convoy.name} className="convoy">
            <h2><bdi>{convoy.name}</bdi></h2>
            <div className="tiles three">
              {steps.map((step) => (
                <button key={step} className={`tile step ${convoy.steps[step] ? 'said' : ''}`} onClick={() => onStep(convoy, step)}>
                  <span>{say(`convoy.${step}`)}<small className="num">{convoy.steps[step] ? t.time(new Date(convoy.steps[step])) : say('convoy.not-said')}</small></span>
                </button>
              ))}
            </div>
            {convoy.steps.arrived && <button className="tile" onClick={() => void change((now) => ({ ...now, convoys: now.convoys.filter((each) => each.name !== convoy.name) }))}>{say('convoy.done')}</button>}
          </li>
        ))}
      </ul>
      <TextField label={say('convoy.name')} value={name} onChange={setName} />
      <Problems problems={problems} />
    </Page>
  );
}

const nothing = { at: 0, place: undefined as string | undefined, buses: '', ambulances: '', private: '', trucks: '' };

function StepForm({ convoy, step, onDone }: { convoy: Convoy; step: Step; onDone: () => void }): ReactNode {
  const field = useField();
  const { say, line, now } = field;
  const [opened] = useState(now);
  const draftName = `convoy ${convoy.name} ${step}`;
  const [draft, set] = useDraft(draftName, { ...nothing, at: opened, place: line?.id });
  const { problems, save } = useSaving('convoys');

  const act = async (): Promise<void> => {
    const counts = Object.fromEntries(vehicleCounts.flatMap((kind) => { const n = countFrom(draft[kind]); return typeof n === 'number' ? [[kind, n]] : []; })) as Partial<Record<VehicleCount, number>>;
    await field.record(movementOf({ id: newId(), step, convoy: convoy.name, at: draft.at, place: draft.place, counts }, field), [], (work) => withoutDraft(draftName)({ ...work, convoys: work.convoys.map((each) => (each.name === convoy.name ? { ...each, steps: { ...each.steps, [step]: draft.at } } : each)) }));
    onDone();
  };
  const wrong = vehicleCounts.some((kind) => countFrom(draft[kind]) === 'wrong') ? [say('number.wrong')] : [];
  return (
    <Page title={say('convoy.step', { convoy: convoy.name, step: say(`convoy.${step}`) })} actions={<><Act onPress={() => void field.change(withoutDraft(draftName)).then(onDone)}>{say('cancel')}</Act><Act go onPress={() => save(wrong, act)}>{say('save')}</Act></>}>
      <WhenField at={draft.at} onChange={(at) => set({ at })} />
      <PlaceField legend={say('where')} value={draft.place} onChange={(place) => set({ place })} />
      <fieldset>
        <legend>{say('convoy.vehicles')}</legend>
        {vehicleCounts.map((kind) => <CountField key={kind} label={say(`number.${kind}`)} value={draft[kind]} onChange={(text) => set({ [kind]: text })} />)}
      </fieldset>
      <Problems problems={problems} />
    </Page>
  );
}
