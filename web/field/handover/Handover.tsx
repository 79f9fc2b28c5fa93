// Handing over the line: the giver shows a picture, the taker confirms with a statement, the giver ends. Neither act is done by one side alone.
import { type ReactNode, useState } from 'react';
import { digitsOf, partsOf, progressOf, wholeOf } from '../codes/parts.js';
import { ReadPictures, ShowPictures } from '../codes/Pictures.js';
import { endSpell } from '../coverage/watch.js';
import { useDraft, useField, withoutDraft } from '../field.js';
import { Act, Page, Problems, TextField, useSaving } from '../parts/parts.js';
import { coverageOf } from '../statements/coverage.js';
import { newId } from '../statements/envelope.js';
import { handoverOf, takeoverOf } from '../statements/handover.js';
import { packed, passingOf, type Passing, unpacked } from './passing.js';

export function Handover(): ReactNode {
  const { say, line, go } = useField();
  const [side, setSide] = useState<'give' | 'take'>();
  if (side === 'give' && line) return <Give />;
  if (side === 'take') return <Take />;
  return (
    <Page title={say('go.handover')} actions={<Act wide onPress={() => go('menu')}>{say('back')}</Act>}>
      {line && <Act go wide onPress={() => setSide('give')}>{say('handover.give')}</Act>}
      <Act wide onPress={() => setSide('take')}>{say('handover.take')}</Act>
    </Page>
  );
}

const given = { note: '', alarms: '', statement: '' };

function Give(): ReactNode {
  const field = useField();
  const { t, say, work, operation, labelOf, tell, now } = field;
  const line = field.line!;
  const [draft, set] = useDraft('handover', given);
  const [shown, setShown] = useState<{ text: string; parts: string[]; digits: string }>();
  const { problems, save } = useSaving('menu');

  const show = async (): Promise<void> => {
    const statement = draft.statement || newId();
    set({ statement });
    const text = await packed(passingOf(work, operation.id, line.id, statement, draft.note.trim(), draft.alarms.trim()));
    setShown({ text, parts: await partsOf(text), digits: await digitsOf(text) });
  };

  /** The giver's statement, the end of the watch, and the open work goes: in this order, so that nothing is erased before it is said. */
  const end = async (): Promise<void> => {
    const moment = now();
    const running = work.spells.findLast((spell) => spell.line === line.id && spell.to === undefined);
    const passing = passingOf(work, operation.id, line.id, draft.statement, draft.note.trim(), draft.alarms.trim());
    const watch = running && coverageOf({ ...running, to: Math.max(moment, running.from) }, field);
    await field.record([handoverOf(passing, moment, field), ...(watch ? [watch] : [])], [], (open) => ({ ...withoutDraft('handover')(open), buses: open.buses.filter((bus) => bus.line !== line.id), current: 0, spells: endSpell(open.spells, line.id, moment) }));
  };

  if (shown)
    return (
      <Page title={say('go.handover')} sub={labelOf(line)} actions={<><Act onPress={() => setShown(undefined)}>{say('back')}</Act><Act go onPress={() => save([], end)}>{say('handover.given')}</Act></>}>
        <p>{say('handover.show')}</p>
        <p className="digits"><bdi>{say('handover.check', { digits: [...shown.digits].map((digit) => t.number(Number(digit))).join(' ') })}</bdi></p>
        <ShowPictures parts={shown.parts} />
        <button type="button" className="tile" onClick={() => void navigator.clipboard.writeText(shown.parts.join('\n')).then(() => tell(say('read.copied')), (why: unknown) => tell(String(why)))}>{say('read.copy')}</button>
        <Problems problems={problems} />
      </Page>
    );
  return (
    <Page title={say('handover.give')} sub={labelOf(line)} actions={<><Act onPress={() => field.go('menu')}>{say('back')}</Act><Act go onPress={() => void show()}>{say('handover.ready')}</Act></>}>
      <p>{say('handover.bus', { n: passingOf(work, operation.id, line.id, '', '', '').buses.length })}</p>
      <TextField label={say('handover.note')} hint={say('optional')} lines={3} value={draft.note} onChange={(note) => set({ note })} />
      <TextField label={say('handover.alarms')} hint={say('optional')} lines={2} value={draft.alarms} onChange={(alarms) => set({ alarms })} />
    </Page>
  );
}

function Take(): ReactNode {
  const field = useField();
  const { t, say, operation, labelOf, work, now } = field;
  const [parts, setParts] = useState<string[]>([]);
  const [pasted, setPasted] = useState('');
  const [found, setFound] = useState<{ passing: Passing; digits: string }>();
  const { problems, save } = useSaving('menu');
  const progress = progressOf(parts);

  const read = async (from: readonly string[]): Promise<void> => {
    const text = await wholeOf(from);
    const passing = text === undefined ? undefined : await unpacked(text);
    if (passing && text !== undefined) setFound({ passing, digits: await digitsOf(text) });
  };
  const take = (text: string): void => {
    if (parts.includes(text)) return;
    const next = [...parts, text];
    setParts(next);
    void read(next);
  };
  const readPasted = async (): Promise<void> => {
    const lines = pasted.split('\n').map((each) => each.trim()).filter(Boolean);
    const text = await wholeOf(lines);
    if (text === undefined || (await unpacked(text)) === undefined) throw new Error(say('handover.wrong.text'));
    await read(lines);
  };
  const [readProblems, setReadProblems] = useState<string[]>([]);

  if (!found)
    return (
      <Page title={say('handover.take')} actions={<><Act onPress={() => field.go('menu')}>{say('back')}</Act><Act go onPress={() => void readPasted().then(() => setReadProblems([]), (why: Error) => setReadProblems([why.message]))}>{say('handover.read')}</Act></>}>
        <p>{say('handover.take.how')}</p>
        <ReadPictures onText={take} />
        {progress.of > 0 && <p role="status">{say('qr.got', { n: progress.got, all: progress.of })}</p>}
        <TextField label={say('handover.paste')} lines={4} value={pasted} onChange={setPasted} />
        <Problems problems={readProblems} />
      </Page>
    );

  const { passing } = found;
  const line = operation.lines.find((each) => each.id === passing.line);
  const wrong = passing.operation !== operation.id || !line ? [say('handover.wrong.operation')] : work.taken.includes(passing.statement) ? [say('handover.wrong.taken')] : [];
  const confirm = (): Promise<void> =>
    field.record(takeoverOf(newId(), passing, now(), field), [], (open) => ({ ...open, line: passing.line, taken: [...open.taken, passing.statement], buses: [...open.buses.filter((bus) => !passing.buses.some((each) => each.id === bus.id)), ...passing.buses], current: 0 }));
  return (
    <Page title={say('handover.take')} actions={<><Act onPress={() => setFound(undefined)}>{say('cancel')}</Act><Act go onPress={() => save(wrong, confirm)}>{say('handover.taken')}</Act></>}>
      <p className="digits"><bdi>{say('handover.check', { digits: [...found.digits].map((digit) => t.number(Number(digit))).join(' ') })}</bdi></p>
      {line && <p>{say('handover.line', { line: labelOf(line) })}</p>}
      <p>{say('handover.bus', { n: passing.buses.length })}</p>
      {passing.note && <blockquote dir="auto"><b>{say('handover.note')}</b><br />{passing.note}</blockquote>}
      {passing.alarms && <blockquote dir="auto"><b>{say('handover.alarms')}</b><br />{passing.alarms}</blockquote>}
      <Problems problems={problems} />
    </Page>
  );
}
