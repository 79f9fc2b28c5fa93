import { type ReactNode, useEffect, useState } from 'react';
import type { Refusal } from '../app/api.ts';
import { useWords } from '../app/context.tsx';
import { Refused } from '../app/marks.tsx';
import { editionWord, type EditionName } from './shape.ts';

/** Editions of one report side by side as tabs, each shown as the document it is: no script runs in it. */
export function Papers({ which, addressOf }: { which: readonly EditionName[]; addressOf(edition: EditionName): string }): ReactNode {
  const words = useWords();
  const [open, setOpen] = useState<EditionName>();
  return (
    <>
      <div className="tabs">
        {which.map((edition) => (
          <button key={edition} type="button" className="btn" aria-expanded={open === edition} aria-label={words.say('openEdition', { edition: words.say(editionWord[edition]) })} onClick={() => setOpen(open === edition ? undefined : edition)}>
            {words.say(editionWord[edition])}
          </button>
        ))}
      </div>
      {open && <Paper key={open} address={addressOf(open)} title={words.say(editionWord[open])} />}
    </>
  );
}

function Paper({ address, title }: { address: string; title: string }): ReactNode {
  const words = useWords();
  const [failure, setFailure] = useState<Pick<Refusal, 'message'>>();
  // A frame shows a refusal as raw text: ask first, so that it reads as every other refusal does.
  useEffect(() => {
    const leaving = new AbortController();
    fetch(address, { credentials: 'same-origin', signal: leaving.signal }).then(
      async (answer) => {
        if (!answer.ok) setFailure({ message: ((await answer.json()) as { detail: string }).detail });
      },
      () => leaving.signal.aborted || setFailure({ message: words.say('noConnectionYet') }),
    );
    return () => leaving.abort();
  }, [address, words]);
  return failure ? <Refused failure={failure} /> : <iframe className="paper" title={title} src={address} sandbox="allow-same-origin" />;
}
