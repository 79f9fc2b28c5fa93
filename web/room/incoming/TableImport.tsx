// A table: what its columns mean, said by a person, and at once what each row becomes under that. Nothing is recorded before it was seen.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { sendParts } from '../app/api.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Engine, Field, Refused } from '../app/marks.tsx';
import { useTrying } from '../app/trying.ts';
import type { Word } from '../app/words/en.ts';
import { always, assigned, countedAs, type Mapping, means, saidForAll, takenBy, withDates } from './mapping.ts';
import { type Imported, Problems, Rows, TakeIn } from './Rows.tsx';

interface Column {
  readonly name: string;
  readonly tag: string | null;
  readonly sample: readonly string[];
}

interface Tried extends Imported {
  readonly sheets: readonly string[];
  readonly table: { readonly sheet: string; readonly header_row: number; readonly rows: number; readonly columns: readonly Column[] } | null;
  readonly mapping: Mapping | null;
  readonly fields: readonly string[];
  readonly needed: readonly string[];
  readonly missing: Imported['problems'];
  readonly unknown: readonly { readonly field: string; readonly column: string; readonly words: readonly string[] }[];
  readonly passed_over: readonly { readonly line: number; readonly why: string }[];
  readonly remarks: readonly string[];
  /** Of an export of a book that came back, how many statements the file can't bring back. Of any other table null. */
  readonly left_behind: number | null;
}

