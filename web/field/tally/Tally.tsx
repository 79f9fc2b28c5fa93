// The tally pad: one tap, one person; kept after every tap.
import { type ReactNode, useEffect, useState } from 'react';
import { useField } from '../field.js';
import { Act, Glyph, Page, Problems, TextField, Choice } from '../parts/parts.js';
import { plainDigits } from '../parts/digits.js';
import { crewOf, headcountOf } from '../statements/vehicle.js';
import { spokenLine } from './spoken.js';
import { newId } from '../statements/envelope.js';
import { type Bus, countOf, type FighterBasis, type Key, newestBoarding, openBus, people, peopleOn, problemsOf, tap, undo, vehicleKinds } from './bus.js';

type Face = 'pad' | 'identify' | 'confirm' | 'read';

export function Tally(): ReactNode {
  const field = useField();
  const { line, work, change } = field;
  const [face, setFace] = useState<Face>('pad');
  const [spoken, setSpoken] = useState('');

  if (!line) return <Page title={field.say('go.tally')} actions={<Act go wide onPress={() => field.go('lines')}>{field.say('line.title')}</Act>}>{field.say('line.how')}</Page>;
  const here = work.buses.filter((bus) => bus.line === line.id);
  const bus = here[Math.min(work.current, here.length - 1)] ?? openBus('', line.id);

  /** Changes the open vehicle; the first tap opens it. */
  const changeBus = (step: (bus: Bus) => Bus): void =>
    void change((now) => {
      const open = now.buses.some((each) => each.id === bus.id);
      return open ? { ...now, buses: now.buses.map((each) => (each.id === bus.id ? step(each) : each)) } : { ...now, buses: [...now.buses, step(openBus(newId(), line.id))], current: here.length };
    });

  const close = async (): Promise<void> => {
    const at = field.now();
    const text = spokenLine(bus, at, field.operation);
    const crew = crewOf(bus, newId(), at, field);
    await field.record([headcountOf(bus, at, field), ...(crew ? [crew] : [])], [], (now) => {
      const buses = now.buses.filter((each) => each.id !== bus.id);
      const next = openBus(newId(), line.id, bus);
      return { ...now, buses: [...buses, next], current: buses.filter((each) => each.line === line.id).length };
    });
    setSpoken(text);
    setFace('read');
  };

  if (face === 'read') return <ReadAloud text={spoken} onDone={() => setFace('pad')} />;
  if (face === 'identify') return <Identify bus={bus} changeBus={changeBus} onDone={() => setFace('pad')} />;
  if (face === 'confirm') return <Confirm bus={bus} changeBus={changeBus} onClose={close} onBack={() => setFace('pad')} onIdentify={() => setFace('identify')} />;
  return <Pad bus={bus} here={here} changeBus={changeBus} onClose={() => setFace('confirm')} onIdentify={() => setFace('identify')} />;
}

const nameOf = (bus: Bus, say: ReturnType<typeof useField>['say']): string => (bus.vehicle ? say('tally.vehicle', { number: bus.vehicle }) : say('tally.vehicle.unnamed'));

