import type { ReactNode } from 'react';
import { useField } from '../field.js';
import { Page } from '../parts/parts.js';

/** Where one stands and counts. An open vehicle of another line stays open there. */
export function Lines(): ReactNode {
  const { say, operation, labelOf, work, change, go } = useField();
  return (
    <Page title={say('line.title')}>
      <p>{say('line.how')}</p>
      {operation.lines.length === 0 && <p>{say('line.none')}</p>}
      <ul className="stack">
        {operation.lines.map((line) => (
          <li key={line.id}>
            <button className="tile" aria-pressed={work.line === line.id} onClick={() => void change((now) => ({ ...now, line: line.id })).then(() => go('menu'))}>
              {labelOf(line)}
            </button>
          </li>
        ))}
      </ul>
    </Page>
  );
}
