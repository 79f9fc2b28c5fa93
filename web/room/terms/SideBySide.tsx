import { type ReactNode, useId } from 'react';
import { useWords, type Words } from '../app/context.tsx';
import { Engine } from '../app/marks.tsx';
import { axisOf, markOf } from '../situation/plot.ts';
import { AxisRow, PlotBox, rangeWords } from '../situation/RangeTable.tsx';
import type { Clause, Total } from './shape.ts';

// "At least none" bounds nothing: it is drawn and said as what it is.
const isOpen = (total: Total | undefined): boolean => !total || (total.low === 0 && total.high === null);

const saidOf = (total: Total | undefined, words: Words): string => (!total ? words.say('termsNobodyCounts') : isOpen(total) ? words.say('termsNotSettled') : rangeWords(total.low, total.high, words));

/** Two totals of one agreement on one axis, and nothing of what one would be for the other. */
export function SideBySide({ clause }: { clause: Clause }): ReactNode {
  const words = useWords();
  const hatch = `h${useId().replace(/\W/g, '')}`;
  const rows: [string, Total | undefined][] = [
    [clause.two_totals![0], clause.total],
    [clause.two_totals![1], clause.against],
  ];
  const axis = axisOf(rows.flatMap(([, t]) => [t?.low ?? 0, t?.high ?? 0]));
  return (
    <div className="sidebyside">
      <table className="rp">
        <caption>{words.say('termsParallel')}</caption>
        <colgroup>
          <col className="c1" />
          <col className="c2" />
          <col />
        </colgroup>
        <tbody>
          {rows.map(([name, total], i) => (
            <tr key={name}>
              <th scope="row">
                <Engine>{name}</Engine>
              </th>
              <td className="val">{saidOf(total, words)}</td>
              <td className="pl">
                <PlotBox marks={[markOf(isOpen(total) ? { low: null, high: null } : total!, axis)]} axis={axis} hatch={`${hatch}${i}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <AxisRow axis={axis} />
    </div>
  );
}