function Pad({ bus, here, changeBus, onClose, onIdentify }: { bus: Bus; here: readonly Bus[]; changeBus: (step: (bus: Bus) => Bus) => void; onClose: () => void; onIdentify: () => void }): ReactNode {
  const { t, say, line, labelOf, operation, change, now, tell } = useField();
  const at = here.findIndex((each) => each.id === bus.id);
  const last = bus.taps.at(-1)?.key;
  const newest = newestBoarding(bus);

  const press = (key: Key): void => {
    changeBus((open) => tap(open, key, now()));
    navigator.vibrate?.(18);
  };
  const takeBack = (): void => {
    if (!last) return;
    changeBus(undo);
    tell(say('tally.undone', { what: say(`tally.${last}`) }));
  };
  useEffect(() => {
    const undoKey = (event: KeyboardEvent): void => { if (event.key === 'z' && (event.ctrlKey || event.metaKey)) takeBack(); };
    addEventListener('keydown', undoKey);
    return () => removeEventListener('keydown', undoKey);
  });
  const turn = (to: number): void =>
    void change((open) => (to < here.length ? { ...open, current: Math.max(to, 0) } : { ...open, buses: [...open.buses, openBus(newId(), line!.id, bus)], current: here.length }));

  const key = (name: Key, small?: string, shape = ''): ReactNode => (
    <button className={`tap ${shape} ${last === name ? 'last' : ''}`} onClick={() => press(name)}>
      <span>
        {say(`tally.${name}`)}
        {small && <small>{small}</small>}
      </span>
      <b className="num">{t.number(countOf(bus, name))}</b>
    </button>
  );

  const mayTurn = here.length > 0 && (bus.taps.length > 0 || bus.vehicle !== '' || at < here.length - 1);
  return (
    <Page
      plain
      title={labelOf(line!)}
      sub={[bus.convoy, t.dateTime(new Date(now()), { day: 'numeric', month: 'long' })].filter(Boolean).join(', ')}
      actions={
        <>
          <Act onPress={takeBack} small={last ? say('tally.undo.last', { what: say(`tally.${last}`) }) : say('tally.undo.none')} flips={<Glyph name="undo" flips />}>{say('tally.undo')}</Act>
          <Act go onPress={onClose} small={say('tally.close.after')}>{say('tally.close')}</Act>
        </>
      }
    >
      <div className="vehicle">
        <button aria-label={say('tally.previous')} aria-disabled={at <= 0} onClick={() => at > 0 && turn(at - 1)}><Glyph name="before" flips /></button>
        <button className="name" onClick={onIdentify}>
          <b><bdi>{nameOf(bus, say)}</bdi></b>
          <span>{say('tally.trip', { n: bus.trip })}{' · '}{newest ? say('tally.boarded', { n: peopleOn(bus), time: t.time(new Date(newest.at)) }) : say('tally.nobody')}</span>
        </button>
        <button aria-label={at < here.length - 1 ? say('tally.next') : say('tally.new')} aria-disabled={!mayTurn} onClick={() => mayTurn && turn(at + 1)}><Glyph name="after" flips /></button>
      </div>
      <div className="pad">
        {people.map((name) => <div key={name}>{key(name)}</div>)}
        <p className="sum"><span>{say('tally.people')}</span><b className="num">{t.number(peopleOn(bus))}</b></p>
        <div className={operation.fightersTallied ? '' : 'wide'}>{key('wounded', say('tally.above'), 'part')}</div>
        {operation.fightersTallied && <div>{key('fighters', say('tally.above'), 'part')}</div>}
        <div className="wide under">{key('crew', say('tally.below'), 'below')}</div>
      </div>
      <p className="vh" aria-live="polite">{last ? `${say(`tally.${last}`)}, ${t.number(countOf(bus, last))}` : ''}</p>
    </Page>
  );
}

function Identify({ bus, changeBus, onDone }: { bus: Bus; changeBus: (step: (bus: Bus) => Bus) => void; onDone: () => void }): ReactNode {
  const { say, work, change } = useField();
  const others = work.buses.length > 1 && bus.taps.length === 0 && bus.id !== '';
  return (
    <Page title={say('tally.identify')} actions={<><Act onPress={onDone}>{say('back')}</Act><Act go onPress={onDone}>{say('save')}</Act></>}>
      <TextField label={say('tally.number')} value={bus.vehicle} onChange={(text) => changeBus((open) => ({ ...open, vehicle: plainDigits(text).toUpperCase().replace(/[^A-Z\d]/g, '').slice(0, 8) }))} />
      <TextField label={say('tally.trip.field')} inputMode="numeric" value={Number.isNaN(bus.trip) ? '' : String(bus.trip)} onChange={(text) => changeBus((open) => ({ ...open, trip: text.trim() === '' ? Number.NaN : Number(plainDigits(text)) }))} />
      <TextField label={say('tally.convoy')} hint={say('optional')} value={bus.convoy} onChange={(convoy) => changeBus((open) => ({ ...open, convoy }))} />
      <Choice legend={say('tally.kind')} value={bus.kind} options={vehicleKinds.map((kind) => ({ value: kind, label: say(`tally.kind.${kind}`) }))} onChoose={(kind) => kind && changeBus((open) => ({ ...open, kind }))} />
      {others && <button className="tile" onClick={() => void change((now) => ({ ...now, buses: now.buses.filter((each) => each.id !== bus.id), current: 0 })).then(onDone)}>{say('tally.drop')}</button>}
    </Page>
  );
}

