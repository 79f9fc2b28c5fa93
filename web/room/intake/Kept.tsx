import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chip, Refused } from '../app/marks.tsx';
import { when } from '../situation/Board.tsx';
import { piecesOf } from './pieces.ts';
import type { KeptText } from './shape.ts';

/** A text from which statements were taken, with the words of one of them marked and the others numbered where they stand. */
export function Kept({ sha256, from, to }: { sha256: string; from: number; to: number }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const first = useRef<HTMLElement>(null);
  const { value, refusal } = useAnswer<KeptText>(`/operations/${room.operation.slug}/texts/${encodeURIComponent(sha256)}`);
  const claims = useMemo(() => (value?.reviews ?? []).flatMap((r) => r.claims).filter((c) => c.statement), [value]);
  useEffect(() => {
    first.current?.scrollIntoView({ block: 'center' });
  }, [value]);
  if (!value) return refusal ? <Refused failure={refusal} /> : <p className="empty">{words.say('loading')}</p>;
  const marks = claims.map((c, i) => ({ n: i, span: [c.start, c.end] as const }));
  const isHere = (start: number): boolean => from <= start && start < to;
  return (
    <div className="page kepttext">
      <h1 dir="auto">{value.citation}</h1>
      <p className="muted">
        {words.say('intakeKeptHow')} {value.reviews[0] && `${words.say('intakePublished')}: ${when(value.reviews[0].published, words)}.`}{' '}
        <span className="hash" dir="ltr">
          SHA-256 {value.sha256}
        </span>
      </p>
      <div className="sheet text">
        <p lang={value.language} dir="auto">
          {piecesOf([0, value.text.length], marks, to > from ? [[from, to]] : [], []).map((piece) => (
            <span key={piece.start}>
              {piece.over.length > 0 || isHere(piece.start) ? (
                <mark ref={isHere(piece.start) && piece.start === from ? first : undefined} className={isHere(piece.start) ? 'on' : 'ok'}>
                  {value.text.slice(piece.start, piece.end)}
                </mark>
              ) : (
                value.text.slice(piece.start, piece.end)
              )}
              {[...new Set(piece.ends.map((n) => claims[n]!.statement!))].map((id) => (
                <Chip key={id} id={id} />
              ))}
            </span>
          ))}
        </p>
      </div>
    </div>
  );
}
