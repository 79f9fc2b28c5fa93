// The paper sheet: for a flat battery or a place where a phone is not wanted. It prints in the language of this phone, on one A4 page across.
import type { ReactNode } from 'react';
import { useField } from '../field.js';
import { Act, Page } from '../parts/parts.js';

/** Rows of one page. */
const rows = 16;

export function Sheet({ expectAway }: { expectAway: () => void }): ReactNode {
  const { t, say, line, labelOf, operation, go } = useField();
  const columns = ['sheet.number', 'sheet.vehicle', 'sheet.trip', 'tally.women', 'tally.men', 'tally.girls', 'tally.boys', 'tally.unknown', 'sheet.total', 'sheet.wounded', ...(operation.fightersTallied ? (['tally.fighters'] as const) : []), 'sheet.crew', 'sheet.time', 'sheet.relayed'] as const;
  return (
    <Page title={say('go.sheet')} actions={<><Act onPress={() => go('menu')}>{say('back')}</Act><Act go onPress={() => { expectAway(); print(); }}>{say('sheet.print')}</Act></>}>
      <p className="noprint">{say('sheet.how')}</p>
      <div className="sheet" tabIndex={0} role="region" aria-label={say('sheet.title')}>
        <h2>{say('sheet.title')}</h2>
        <p className="blanks">
          <span>{say('sheet.line')}: {line ? labelOf(line) : <i />}</span>
          {(['sheet.date', 'sheet.team', 'sheet.page'] as const).map((word) => <span key={word}>{say(word)}: <i /></span>)}
        </p>
        <table>
          <thead><tr>{columns.map((column) => <th key={column} scope="col">{say(column)}{column === 'tally.fighters' && <><br />({say('tally.above')})</>}</th>)}</tr></thead>
          <tbody>
            {Array.from({ length: rows }, (_, row) => <tr key={row}>{columns.map((column, n) => (n === 0 ? <th key={column} scope="row" className="num">{t.number(row + 1)}</th> : <td key={column} />))}</tr>)}
          </tbody>
        </table>
        <p>{say('sheet.rule')}</p>
      </div>
    </Page>
  );
}
