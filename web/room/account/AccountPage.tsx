import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useWords } from '../app/context.tsx';
import { Field, Refused } from '../app/marks.tsx';
import { useTrying } from '../app/trying.ts';

interface Passkey {
  readonly id: string;
  readonly label: string | null;
  readonly created_at: string;
}

/** One's own account: passkeys of one's devices, and the end of every session. */
export function AccountPage({ signedOut }: { signedOut(): void }): ReactNode {
  const words = useWords();
  const [turn, setTurn] = useState(0);
  const { value, refusal } = useAnswer<Passkey[]>('/account/passkeys', turn);
  const { failure, busy, attempt } = useTrying();
  const [added, setAdded] = useState(false);
  const add = (e: FormEvent<HTMLFormElement>): void => {
    e.preventDefault();
    const form = e.currentTarget;
    const label = new FormData(form).get('label');
    void attempt(async () => {
      const options = PublicKeyCredential.parseCreationOptionsFromJSON(await call('POST', '/account/passkeys/options', {}));
      const made = await navigator.credentials.create({ publicKey: options });
      await call('POST', '/account/passkeys', { credential: JSON.stringify(made), label });
    }).then((done) => {
      setAdded(done);
      if (done) form.reset();
      setTurn((t) => t + 1);
    });
  };
  return (
    <div className="page">
      <h1>{words.say('accountTitle')}</h1>
      <section aria-labelledby="passkeys">
        <h2 id="passkeys">{words.say('passkeys')}</h2>
        <p className="muted">{words.say('passkeyHow')}</p>
        <Refused failure={refusal ?? failure} />
        {value?.length === 0 && <p className="empty">{words.say('noPasskeys')}</p>}
        <ul className="list">
          {value?.map((p) => (
            <li key={p.id}>
              <bdi>{p.label ?? words.say('passkeyUnnamed')}</bdi> <span className="muted">{words.say('passkeyMade', { when: words.dateTime(p.created_at) })}</span>{' '}
              <button type="button" className="btn" disabled={busy} onClick={() => void attempt(() => call('DELETE', `/account/passkeys/${p.id}`)).then(() => setTurn((t) => t + 1))}>
                {words.say('removePasskey')}
              </button>
            </li>
          ))}
        </ul>
        {added && <p role="status">{words.say('passkeyAdded')}</p>}
        {typeof PublicKeyCredential === 'undefined' ? (
          <p className="empty">{words.say('passkeysNotHere')}</p>
        ) : (
          <form className="sheet" onSubmit={add}>
            <Field label={words.say('passkeyLabel')}>
              <input name="label" required maxLength={60} dir="auto" />
            </Field>
            <button type="submit" className="btn main" disabled={busy}>
              {words.say('addPasskey')}
            </button>
          </form>
        )}
      </section>
      <section aria-labelledby="sessions">
        <h2 id="sessions">{words.say('signOutEverywhere')}</h2>
        <p className="muted">{words.say('signOutEverywhereHow')}</p>
        <p>
          <button type="button" className="btn" disabled={busy} onClick={() => void attempt(() => call('POST', '/session/end-all', {})).then((done) => done && signedOut())}>
            {words.say('signOutEverywhere')}
          </button>
        </p>
      </section>
    </div>
  );
}
