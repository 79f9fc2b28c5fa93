import { type ReactNode, useId } from 'react';
import { useWords, type Words } from '../app/context.tsx';
import { Engine } from '../app/marks.tsx';
import { axisOf, markOf } from '../situation/plot.ts';
import { Drawn, rangeWords } from '../situation/RangeTable.tsx';
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
  const ticks = Array.from({ length: Math.round(axis.end / axis.step) + 1 }, (_, i) => i * axis.step);
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
                <div className="plotbox">
                  <svg className="plot grids" aria-hidden="true" focusable="false">
                    <defs>
                      <pattern id={`${hatch}${i}`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <rect width="2.2" height="5" fill="currentColor" />
                      </pattern>
                    </defs>
                    {ticks.map((tick) => (
                      <line key={tick} className={tick === 0 ? 'zero' : 'grid'} x1={`${(100 * tick) / axis.end}%`} x2={`${(100 * tick) / axis.end}%`} y1="0" y2="100%" />
                    ))}
                  </svg>
                  <Drawn marks={[markOf(isOpen(total) ? { low: null, high: null } : total!, axis)]} hatch={`${hatch}${i}`} />
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="axisrow" aria-hidden="true">
        <div className="axis">
          {ticks.map((tick) => (
            <span key={tick} ref={(span) => span?.style.setProperty('--x', `${(100 * tick) / axis.end}%`)}>
              {words.number(tick)}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}
