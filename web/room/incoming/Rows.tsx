// What every row of a file becomes, and what is wrong with it: the same for a list and a table.
import { type ReactNode, useState } from 'react';
import { useWords } from '../app/context.tsx';
import { Engine } from '../app/marks.tsx';

const PAGE = 200;

export interface Row {
  readonly line: number;
  readonly id: string;
  readonly kind: string;
  readonly wording: string;
  readonly unmapped: boolean;
  readonly standing: 'new' | 'there' | 'conflict';
  readonly how: readonly string[];
}

export interface Imported {
  readonly rows: readonly Row[];
  readonly problems: readonly { readonly code: string; readonly message: string; readonly place: string }[];
  readonly new: number;
  readonly already_there: number;
  readonly unmapped: number;
  readonly recorded: number;
  readonly left_behind?: number | null;
}

/** What would be new, and the button that takes it in. */
export function TakeIn({ tried, busy, take }: { tried: Imported; busy: boolean; take(): void }): ReactNode {
  const words = useWords();
  return (
    <>
      <p>
        {tried.left_behind == null
          ? words.say('importFacts', { fresh: words.number(tried.new), there: words.number(tried.already_there), unmapped: words.number(tried.unmapped) })
          : words.say('exportFacts', { fresh: words.number(tried.new), there: words.number(tried.already_there), behind: words.number(tried.left_behind) })}
      </p>
      {tried.new > 0 ? (
        <p>
          <button type="button" className="btn main" disabled={busy} onClick={take}>
            {words.say('importTake', { n: tried.new })}
          </button>
        </p>
      ) : (
        <p>{words.say(tried.left_behind ? 'exportNothingNew' : 'importNothingNew')}</p>
      )}
    </>
  );
}

export function Problems({ problems }: { problems: Imported['problems'] }): ReactNode {
  return (
    <ul className="list">
      {problems.map((p) => (
        <li key={p.place + p.code + p.message}>
          <Engine>
            <b>{p.place}</b>: {p.message}
          </Engine>
        </li>
      ))}
    </ul>
  );
}

export function Rows({ rows }: { rows: readonly Row[] }): ReactNode {
  const words = useWords();
  const [shown, setShown] = useState(PAGE);
  return (
    <>
      <div className="scrolls" tabIndex={0} role="region" aria-label={words.say('rowBecomes')}>
        <table className="rows">
          <thead>
            <tr>
              <th scope="col">{words.say('rowLine')}</th>
              <th scope="col">{words.say('rowBecomes')}</th>
              <th scope="col">{words.say('rowHow')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((r) => (
              <tr key={r.id}>
                <th scope="row" className="num">
                  {words.number(r.line)}
                  <small dir="ltr">{r.id}</small>
                </th>
                <td>
                  <Engine>
                    {r.kind}: {r.wording}
                  </Engine>{' '}
                  <span className="tag">{words.say(r.unmapped ? 'rowUnmapped' : `row_${r.standing}`)}</span>
                </td>
                <td className="muted small">
                  <Engine>{r.how.join(' · ')}</Engine>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown && (
        <p>
          <button type="button" className="btn" onClick={() => setShown(shown + PAGE)}>
            {words.say('moreRows', { n: Math.min(PAGE, rows.length - shown) })}
          </button>
        </p>
      )}
    </>
  );
}
