import { type FormEvent, type ReactNode, useState } from 'react';
import { call, type Refusal } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Engine, Field, Refused } from '../app/marks.tsx';

interface Line {
  readonly n: number;
  readonly at: string;
  readonly who: string;
  readonly role: string;
  readonly act: string;
  readonly target: string;
  readonly reason: string | null;
}

export function AuditPage(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const [turn, setTurn] = useState(0);
  const [until, setUntil] = useState<string>();
  const [failure, setFailure] = useState<Refusal>();
  const { value, refusal } = useAnswer<{ events: Line[]; first_broken: number | null }>(`/operations/${room.operation.slug}/audit`, turn);
  const glass = async (e: FormEvent<HTMLFormElement>): Promise<void> => {
    e.preventDefault();
    const form = new FormData(e.currentTarget);
    try {
      const answer = await call<{ until: string }>('POST', `/operations/${room.operation.slug}/break-glass`, { reason: form.get('reason'), minutes: Number(form.get('minutes')) });
      setUntil(answer.until);
      setFailure(undefined);
      setTurn(turn + 1);
    } catch (refused) {
      setFailure(refused as Refusal);
    }
  };
  return (
    <div className="page">
      <h1>{words.say('auditTitle')}</h1>
      <Refused failure={refusal} />
      {value && <p>{value.first_broken === null ? words.say('auditHolds') : words.say('auditBroken', { n: value.first_broken })}</p>}
      <div className="scrolls" tabIndex={0} role="group" aria-label={words.say('auditTitle')}>
        <table className="cv">
          <thead>
            <tr>
              <th scope="col">{words.say('when')}</th>
              <th scope="col">{words.say('who')}</th>
              <th scope="col">{words.say('act')}</th>
              <th scope="col">{words.say('target')}</th>
            </tr>
          </thead>
          <tbody>
            {value?.events.map((line) => (
              <tr key={line.n}>
                <td className="num">{words.dateTime(line.at)}</td>
                <td dir="ltr">
                  {line.who.slice(0, 8)} ({line.role})
                </td>
                <td>
                  <Engine>{line.act}</Engine>
                </td>
                <td dir="auto">
                  {line.target} {line.reason && <span className="muted">{line.reason}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {room.roles.includes('auditor') && (
        <form className="sheet" onSubmit={glass}>
          <h2>{words.say('breakGlass')}</h2>
          <Field label={words.say('glassReason')}>
            <textarea name="reason" required minLength={10} maxLength={500} rows={2} />
          </Field>
          <Field label={words.say('glassMinutes')}>
            <input name="minutes" type="number" min={1} max={60} defaultValue={15} required />
          </Field>
          <Refused failure={failure} />
          <button type="submit" className="btn main">
            {words.say('breakGlass')}
          </button>
          {until && <p role="status">{words.say('glassUntil', { when: words.time(until) })}</p>}
        </form>
      )}
    </div>
  );
}
