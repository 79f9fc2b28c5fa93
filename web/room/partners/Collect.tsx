import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Field, Glyph, Panel, Refused } from '../app/marks.tsx';
import { useTrying } from '../app/trying.ts';
import type { Word } from '../app/words/en.ts';
import { languages, ownNames } from '../../shared/i18n/i18n.ts';
import { QrPicture } from '../devices/QrPicture.tsx';
import { AskOnce } from './AskOnce.tsx';
import { GivenOnce } from './GivenOnce.tsx';

interface AppUser {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly source_kind: string;
  readonly language: string;
  readonly made: string;
  readonly last_heard: string | null;
  readonly revoked: string | null;
}

interface Made {
  readonly name: string;
  readonly server_url: string;
  readonly settings_qr: string;
  readonly digest: { readonly server_url: string; readonly username: string; readonly password: string };
}

interface OfferedForm {
  readonly id: string;
  readonly name: string;
  readonly version: string;
}

/** Partners first: a phone that speaks as this mission's own observers is the exception, and says so. */
const kinds = ['responder', 'un', 'red-cross-red-crescent', 'monitor-group', 'witness', 'media', 'guarantor', 'party', 'own-observers'] as const;

export function Collect(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const path = `/operations/${room.operation.slug}/collect`;
  const [turn, setTurn] = useState(0);
  const [made, setMade] = useState<Made>();
  const [kind, setKind] = useState<string>(kinds[0]);
  const users = useAnswer<AppUser[]>(`${path}/users`, `${turn}.${room.live.size}`);
  const { failure, busy, attempt } = useTrying();
  const again = (): void => setTurn((t) => t + 1);
  const make = (e: FormEvent<HTMLFormElement>): void => {
    e.preventDefault();
    const form = e.currentTarget;
    const entered = new FormData(form);
    void attempt(async () => setMade(await call<Made>('POST', `${path}/users`, { name: entered.get('name'), organisation: entered.get('organisation'), source_kind: kind, language: entered.get('language'), project_name: room.operation.name.slice(0, 40) }))).then((done) => {
      if (!done) return;
      form.reset();
      setKind(kinds[0]);
      again();
    });
  };
  const standing = users.value?.filter((u) => !u.revoked) ?? [];
  const ended = users.value?.filter((u) => u.revoked) ?? [];
  return (
    <Panel title={words.say('collectTitle')} note={users.value && words.say('collectors', { n: standing.length })}>
      <p className="lead">{words.say('collectHow')}</p>
      <Refused failure={users.refusal} />
      {made && (
        <GivenOnce
          key={made.server_url}
          title={words.say('collectMade', { name: made.name })}
          close={() => setMade(undefined)}
          given={[
            { label: words.say('serverAddress'), value: made.server_url },
            { label: words.say('koboAddress'), value: made.digest.server_url },
            { label: words.say('koboUser'), value: made.digest.username },
            { label: words.say('koboPassword'), value: made.digest.password },
          ]}
        >
          <div className="scan">
            <QrPicture text={made.settings_qr} label={words.say('collectQr')} />
            <ol>
              <li>{words.say('collectScan')}</li>
              <li>{words.say('collectType')}</li>
              <li>{words.say('collectKobo')}</li>
            </ol>
          </div>
        </GivenOnce>
      )}
      {users.value && standing.length === 0 && !made && <p className="empty">{words.say('noCollectors')}</p>}
      <ul className="kept">
        {standing.map((u) => (
          <li key={u.id}>
            <div>
              <b>
                <bdi>{u.name}</bdi>
              </b>
              <span className="src">
                <Glyph kind={u.source_kind} />
                <bdi>
                  {u.organisation}
                  <span className="vh"> ({words.say(`kind_${u.source_kind}` as Word)})</span>
                </bdi>
              </span>
              <span className="muted small">
                {ownNames[u.language as keyof typeof ownNames] ?? u.language} · {u.last_heard ? words.say('lastHeard', { when: words.dateTime(u.last_heard) }) : words.say('collectNotHeard')}
              </span>
            </div>
            <AskOnce label={words.say('endKey')} about={u.name} question={words.say('endCollector', { name: u.name })} act={() => void attempt(() => call('DELETE', `${path}/users/${u.id}`)).then(again)} />
          </li>
        ))}
      </ul>
      <Ended n={ended.length}>
        {ended.map((u) => (
          <li key={u.id}>
            <bdi>{u.name}</bdi>, <bdi>{u.organisation}</bdi> <span className="muted small">{words.say('endedAt', { when: words.dateTime(u.revoked!) })}</span>
          </li>
        ))}
      </Ended>
      <form className="make" aria-labelledby="new-collector" onSubmit={make}>
        <h3 id="new-collector">{words.say('newCollector')}</h3>
        <div className="row">
          <Field label={words.say('collectorName')} hint={words.say('collectorNameHint')}>
            <input name="name" required maxLength={60} dir="auto" autoComplete="off" />
          </Field>
          <Field label={words.say('collectorOrganisation')} hint={words.say('collectorOrganisationHint')}>
            <input name="organisation" required maxLength={100} dir="auto" autoComplete="off" />
          </Field>
        </div>
        <div className="row">
          <Field label={words.say('collectorKind')}>
            <select value={kind} onChange={(e) => setKind(e.target.value)}>
              {kinds.map((k) => (
                <option key={k} value={k}>
                  {words.say(`kind_${k}`)}
                </option>
              ))}
            </select>
          </Field>
          <Field label={words.say('collectorLanguage')}>
            <select name="language" defaultValue={words.language}>
              {languages.map((l) => (
                <option key={l} value={l} lang={l}>
                  {ownNames[l]}
                </option>
              ))}
            </select>
          </Field>
        </div>
        {kind === 'own-observers' && (
          <p role="status" className="mind">
            {words.say('collectorOwn')}
          </p>
        )}
        <Refused failure={failure} />
        <button type="submit" className="btn main" disabled={busy}>
          {words.say('makeCollector')}
        </button>
      </form>
      <Forms path={`${path}/forms`} />
    </Panel>
  );
}

/** What no longer opens anything, folded away: the record of who could once read or send. */
export function Ended({ n, children }: { n: number; children: ReactNode }): ReactNode {
  const words = useWords();
  return n === 0 ? null : (
    <details className="ended">
      <summary>{words.say('endedKeys', { n })}</summary>
      <ul>{children}</ul>
    </details>
  );
}

function Forms({ path }: { path: string }): ReactNode {
  const words = useWords();
  const { value, refusal } = useAnswer<OfferedForm[]>(path);
  return (
    <div className="offered">
      <Refused failure={refusal} />
      {value && (
        <div className="scrolls">
          <table>
            <caption>{words.say('offeredForms')}</caption>
            <thead>
              <tr>
                <th scope="col">{words.say('formName')}</th>
                <th scope="col">{words.say('formVersion')}</th>
              </tr>
            </thead>
            <tbody>
              {value.map((f) => (
                <tr key={f.id}>
                  <th scope="row">
                    <bdi lang="en">{f.name}</bdi> <code dir="ltr">{f.id}</code>
                  </th>
                  <td>
                    <code dir="ltr">{f.version}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
