import { type FormEvent, type ReactNode, useState } from 'react';
import { call, type Refusal } from '../app/api.ts';
import { useWords } from '../app/context.tsx';
import { Field, Refused } from '../app/marks.tsx';

const hours = 48;

/** Makes a one-time address that the invited person opens. It is shown once and kept nowhere. */
export function Invite({ operation, roles }: { operation: string; roles: readonly string[] }): ReactNode {
  const words = useWords();
  const [role, setRole] = useState(roles[0]!);
  const [made, setMade] = useState<string>();
  const [failure, setFailure] = useState<Refusal>();
  const speaks = role === 'party' || role === 'guarantor';
  const send = async (e: FormEvent<HTMLFormElement>): Promise<void> => {
    e.preventDefault();
    const form = new FormData(e.currentTarget);
    try {
      const answer = await call<{ address: string }>('POST', `/operations/${operation}/invitations`, { roles: [role], hours, ...(speaks ? { party: { id: form.get('party_id'), name: form.get('party_name') } } : {}) });
      setMade(`${location.origin}${answer.address}`);
      setFailure(undefined);
    } catch (refused) {
      setFailure(refused as Refusal);
    }
  };
  return (
    <details className="invite">
      <summary>{words.say('inviteTitle')}</summary>
      <form className="sheet" onSubmit={send}>
        <div className="row">
          <Field label={words.say('inviteRole')}>
            <select value={role} onChange={(e) => setRole(e.target.value)}>
              {roles.map((r) => (
                <option key={r} value={r}>
                  {r}
                </option>
              ))}
            </select>
          </Field>
          {speaks && (
            <>
              <Field label={words.say('partyId')}>
                <input name="party_id" required maxLength={200} dir="ltr" />
              </Field>
              <Field label={words.say('partyName')}>
                <input name="party_name" required maxLength={200} dir="auto" />
              </Field>
            </>
          )}
        </div>
        <Refused failure={failure} />
        <button type="submit" className="btn main">
          {words.say('invite')}
        </button>
        {made && (
          <p role="status">
            {words.say('invitationAddress', { hours })}
            <br />
            <code className="address" dir="ltr">
              {made}
            </code>
          </p>
        )}
      </form>
    </details>
  );
}