/** What an export of ours in JSON begins with, and HXL's JSON; a list has an object a line. */
const HEAD = 64;
const EXPORT = /^\uFEFF?\s*(\[|\{\s*"operation"\s*:|\{\s*"type"\s*:\s*"FeatureCollection")/;

/** Whether a file is a table or an export, and no list. */
export const isTable = async (file: File): Promise<boolean> =>
  /\.(csv|tsv|tab|xlsx|xlsm|xls|ods|zip|geojson)$/i.test(file.name) || (/\.json$/i.test(file.name) && EXPORT.test(await file.slice(0, HEAD).text()));

/** The closed lists of the statement list: words of the format, the same in every language. */
const closed: Readonly<Record<string, readonly string[]>> = {
  kind: ['movement', 'remaining', 'casualty', 'control', 'incident', 'obstruction', 'agreement', 'suspension', 'resumption', 'aid', 'negotiation', 'resolution', 'term'],
  source_type: ['party', 'guarantor', 'un', 'red-cross-red-crescent', 'monitor-group', 'media', 'observer'],
};

/** A person types; the server is asked when they pause. */
const PAUSE = 350;

export function TableImport({ file }: { file: File }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const { failure, busy, attempt } = useTrying();
  const [sheet, setSheet] = useState('');
  const [mapping, setMapping] = useState<Mapping>();
  const [tried, setTried] = useState<Tried>();
  const [done, setDone] = useState<Tried>();
  const asked = useRef<AbortController>(undefined);
  const path = `/operations/${room.operation.slug}/imports`;

  const parts = (): FormData => {
    const form = new FormData();
    form.set('file', file);
    if (mapping) form.set('mapping', JSON.stringify(mapping));
    if (sheet) form.set('sheet', sheet);
    return form;
  };

  useEffect(() => {
    const timer = setTimeout(
      () => {
        asked.current?.abort();
        const mine = (asked.current = new AbortController());
        void attempt(async () => {
          try {
            setTried(await sendParts<Tried>(`${path}?dry=true`, parts(), mine.signal));
          } catch (stopped) {
            if (!mine.signal.aborted) throw stopped;
          }
        });
      },
      mapping ? PAUSE : 0,
    );
    return () => clearTimeout(timer);
  }, [mapping, sheet]);

  const change = (to: Mapping): void => {
    setDone(undefined);
    setMapping(to);
  };
  const take = (): void =>
    void attempt(async () => {
      setDone(await sendParts<Tried>(path, parts()));
      setTried(undefined);
    });
  const ready = tried && tried.missing.length === 0 && tried.problems.length === 0;
  const said = tried ?? done;
  const meant = mapping ?? tried?.mapping ?? undefined;

  return (
    <div className="mapped">
      {tried && tried.sheets.length > 1 && (
        <Field label={words.say('tableSheet')}>
          <select
            value={sheet || tried.table?.sheet || ''}
            onChange={(e) => {
              setMapping(undefined);
              setDone(undefined);
              setSheet(e.target.value);
            }}
          >
            <option value="" disabled>
              {words.say('tableChoose')}
            </option>
            {tried.sheets.map((s) => (
              <option key={s} value={s}>
                {s}
              </option>
            ))}
          </select>
        </Field>
      )}
      {tried?.table && meant && <Columns tried={tried} columns={tried.table.columns} mapping={meant} change={change} />}
      <Refused failure={failure} />
      <div role="status">
        {busy && <p>{words.say('importReading')}</p>}
        {done && <p>{words.say('importDone', { n: done.recorded, there: words.number(done.already_there) })}</p>}
        {said?.left_behind != null && <p>{words.say('exportBack')}</p>}
        {tried && tried.missing.length > 0 && <p className="refused">{words.say('tableMissing')}</p>}
        {tried && tried.problems.length > 0 && <p className="refused">{words.say('importProblems', { n: tried.problems.length })}</p>}
        {ready && <TakeIn tried={tried} busy={busy} take={take} />}
      </div>
      {tried && <Problems problems={[...tried.missing, ...tried.problems]} />}
      {said && said.remarks.length + said.passed_over.length > 0 && (
        <ul className="list">
          {said.remarks.map((r) => (
            <li key={r}>
              <Engine>{r}</Engine>
            </li>
          ))}
          {said.passed_over.map((p) => (
            <li key={p.line}>
              {words.say('tablePassed', { n: p.line })} <Engine>{p.why}</Engine>
            </li>
          ))}
        </ul>
      )}
      {tried && tried.rows.length > 0 && <Rows rows={tried.rows} />}
    </div>
  );
}

function Columns({ tried, columns, mapping, change }: { tried: Tried; columns: readonly Column[]; mapping: Mapping; change(to: Mapping): void }): ReactNode {
  const words = useWords();
  const name = (field: string): string => words.say(`field_${field}` as Word);
  return (
    <div className="sheet">
      <h3>{words.say('tableColumns')}</h3>
      <div className="scrolls" tabIndex={0} role="region" aria-label={words.say('tableColumns')}>
        <table className="rows">
          <thead>
            <tr>
              <th scope="col">{words.say('tableColumn')}</th>
              <th scope="col">{words.say('tableField')}</th>
              <th scope="col">{words.say('tableSample')}</th>
              <th scope="col">{words.say('tableWhy')}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((c) => {
              const taken = takenBy(mapping, c.name);
              const counted = taken?.count !== undefined;
              return (
                <tr key={c.name}>
                  <th scope="row">
                    <bdi>{c.name}</bdi>
                    {c.tag && (
                      <small>
                        <bdi dir="ltr">{c.tag}</bdi>
                      </small>
                    )}
                  </th>
                  <td>
                    <select aria-label={`${words.say('tableField')}: ${c.name}`} value={taken?.field ?? ''} onChange={(e) => change(assigned(mapping, c.name, e.target.value))}>
                      <option value="">{words.say('tableNoField')}</option>
                      {tried.fields.map((f) => (
                        <option key={f} value={f}>
                          {name(f)}
                        </option>
                      ))}
                    </select>
                    {counted && taken.field !== 'high' && (
                      <input
                        aria-label={`${name('category')}: ${c.name}`}
                        value={mapping.counts?.[taken.count!]?.['category']?.always ?? ''}
                        maxLength={400}
                        dir="auto"
                        onChange={(e) => change(countedAs(mapping, taken.count!, e.target.value))}
                      />
                    )}
                  </td>
                  <td className="muted small">
                    <bdi>{c.sample.join(' · ')}</bdi>
                  </td>
                  <td className="muted small">{taken?.from.why && <Engine>{taken.from.why}</Engine>}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div className="row">
        {saidForAll(mapping, tried.needed).map((field) => (
          <Field key={field} label={words.say('tableAlways', { field: name(field) })}>
            <Value field={field} value={mapping.fields[field]?.always ?? ''} change={(v) => change(always(mapping, field, v))} />
          </Field>
        ))}
        {tried.unknown.flatMap((u) => [...u.words, ...Object.keys(mapping.fields[u.field]?.words ?? {})].map((w) => ({ field: u.field, word: w }))).map(({ field, word }) => (
          <Field key={`${field} ${word}`} label={words.say('tableMeans', { field: name(field), word })}>
            <Value field={field} value={mapping.fields[field]?.words?.[word] ?? ''} change={(v) => change(means(mapping, field, word, v))} />
          </Field>
        ))}
        <Field label={words.say('tableDates')}>
          <select value={mapping.dates ?? ''} onChange={(e) => change(withDates(mapping, e.target.value))}>
            {(['', 'day-month-year', 'month-day-year', 'serial'] as const).map((d) => (
              <option key={d} value={d}>
                {words.say(d === '' ? 'tableDatesPlain' : `dates_${d}`)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <p className="row">
        <a className="btn" download="mapping.json" href={`data:application/json;charset=utf-8,${encodeURIComponent(`${JSON.stringify(mapping, null, 2)}\n`)}`}>
          {words.say('tableSave')}
        </a>{' '}
        <label className="check">
          {words.say('tableUse')}{' '}
          <input
            type="file"
            accept=".json"
            onChange={(e) => {
              void e.target.files?.[0]?.text().then((text) => {
                try {
                  const read = JSON.parse(text) as Mapping;
                  if (read.fields) change(read);
                } catch {
                  // Not a mapping: what stands on the page stays.
                }
              });
            }}
          />
        </label>
      </p>
    </div>
  );
}

function Value({ field, value, change }: { field: string; value: string; change(to: string): void }): ReactNode {
  const words = useWords();
  const list = closed[field];
  return list ? (
    <select value={value} onChange={(e) => change(e.target.value)} dir="ltr">
      <option value="">{words.say('tableChoose')}</option>
      {list.map((v) => (
        <option key={v} value={v}>
          {v}
        </option>
      ))}
    </select>
  ) : (
    <input value={value} maxLength={400} dir="auto" onChange={(e) => change(e.target.value)} />
  );
}
