import type { ReactNode } from 'react';
import { useWords } from '../app/context.tsx';
import { readingWord } from './reading.ts';
import type { Term } from './shape.ts';

// A shape for each reading, always beside its word and in the colour of the text: none of them is good or bad news by its colour.
function Shape({ verdict }: { verdict: string | undefined }): ReactNode {
  const ring = <circle cx="8" cy="8" r="6.1" fill="none" stroke="currentColor" strokeWidth="1.8" />;
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {verdict === 'kept' && (
        <>
          <circle cx="8" cy="8" r="7" fill="currentColor" />
          <path d="M4.6 8.3 7 10.7l4.4-5" fill="none" stroke="var(--sheet)" strokeWidth="2" />
        </>
      )}
      {verdict === 'late' && (
        <>
          {ring}
          <path d="M8 4v4.2l3 1.9" fill="none" stroke="currentColor" strokeWidth="1.8" />
        </>
      )}
      {verdict === 'partly' && (
        <>
          {ring}
          <path d="M8 2v12A6 6 0 0 1 8 2z" fill="currentColor" />
        </>
      )}
      {verdict === 'broken' && <path d="M9.2 1 5.6 8.6l3 .8L5.8 14.7A7 7 0 0 1 9.2 1zM11.2 1.7 8.4 7.2l3 .8-3.2 7A7 7 0 0 0 11.2 1.7z" fill="currentColor" />}
      {verdict === 'disputed' && (
        <>
          <circle cx="5.6" cy="8" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.8" />
          <circle cx="10.4" cy="8" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.8" />
        </>
      )}
      {verdict === 'pending' && <circle cx="8" cy="8" r="6.1" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="3 2.5" />}
      {verdict === 'unclear' && (
        <>
          <circle cx="8" cy="8" r="6.1" fill="none" stroke="currentColor" strokeWidth="1.4" />
          <path d="M5.9 6.4c0-2.7 4.2-2.6 4.2 0 0 1.6-2.1 1.5-2.1 3.1" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <circle cx="8" cy="11.7" r=".95" fill="currentColor" />
        </>
      )}
      {!verdict && <path d="M2 5h12M2 11h8" fill="none" stroke="currentColor" strokeWidth="2.4" />}
    </svg>
  );
}

export function ReadingMark({ term }: { term: Term }): ReactNode {
  const words = useWords();
  return (
    <span className="reading">
      <Shape verdict={term.shown ? term.verdict : undefined} />
      <span>{readingWord(term, words)}</span>
    </span>
  );
}
