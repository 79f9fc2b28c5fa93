import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { call, NoConnection, Refusal } from '../app/api.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Field, Panel, Refused } from '../app/marks.tsx';
import { useTrying } from '../app/trying.ts';
import type { Word } from '../app/words/en.ts';
import { AskOnce } from './AskOnce.tsx';
import { Broken, sizeOf, take } from './taking.ts';

/** A format of the trade; what it can't carry stands in the page on it under formats/. */
const formats: readonly { readonly name: string; readonly title: string; readonly use: Word; readonly lacks: Word; readonly files: readonly (readonly [string, string])[] }[] = [
  { name: 'hxl', title: 'HXL', use: 'useHxl', lacks: 'lacksTable', files: [['hxl', 'CSV'], ['hxl-json', 'JSON']] },
  { name: 'xlsx', title: 'XLSX', use: 'useXlsx', lacks: 'lacksTable', files: [['xlsx', 'XLSX']] },
  { name: 'csv', title: 'CSV', use: 'useCsv', lacks: 'lacksTable', files: [['csv', 'CSV']] },
  { name: 'geojson', title: 'GeoJSON', use: 'useGeoJson', lacks: 'lacksText', files: [['geojson', 'GeoJSON']] },
  { name: 'json', title: 'JSON', use: 'useJson', lacks: 'lacksText', files: [['json', 'JSON']] },
];

const inRoom = ['observer', 'monitor', 'reporting-officer', 'head-of-mission'];

export function TakeOut(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const isRoom = inRoom.some((r) => room.roles.includes(r));
  const at = `/operations/${room.operation.slug}`;
  return (
    <Panel title={words.say('takeOutTitle')} note={words.say(isRoom ? 'takeOutForRoom' : 'takeOutForParties')}>
      <p className="lead">{words.say(isRoom ? 'leftOutRoom' : 'leftOutParties')}</p>
      <ul className="formats">
        {formats.map((f) => (
          <li key={f.name}>
            <h3>{f.title}</h3>
            <p>{words.say(f.use)}</p>
            <p className="lacks">
              <span className="lab">{words.say('lacks')}</span> {words.say(f.lacks)}
            </p>
            <div className="files">
              {f.files.map(([format, label]) => (
                <File key={format} path={`${at}/export?format=${format}`} label={words.say('takeAs', { format: label })} about={f.title === label ? undefined : f.title} question={isRoom ? words.say('takeForRoom', { format: f.title }) : undefined} />
              ))}
            </div>
          </li>
        ))}
        <li className="whole">
          <h3>{words.say('bundleTitle')}</h3>
          <p>{words.say('useBundle')}</p>
          <p className="lacks">
            <span className="lab">{words.say('lacks')}</span> {words.say('lacksBundle')}
          </p>
          <Bundle isRoom={isRoom} />
        </li>
      </ul>
      {room.roles.includes('head-of-mission') && <Release />}
    </Panel>
  );
}

type Way = { readonly of: 'rest' } | { readonly of: 'coming'; readonly bytes: number } | { readonly of: 'saved'; readonly name: string; readonly bytes: number } | { readonly of: 'failed'; readonly failure: { readonly message: string } };

/** One file: asked for, on its way, saved, or refused in the server's words. */
function File({ path, label, about, question, ready }: { path: string; label: string; about?: string | undefined; question?: string | undefined; ready?: () => boolean }): ReactNode {
  const words = useWords();
  const [way, setWay] = useState<Way>({ of: 'rest' });
  const leaving = useRef<AbortController>(undefined);
  const act = (): void => {
    const stop = new AbortController();
    leaving.current = stop;
    setWay({ of: 'coming', bytes: 0 });
    take(path, (bytes) => setWay({ of: 'coming', bytes }), stop.signal).then(
      (taken) => setWay({ of: 'saved', ...taken }),
      (failure: unknown) => {
        if (stop.signal.aborted) setWay({ of: 'rest' });
        else if (failure instanceof Refusal) setWay({ of: 'failed', failure });
        else if (failure instanceof Broken) setWay({ of: 'failed', failure: { message: words.say('takeBroken', { size: sizeOf(failure.bytes, words.tag) }) } });
        else if (failure instanceof NoConnection) setWay({ of: 'failed', failure: { message: words.say('takeNoConnection') } });
        else throw failure;
      },
    );
  };
  const named = about ? `${label} (${about})` : undefined;
  return (
    <div className="file">
      {way.of === 'coming' ? (
        <button type="button" className="btn" onClick={() => leaving.current?.abort()}>
          {words.say('takeStop')}
        </button>
      ) : question ? (
        <AskOnce label={label} question={question} act={act} {...(about ? { about } : {})} {...(ready ? { ready } : {})} />
      ) : (
        <button type="button" className="btn" aria-label={named} onClick={() => (ready?.() ?? true) && act()}>
          {label}
        </button>
      )}
      <span role="status" className="small muted">
        {way.of === 'coming' && words.say('takeComing', { size: sizeOf(way.bytes, words.tag) })}
        {way.of === 'saved' && (
          <>
            {words.say('takeSaved', { size: sizeOf(way.bytes, words.tag) })} <bdi>{way.name}</bdi>
          </>
        )}
      </span>
      {way.of === 'failed' && (way.failure instanceof Refusal ? <Refused failure={way.failure} /> : <p role="alert" className="refused">{way.failure.message}</p>)}
    </div>
  );
}

