import { type ReactNode, useRef, useState } from 'react';
import { toView, useAddress } from '../app/address.ts';
import { call, type Refusal } from '../app/api.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Engine, Refused } from '../app/marks.tsx';
import { useTrying } from '../app/trying.ts';
import { AddTerm } from './AddTerm.tsx';
import type { Checked, WordingProblem } from './shape.ts';

const start = `agreement "Title of the agreement"
  parties     north "First party"; south "Second party"
  in force    from 2031-05-02T18:00

term 1 "No fire"
  never fire
`;

// What is being written outlives a look at another view; it is gone with the page.
const drafts = new Map<string, string>();

/** The text of the agreement, what is wrong with it and where, and the form that writes terms into it. Nothing is kept before Enter is pressed. */
export function Entering({ entered, problems }: { entered: string | null; problems: readonly WordingProblem[] }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const address = useAddress();
  const slug = room.operation.slug;
  const path = `/operations/${slug}/agreement`;
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setTextOnly] = useState(drafts.get(slug) ?? entered ?? start);
  const [wrong, setWrong] = useState(problems);
  const [checked, setChecked] = useState<Checked>();
  const [done, setDone] = useState('');
  const { failure, busy, attempt } = useTrying();
  const setText = (next: string): void => {
    drafts.set(slug, next);
    setTextOnly(next);
    setDone('');
  };
  const goTo = (p: WordingProblem): void => {
    const field = area.current;
    if (!field) return;
    const at = offsetOf(text, p.line, p.column);
    field.focus();
    field.setSelectionRange(at, Math.min(text.length, at + p.length));
    // The browser scrolls to the caret only when something is typed there.
    field.scrollTop = Math.max(0, (p.line - 4) * Number.parseFloat(getComputedStyle(field).lineHeight));
  };
  const check = (): void =>
    void attempt(async () => {
      const answer = await call<Checked>('POST', `${path}/check`, { text });
      setChecked(answer);
      setWrong(answer.problems);
      setDone(answer.understood ? words.say('termsUnderstood', { n: answer.terms.length }) : words.say('termsWrong', { n: answer.problems.length }));
    });
  const keep = (): void =>
    void attempt(async () => {
      try {
        const answer = await call<{ changed: boolean; terms: number; problems: WordingProblem[] }>('PUT', path, { text });
        drafts.delete(slug);
        setWrong(answer.problems);
        setChecked(undefined);
        setDone(answer.changed ? words.say('termsEntered', { n: answer.terms }) : words.say('termsSame'));
      } catch (refused) {
        const all = (refused as Refusal).answer as { problems?: WordingProblem[] } | undefined;
        if (!all?.problems) throw refused;
        setWrong(all.problems);
        setDone(`${words.say('termsWrong', { n: all.problems.length })} ${words.say('termsNothingKept')}`);
      }
    });
  return (
    <>
      <h1>{words.say('termsEnter')}</h1>
      <p>
        <a className="lnk" href={toView(address, 'terms')}>
          {words.say('termsBack')}
        </a>
      </p>
      <p className="muted">{words.say('termsTextHow')}</p>
      <div className="writing">
        <label className="entry">
          <span>{words.say('termsText')}</span>
          <textarea ref={area} className="code" dir="ltr" lang="en" rows={24} spellCheck={false} autoCapitalize="off" autoComplete="off" value={text} aria-describedby="wrong" onChange={(e) => setText(e.target.value)} />
        </label>
        <section className="problems" id="wrong" aria-label={words.say('termsProblems')}>
          <h2>{words.say('termsProblems')}</h2>
          {wrong.length === 0 ? <p className="muted">{words.say('termsNoProblems')}</p> : <Problems problems={wrong} goTo={goTo} />}
        </section>
      </div>
      <Refused failure={failure} />
      <p role="status" className="outcome">
        {done}
      </p>
      <p className="row">
        <button type="button" className="btn" disabled={busy} onClick={check}>
          {words.say('termsCheck')}
        </button>
        <button type="button" className="btn main" disabled={busy} onClick={keep}>
          {words.say('termsKeep')}
        </button>
      </p>
      {checked?.understood && (
        <details open>
          <summary>{words.say('termsPlain')}</summary>
          <ul className="plainly">
            {checked.head.map((line) => (
              <li key={line}>
                <Engine>{line}</Engine>
              </li>
            ))}
            {checked.terms.map((t) => (
              <li key={t.number}>
                <Engine>
                  <b>
                    {t.number}. {t.title}
                  </b>{' '}
                  {t.asks.join(' ')} <span className="muted">{t.about.join(' ')}</span>
                </Engine>
              </li>
            ))}
          </ul>
        </details>
      )}
      <AddTerm
        path={`${path}/form`}
        text={text}
        added={(next, number) => {
          setText(next);
          setWrong([]);
          setChecked(undefined);
          setDone(words.say('termsAdded', { n: number }));
        }}
        wrongText={(all) => setWrong(all)}
      />
    </>
  );
}

function Problems({ problems, goTo }: { problems: readonly WordingProblem[]; goTo(p: WordingProblem): void }): ReactNode {
  const words = useWords();
  return (
    <ol>
      {problems.map((p) => (
        <li key={`${p.line}.${p.column}.${p.code}.${p.message}`}>
          <button type="button" className="lnk" onClick={() => goTo(p)}>
            {words.say('termsPlace', { line: p.line, column: p.column })}
          </button>{' '}
          {p.severity === 'warning' && <span className="tag">{words.say('termsWarning')}</span>}
          <Engine>{p.message}</Engine>
          {p.expected && (
            <small className="muted">
              {words.say('termsExpected')} <Engine>{p.expected}</Engine>
            </small>
          )}
          {p.suggestion && (
            <small className="muted">
              {words.say('termsSuggestion')} <Engine>{p.suggestion}</Engine>
            </small>
          )}
        </li>
      ))}
    </ol>
  );
}

/** Where a line and a column, both from 1, stand in the text. */
function offsetOf(text: string, line: number, column: number): number {
  let at = 0;
  for (let n = 1; n < line; n++) {
    const next = text.indexOf('\n', at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return Math.min(text.length, at + column - 1);
}
