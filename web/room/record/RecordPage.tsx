import type { ReactNode } from 'react';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Check } from './Check.tsx';

interface Fork {
  readonly kid: string;
  readonly seq: number;
  readonly first: number;
  readonly second: number;
}

/** The record as anybody may check it: how many entries, the root, forks, and a bundle that is verified without us. */
export function RecordPage(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const slug = room.operation.slug;
  const checkpoint = useAnswer<unknown>(`/operations/${slug}`, room.live.size).value as { size: number; root: string; level: string } | undefined;
  const forks = useAnswer<Fork[]>(`/operations/${slug}/record/forks`, room.live.size).value;
  return (
    <div className="page">
      <h1>{words.say('recordTitle')}</h1>
      {checkpoint && (
        <dl className="facts">
          <div>
            <dt>{words.say('recordSize', { n: checkpoint.size })}</dt>
            <dd>{words.say(checkpoint.level === 'logged' ? 'level_logged' : 'level_held')}</dd>
          </div>
          <div>
            <dt>{words.say('recordRoot')}</dt>
            <dd className="hash" dir="ltr">
              {checkpoint.root}
            </dd>
          </div>
        </dl>
      )}
      <Check />
      {forks?.length === 0 && <p>{words.say('noForks')}</p>}
      <ul>
        {forks?.map((f) => (
          <li key={`${f.first}-${f.second}`}>{words.say('forkOf', { kid: f.kid.slice(0, 8), first: f.first, second: f.second, seq: f.seq })}</li>
        ))}
      </ul>
      <p>
        <a className="btn" href={`/api/v1/operations/${slug}/bundle`} download>
          {words.say('recordBundle')}
        </a>
      </p>
      <p className="muted">{words.say('recordBundleHow')}</p>
    </div>
  );
}
