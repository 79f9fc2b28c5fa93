import { type FormEvent, type ReactNode, useState } from 'react';
import { write } from '../app/address.ts';
import { call, type Refusal, type Session } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useWords } from '../app/context.tsx';
import { Field, Refused } from '../app/marks.tsx';
import { Invite } from './Invite.tsx';

/** The operations of whoever is signed in; for who runs the server, also setting one up and inviting its first people. */
export function Operations({ session }: { session: Session }): ReactNode {
  const words = useWords();
  const [turn, setTurn] = useState(0);
  const { value } = useAnswer<{ slug: string; name: string; roles: string[] }[]>('/operations', turn);
  return (
    <div className="page">
      <h1>{words.say('operations')}</h1>
      <ul className="list">
        {value?.map((o) => (
          <li key={o.slug}>
            {o.roles.length > 0 ? <a href={write({ path: ['op', o.slug, 'room'], query: {} })}>{o.name}</a> : <span>{o.name}</span>} <span className="muted">{o.roles.join(', ')}</span>
            {session.administrator && <Invite operation={o.slug} roles={['reporting-officer', 'head-of-mission', 'monitor', 'observer', 'party', 'guarantor', 'auditor']} />}
          </li>
        ))}
      </ul>
      {value?.length === 0 && !session.administrator && <p className="empty">{words.say('noOperations')}</p>}
      {session.administrator && <Found done={() => setTurn(turn + 1)} />}
    </div>
  );
}

function Found({ done }: { done(): void }): ReactNode {
  const words = useWords();
  const [failure, setFailure] = useState<{ message: string; place?: string | undefined }>();
  const send = async (e: FormEvent<HTMLFormElement>): Promise<void> => {
    e.preventDefault();
    const target = e.currentTarget;
    const form = new FormData(target);
    const file = form.get('places');
    try {
      const text = file instanceof File && file.size > 0 ? await file.text() : '';
      await call('POST', '/operations', { slug: form.get('slug'), name: form.get('name'), time_zone: form.get('zone'), ...(text ? { places: JSON.parse(text) } : {}) });
      target.reset();
      setFailure(undefined);
      done();
    } catch (refused) {
      setFailure(refused instanceof SyntaxError ? { message: refused.message, place: words.say('foundPlaces') } : (refused as Refusal));
    }
  };
  return (
    <form className="sheet" onSubmit={send}>
      <h2>{words.say('foundTitle')}</h2>
      <div className="row">
        <Field label={words.say('foundName')}>
          <input name="name" required maxLength={200} dir="auto" />
        </Field>
        <Field label={words.say('foundSlug')}>
          <input name="slug" required maxLength={40} pattern="[a-z][a-z0-9\-]*" dir="ltr" />
        </Field>
        <Field label={words.say('foundZone')}>
          <input name="zone" required list="zones" dir="ltr" defaultValue={Intl.DateTimeFormat().resolvedOptions().timeZone} />
          <datalist id="zones">
            {Intl.supportedValuesOf('timeZone').map((z) => (
              <option key={z} value={z} />
            ))}
          </datalist>
        </Field>
        <Field label={words.say('foundPlaces')}>
          <input name="places" type="file" accept=".geojson,.json,application/geo+json" />
        </Field>
      </div>
      <Refused failure={failure} />
      <button type="submit" className="btn main">
        {words.say('found')}
      </button>
    </form>
  );
}
