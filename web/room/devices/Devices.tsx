import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Field, Refused } from '../app/marks.tsx';
import { useTrying } from '../app/trying.ts';
import type { Word } from '../app/words/en.ts';
import { QrPicture } from './QrPicture.tsx';

interface Device {
  readonly id: string;
  readonly label: string;
  readonly holder: string | null;
  readonly kids: readonly string[];
  readonly revoked: string | null;
  readonly last_heard: string | null;
  readonly entries: number;
  readonly forks: number;
}

export function Devices(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const path = `/operations/${room.operation.slug}/devices`;
  const [turn, setTurn] = useState(0);
  const { value, refusal } = useAnswer<Device[]>(path, `${turn}.${room.live.size}`);
  const [code, setCode] = useState<{ address: string; code: string }>();
  const { failure, attempt } = useTrying();
  const change = async (act: () => Promise<unknown>): Promise<void> => {
    if (await attempt(act)) setTurn((t) => t + 1);
  };
  const enrol = (e: FormEvent<HTMLFormElement>): void => {
    e.preventDefault();
    const form = new FormData(e.currentTarget);
    void change(async () => setCode(await call('POST', path, { label: form.get('label'), holder: form.get('holder') || null })));
  };
  return (
    <div className="page">
      <h1>{words.say('devices')}</h1>
      <Refused failure={refusal ?? failure} />
      {value?.length === 0 && <p className="empty">{words.say('noDevices')}</p>}
      <ul className="list">
        {value?.map((d) => (
          <li key={d.id}>
            <b>
              <bdi>{d.label}</bdi>
            </b>{' '}
            {d.holder && <bdi className="muted">{d.holder}</bdi>}{' '}
            <span className="muted">
              {d.kids.length === 0 ? words.say('notEnrolledYet') : d.last_heard ? words.say('lastHeard', { when: words.dateTime(d.last_heard) }) : words.say('neverHeard')} · {words.say('entries', { n: d.entries })}
            </span>
            {d.forks > 0 && <strong className="fork"> {words.say('forks', { n: d.forks })}</strong>}
            {d.revoked ? (
              <span className="tag">{words.say(`reason_${d.revoked}` as Word)}</span>
            ) : (
              <span className="row">
                {(['ended', 'lost', 'compromised'] as const).map((reason) => (
                  <button key={reason} type="button" className="btn" onClick={() => void change(() => call('DELETE', `${path}/${d.id}`, { reason }))}>
                    {words.say('revoke')}: {words.say(`reason_${reason}`)}
                  </button>
                ))}
              </span>
            )}
          </li>
        ))}
      </ul>
      <form className="sheet" onSubmit={enrol}>
        <div className="row">
          <Field label={words.say('deviceLabel')}>
            <input name="label" required maxLength={60} dir="auto" />
          </Field>
          <Field label={words.say('deviceHolder')}>
            <input name="holder" maxLength={100} dir="auto" />
          </Field>
        </div>
        <button type="submit" className="btn main">
          {words.say('enrol')}
        </button>
        {code && (
          <div role="status">
            <p>{words.say('enrolHow')}</p>
            <QrPicture text={`${location.origin}${code.address}`} label={words.say('enrolHow')} />
            <code className="address" dir="ltr">
              {`${location.origin}${code.address}`}
            </code>
          </div>
        )}
      </form>
    </div>
  );
}
