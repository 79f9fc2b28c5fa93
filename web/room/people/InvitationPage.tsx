import { type FormEvent, type ReactNode, useState } from 'react';
import { call, type Refusal } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useWords } from '../app/context.tsx';
import { Field, Refused } from '../app/marks.tsx';
import { QrPicture } from '../devices/QrPicture.tsx';

/** From a one-time code to an account: name and password, then the authenticator app. */
export function InvitationPage({ code, joined }: { code: string; joined(): void }): ReactNode {
  const words = useWords();
  const { value, refusal } = useAnswer<{ operation_name: string; roles: string[]; name_suggestion: string | null }>(`/invitations/${encodeURIComponent(code)}`);
  const [secret, setSecret] = useState<{ totp_secret: string; totp_uri: string }>();
  const [failure, setFailure] = useState<Refusal>();
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act();
      setFailure(undefined);
    } catch (refused) {
      setFailure(refused as Refusal);
    }
  };
  if (!value) return <div className="page narrow">{refusal ? <Refused failure={refusal} /> : <p>{words.say('loading')}</p>}</div>;
  const choose = (e: FormEvent<HTMLFormElement>): void => {
    e.preventDefault();
    const form = new FormData(e.currentTarget);
    void attempt(async () => setSecret(await call('POST', `/invitations/${code}`, { name: form.get('name'), password: form.get('password'), language: words.language })));
  };
  const confirm = (e: FormEvent<HTMLFormElement>): void => {
    e.preventDefault();
    const digits = String(new FormData(e.currentTarget).get('code')).replace(/\s/g, '');
    void attempt(async () => {
      await call('POST', `/invitations/${code}/confirm`, { code: digits });
      joined();
    });
  };
  return (
    <div className="page narrow">
      <h1>{words.say('invitationTitle')}</h1>
      <p>{words.say('invitedTo', { operation: value.operation_name, roles: words.list(value.roles.map((r) => (r === 'administrator' ? words.say('roleAdministrator') : r))) })}</p>
      {secret ? (
        <form className="sheet" onSubmit={confirm}>
          <h2>{words.say('secretTitle')}</h2>
          <p>{words.say('secretHow')}</p>
          <QrPicture text={secret.totp_uri} label={words.say('secretTitle')} />
          <p className="num" dir="ltr">
            <code id="secret">{secret.totp_secret}</code>
          </p>
          <Field label={words.say('code')}>
            <input name="code" inputMode="numeric" autoComplete="one-time-code" required maxLength={7} dir="ltr" />
          </Field>
          <Refused failure={failure} />
          <button type="submit" className="btn main">
            {words.say('confirm')}
          </button>
        </form>
      ) : (
        <form className="sheet" onSubmit={choose}>
          <p>{words.say('invitationChoose')}</p>
          <Field label={words.say('name')}>
            <input name="name" autoComplete="username" required maxLength={100} defaultValue={value.name_suggestion ?? ''} dir="auto" />
          </Field>
          <Field label={words.say('password')}>
            <input name="password" type="password" autoComplete="new-password" required minLength={12} maxLength={200} />
          </Field>
          <Refused failure={failure} />
          <button type="submit" className="btn main">
            {words.say('invitationNext')}
          </button>
        </form>
      )}
    </div>
  );
}