function Bundle({ isRoom }: { isRoom: boolean }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const form = useRef<HTMLFormElement>(null);
  const [audience, setAudience] = useState('parties');
  const [only, setOnly] = useState('');
  const [release, setRelease] = useState('');
  const query = new URLSearchParams({ for: audience, ...(only.trim() ? { only: only.trim() } : {}), ...(audience === 'room' ? { release } : {}) });
  const whom = words.say(audience === 'public' ? 'toPublic' : audience === 'room' ? 'toReleased' : 'toParties');
  return (
    <form ref={form} className="bundle" onSubmit={(e) => e.preventDefault()}>
      <Field label={words.say('madeFor')}>
        <select value={audience} onChange={(e) => setAudience(e.target.value)}>
          <option value="parties">{words.say('forParties')}</option>
          <option value="public">{words.say('forPublic')}</option>
          {isRoom && <option value="room">{words.say('forReleased')}</option>}
        </select>
      </Field>
      {audience === 'room' && (
        <Field label={words.say('releaseNumber')}>
          <input type="number" required min={0} step={1} value={release} onChange={(e) => setRelease(e.target.value)} />
        </Field>
      )}
      <Field label={words.say('onlyPart')} hint={words.say('onlyHint')}>
        <input name="only" value={only} maxLength={200} onChange={(e) => setOnly(e.target.value)} dir="auto" />
      </Field>
      <File
        path={`/operations/${room.operation.slug}/bundle?${query}`}
        label={words.say('takeAs', { format: 'ZIP' })}
        about={words.say('bundleTitle')}
        question={isRoom ? words.say('takeBundle', { whom }) : undefined}
        ready={() => form.current?.reportValidity() ?? true}
      />
    </form>
  );
}

interface Released {
  readonly entry: number;
  readonly to: string;
  readonly scope: string;
}

/** What is for the room leaves it by the head of mission alone, to somebody and for a reason that the record keeps. */
function Release(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const form = useRef<HTMLFormElement>(null);
  const { failure, busy, attempt } = useTrying();
  const [to, setTo] = useState('');
  const [only, setOnly] = useState('');
  const [done, setDone] = useState<{ released: Released; query: string }>();
  const at = `/operations/${room.operation.slug}/bundle`;
  const act = (): void => {
    const part = only.trim();
    const reason = new FormData(form.current!).get('reason');
    void attempt(async () => {
      const released = await call<Released>('POST', `${at}/releases`, { to, reason, only: part || null });
      form.current!.reset();
      setTo('');
      setOnly('');
      setDone({ released, query: String(new URLSearchParams({ for: 'room', release: String(released.entry), ...(part ? { only: part } : {}) })) });
    });
  };
  return (
    <form ref={form} className="release" aria-labelledby="release" onSubmit={(e: FormEvent) => e.preventDefault()}>
      <h3 id="release">{words.say('releaseTitle')}</h3>
      <p className="muted">{words.say('releaseHow')}</p>
      <div className="row">
        <Field label={words.say('releaseTo')}>
          <input name="to" required maxLength={200} value={to} onChange={(e) => setTo(e.target.value)} dir="auto" />
        </Field>
        <Field label={words.say('releaseReason')}>
          <input name="reason" required maxLength={1000} dir="auto" />
        </Field>
        <Field label={words.say('onlyPart')}>
          <input value={only} maxLength={200} onChange={(e) => setOnly(e.target.value)} dir="auto" />
        </Field>
      </div>
      <Refused failure={failure} />
      <AskOnce main disabled={busy} label={words.say('releaseIt')} question={words.say(only.trim() ? 'releaseAskPart' : 'releaseAsk', { to, part: only.trim() })} ready={() => form.current!.reportValidity()} act={act} />
      {done && (
        <div role="status" className="done">
          <p>{words.say('releaseDone', { n: done.released.entry, to: done.released.to })}</p>
          <File path={`${at}?${done.query}`} label={words.say('takeAs', { format: 'ZIP' })} about={words.say('releaseTitle')} />
        </div>
      )}
    </form>
  );
}
