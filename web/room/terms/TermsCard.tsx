import type { ReactNode } from 'react';
import { toView, useAddress } from '../app/address.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Engine, Panel } from '../app/marks.tsx';
import { when } from '../situation/Board.tsx';
import { ClockLine } from './ClockLine.tsx';
import { clockOf, first } from './reading.ts';
import { ReadingMark } from './ReadingMark.tsx';
import type { Term } from './shape.ts';
import './terms.css';

const most = 5;

/** The terms to look at first, on the board: whose clock runs, then what changed last. How many read how is not counted. */
export function TermsCard({ terms, asOf }: { terms: readonly Term[] | undefined; asOf: string | null }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const address = useAddress();
  // As the terms were judged: up to the time asked for, or the last that became known.
  const upTo = asOf ?? room.operation.known_to ?? room.operation.now;
  if (!terms || terms.length === 0) {
    return terms && room.roles.includes('reporting-officer') ? (
      <Panel title={words.say('viewTerms')}>
        <p className="more">
          <a className="lnk" href={toView(address, 'terms')}>
            {words.say('termsEnter')}
          </a>
        </p>
      </Panel>
    ) : null;
  }
  return (
    <Panel title={words.say('viewTerms')} note={words.say('termsNotFinding')} className="termcard">
      <ul>
        {first(terms, upTo, most).map((term) => {
          const clock = term.clauses.map((c) => clockOf(c, upTo, null)).find((c) => c?.state === 'running');
          return (
            <li key={term.id}>
              <ReadingMark term={term} />
              <div>
                <h3>
                  <Engine>
                    {term.id}. {term.title}
                  </Engine>
                </h3>
                <p className="muted small">
                  <Engine>{term.sentence}</Engine>
                </p>
              </div>
              {clock ? <ClockLine clock={clock} /> : term.since && <span className="clk">{words.say('since', { when: when(term.since, words) })}</span>}
            </li>
          );
        })}
      </ul>
      <p className="more">
        <a className="lnk" href={toView(address, 'terms')}>
          {words.say('termsAll')}
        </a>
      </p>
    </Panel>
  );
}
