import type { ReactNode } from 'react';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Refused } from '../app/marks.tsx';
import { Invite } from './Invite.tsx';

export function Members(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const { value, refusal } = useAnswer<{ account: string; name: string; roles: string[]; party: { name: string } | null }[]>(`/operations/${room.operation.slug}/members`, room.live.desk);
  return (
    <div className="page">
      <h1>{words.say('members')}</h1>
      <Refused failure={refusal} />
      <ul className="list">
        {value?.map((m) => (
          <li key={m.account}>
            <bdi>{m.name}</bdi> <span className="muted">{m.roles.join(', ')}</span> {m.party && <bdi>{m.party.name}</bdi>}
          </li>
        ))}
      </ul>
      <Invite operation={room.operation.slug} roles={['observer', 'monitor']} />
    </div>
  );
}
