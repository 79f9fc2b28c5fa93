import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { call, sendFile } from '../app/api.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chips, Engine, Field, Refused } from '../app/marks.tsx';
import { useTrying } from '../app/trying.ts';
import { type Imported, Problems, Rows, TakeIn } from './Rows.tsx';
import { isTable, TableImport } from './TableImport.tsx';
import './incoming.css';

/** What comes in other than by a form: a line that was heard, a list that somebody keeps. Nothing is recorded before it was seen what it becomes. */
export function Incoming(): ReactNode {
  const words = useWords();
  const room = useRoom();
  return (
    <div className="page">
      <h1>{words.say('viewIncoming')}</h1>
      <LineText />
      {room.roles.some((r) => r === 'monitor' || r === 'reporting-officer') && <ListImport />}
    </div>
  );
}

interface ReadLine {
  readonly text: string;
  readonly wordings: readonly string[];
  readonly ids: readonly string[];
  readonly recorded: number;
  readonly already_there: number;
}

function LineText(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const { failure, busy, attempt } = useTrying();
  const [read, setRead] = useState<{ line: ReadLine; request: object }>();
  const [taken, setTaken] = useState<ReadLine>();
  const path = `/operations/${room.operation.slug}/line-texts`;
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: room.operation.time_zone, dateStyle: 'short' }).format(new Date());
  const look = (e: FormEvent<HTMLFormElement>): void => {
    e.preventDefault();
    const form = new FormData(e.currentTarget);
    const request = { text: form.get('text'), day: form.get('day'), heard_at: form.get('heard_at') || null, channel: form.get('channel'), counted_by: form.get('counted_by') || null, read_back: form.has('read_back') };
    setTaken(undefined);
    setRead(undefined);
    void attempt(async () => setRead({ line: await call<ReadLine>('POST', `${path}?dry=true`, request), request }));
  };
  const take = (): void =>
    void attempt(async () => {
      setTaken(await call<ReadLine>('POST', path, read!.request));
      setRead(undefined);
    });
  return (
    <section aria-labelledby="line-text">
      <h2 id="line-text">{words.say('lineTextTitle')}</h2>
      <p className="muted">{words.say('lineTextHow')}</p>
      <form className="sheet" onSubmit={look}>
        <Field label={words.say('lineText')}>
          <textarea name="text" required rows={2} maxLength={400} dir="ltr" spellCheck={false} />
        </Field>
        <div className="row">
          <Field label={words.say('lineTextDay')}>
            <input name="day" type="date" required defaultValue={today} />
          </Field>
          <Field label={words.say('sayChannel')}>
            <select name="channel">
              {(['radio', 'phone', 'paper', 'text'] as const).map((c) => (
                <option key={c} value={c}>
                  {words.say(`channel_${c}`)}
                </option>
              ))}
            </select>
          </Field>
          <Field label={words.say('sayHeardAt')}>
            <input name="heard_at" type="datetime-local" />
          </Field>
          <Field label={words.say('sayCountedBy')}>
            <input name="counted_by" maxLength={200} dir="auto" />
          </Field>
        </div>
        <label className="check">
          <input name="read_back" type="checkbox" /> {words.say('sayReadBack')}
        </label>
        <Refused failure={failure} />
        <button type="submit" className="btn main" disabled={busy}>
          {words.say('lineTextRead')}
        </button>
      </form>
      <div role="status">
        {read && (
          <>
            <p>{words.say('lineTextBecomes')}</p>
            <ul>
              {read.line.wordings.map((w) => (
                <li key={w}>
                  <Engine>{w}</Engine>
                </li>
              ))}
            </ul>
            {read.line.already_there === read.line.ids.length ? (
              <p>{words.say('lineTextThere')}</p>
            ) : (
              <p>
                <button type="button" className="btn main" disabled={busy} onClick={take}>
                  {words.say('lineTextTake')}
                </button>
              </p>
            )}
          </>
        )}
        {taken && (
          <p>
            {words.say(taken.recorded === 0 ? 'lineTextThere' : 'lineTextTaken', { ids: taken.ids.join(', ') })} <Chips ids={taken.ids} />
          </p>
        )}
      </div>
    </section>
  );
}

const TYPE = 'application/x-ndjson';

function ListImport(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const { failure, busy, attempt } = useTrying();
  const [file, setFile] = useState<File>();
  const [tried, setTried] = useState<Imported>();
  const [done, setDone] = useState<Imported>();
  const [table, setTable] = useState<File>();
  const latest = useRef<File>(undefined);
  const path = `/operations/${room.operation.slug}/imports`;
  const look = (e: FormEvent): void => {
    e.preventDefault();
    setDone(undefined);
    setTried(undefined);
    if (file) void attempt(async () => setTried(await sendFile<Imported>(`${path}?dry=true`, file, TYPE)));
  };
  const take = (): void =>
    void attempt(async () => {
      setDone(await sendFile<Imported>(path, file!, TYPE));
      setTried(undefined);
    });
  return (
    <section aria-labelledby="import">
      <h2 id="import">{words.say('importTitle')}</h2>
      <p className="muted">{words.say('importHow')}</p>
      <form className="sheet" onSubmit={look}>
        <Field label={words.say('importFile')}>
          <input
            type="file"
            required
            accept=".jsonl,.ndjson,.json,.txt,.csv,.tsv,.xlsx,.zip,.geojson"
            onChange={(e) => {
              const chosen = e.target.files?.[0];
              latest.current = chosen;
              setFile(undefined);
              setTable(undefined);
              setTried(undefined);
              setDone(undefined);
              if (chosen)
                void attempt(async () => {
                  const is = await isTable(chosen);
                  if (latest.current !== chosen) return;
                  setFile(chosen);
                  setTable(is ? chosen : undefined);
                });
            }}
          />
        </Field>
        <Refused failure={failure} />
        {!table && (
          <button type="submit" className="btn main" disabled={busy || !file}>
            {words.say('importTry')}
          </button>
        )}
      </form>
      {table && <TableImport key={`${table.name} ${table.size} ${table.lastModified}`} file={table} />}
      <div role="status">
        {busy && <p>{words.say('importReading')}</p>}
        {done && <p>{words.say('importDone', { n: done.recorded, there: words.number(done.already_there) })}</p>}
        {tried && (tried.problems.length > 0 ? <p className="refused">{words.say('importProblems', { n: tried.problems.length })}</p> : <TakeIn tried={tried} busy={busy} take={take} />)}
      </div>
      {tried && <Problems problems={tried.problems} />}
      {tried && tried.rows.length > 0 && <Rows rows={tried.rows} />}
    </section>
  );
}
