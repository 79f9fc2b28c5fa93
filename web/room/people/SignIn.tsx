import type { FormEvent, ReactNode } from 'react';
import { call } from '../app/api.ts';
import { useWords } from '../app/context.tsx';
import { Field, Refused } from '../app/marks.tsx';
import { useTrying } from '../app/trying.ts';

/** Name, password and one-time code; or a passkey. The server gives one answer for every refusal. */
export function SignIn({ signedIn }: { signedIn(): void }): ReactNode {
  const words = useWords();
  const { failure, attempt } = useTrying();
  const enter = async (act: () => Promise<unknown>): Promise<void> => {
    if (await attempt(act)) signedIn();
  };
  const send = (e: FormEvent<HTMLFormElement>): void => {
    e.preventDefault();
    const form = new FormData(e.currentTarget);
    void enter(() => call('POST', '/session/password', { name: form.get('name'), password: form.get('password'), code: String(form.get('code')).replace(/\s/g, '') }));
  };
  const passkey = (): void =>
    void enter(async () => {
      const options = await call<PublicKeyCredentialRequestOptionsJSON>('POST', '/session/passkey/options', {});
      const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      await call('POST', '/session/passkey', { credential: JSON.stringify(credential) });
    });
  return (
    <div className="page narrow">
      <h1>{words.say('signInTitle')}</h1>
      <form className="sheet" onSubmit={send}>
        <Field label={words.say('name')}>
          <input name="name" autoComplete="username" required maxLength={100} dir="auto" />
        </Field>
        <Field label={words.say('password')}>
          <input name="password" type="password" autoComplete="current-password" required maxLength={200} />
        </Field>
        <Field label={words.say('code')}>
          <input name="code" inputMode="numeric" autoComplete="one-time-code" required pattern="[0-9 ]{6,7}" maxLength={7} dir="ltr" />
        </Field>
        <Refused failure={failure} />
        <button type="submit" className="btn main">
          {words.say('signIn')}
        </button>
      </form>
      {'PublicKeyCredential' in globalThis && (
        <button type="button" className="btn" onClick={passkey}>
          {words.say('withPasskey')}
        </button>
      )}
    </div>
  );
}