const bases: readonly FighterBasis[] = ['weapon', 'declared', 'own-word'];

function Confirm({ bus, changeBus, onClose, onBack, onIdentify }: { bus: Bus; changeBus: (step: (bus: Bus) => Bus) => void; onClose: () => Promise<void>; onBack: () => void; onIdentify: () => void }): ReactNode {
  const { t, say } = useField();
  const [problems, setProblems] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const found = problemsOf(bus);
  const words = found.map((problem) => say(problem, { n: problem === 'tally.wrong.fighters' ? countOf(bus, 'fighters') : countOf(bus, 'wounded') }));

  const yes = (): void => {
    setProblems(words);
    if (words.length > 0 || busy) return;
    setBusy(true);
    onClose().catch((problem: unknown) => { setProblems([say('save.failed', { why: problem instanceof Error ? problem.message : String(problem) })]); setBusy(false); });
  };

  return (
    <Page title={say('tally.confirm')} actions={<><Act onPress={onBack}>{say('tally.confirm.no')}</Act><Act go onPress={yes}>{say('tally.confirm.yes')}</Act></>}>
      <div className="closing">
        <p><bdi>{nameOf(bus, say)}</bdi>, {say('tally.trip', { n: Number.isNaN(bus.trip) ? 0 : bus.trip })}</p>
        <b className="num">{t.number(peopleOn(bus))}</b>
        <p>{say('tally.people')}</p>
      </div>
      <dl className="sums">
        {([...people, 'wounded', 'fighters', 'crew'] as const).filter((key) => countOf(bus, key) > 0).map((key) => <div key={key}><dt>{say(`tally.${key}`)}</dt><dd className="num">{t.number(countOf(bus, key))}</dd></div>)}
      </dl>
      {countOf(bus, 'fighters') > 0 && (
        <Choice legend={say('tally.basis.fighters')} value={bus.fighterBasis} options={bases.map((basis) => ({ value: basis, label: say(`tally.basis.${basis}`) }))} onChoose={(fighterBasis) => fighterBasis && changeBus((open) => ({ ...open, fighterBasis }))} />
      )}
      <Problems problems={problems.length > 0 ? words : []} />
      {problems.length > 0 && found.includes('tally.wrong.empty') && <button className="tile" onClick={() => changeBus((open) => ({ ...open, nobodyBoarded: true }))}>{say('tally.empty.yes')}</button>}
      {(found.includes('tally.wrong.number') || found.includes('tally.wrong.trip')) && <button className="tile" onClick={onIdentify}>{say('tally.identify')}</button>}
      <p>{say('tally.confirm.why')}</p>
    </Page>
  );
}

function ReadAloud({ text, onDone }: { text: string; onDone: () => void }): ReactNode {
  const { say, tell } = useField();
  const copy = (): void => void navigator.clipboard.writeText(text).then(() => tell(say('read.copied')), (problem: unknown) => tell(String(problem)));
  return (
    <Page title={say('read.title')} actions={<><Act onPress={copy}>{say('read.copy')}</Act><Act go onPress={onDone}>{say('read.done')}</Act></>}>
      <p className="line-text" dir="ltr" lang="en">{text}</p>
      <p>{say('read.how')}</p>
    </Page>
  );
}
