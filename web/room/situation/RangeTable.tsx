import { type ReactNode, useId } from 'react';
import { go, useAddress, withQuery } from '../app/address.ts';
import { useWords, type Words } from '../app/context.tsx';
import { Engine, glyphOf, Glyph } from '../app/marks.tsx';
import type { Word } from '../app/words/en.ts';
import { type Axis, axisOf, type Mark, marksOf, numbersOf, ticksOf } from './plot.ts';
import type { Figure, PerSource } from './shape.ts';

/** The span of what is said, in words: "7,500 to more than 9,500". */
export function spanOf(figure: Figure, words: Words): string {
  const claims = figure.per_source.flatMap((s) => s.claims ?? []);
  const top = figure.high === null ? claims.filter((c) => c.high === null && c.low !== null).reduce<(typeof claims)[number] | undefined>((a, b) => ((a?.low ?? -1) < b.low! ? b : a), undefined) : undefined;
  const n = (value: number): string => words.number(value);
  if (figure.low === null && figure.high === null) return top ? top.words : words.say('noNumber');
  if (figure.high === null) return figure.low === null || figure.low === top?.low ? (top?.words ?? words.say('andUp', { low: figure.low ?? 0 })) : words.say('to', { low: n(figure.low), high: top?.words ?? '' });
  if (figure.low === null) return words.say('upTo', { high: n(figure.high) });
  return figure.low === figure.high ? (figure.approximate ? words.say('about', { n: n(figure.low) }) : n(figure.low)) : words.say('to', { low: n(figure.low), high: n(figure.high) });
}

export const rangeWords = (low: number | null, high: number | null, words: Words): string =>
  low === null && high === null ? words.say('noNumber') : high === null ? words.say('andUp', { low: low! }) : low === null ? words.say('upTo', { high }) : low === high ? words.number(low) : words.say('to', { low: words.number(low), high: words.number(high) });

function Drawn({ marks, hatch }: { marks: readonly Mark[]; hatch: string }): ReactNode {
  const whole = marks.filter((m) => !m.part);
  const parts = marks.filter((m) => m.part);
  const room = 100 / Math.max(1, whole.length + parts.length * 0.6);
  let top = 0;
  return (
    <svg className="plot" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {marks.map((mark, i) => {
        const height = room * (mark.part ? 0.6 : 1);
        const y = top + height * 0.25;
        const h = height * 0.5;
        top += height;
        const middle = `${y + h / 2}%`;
        return (
          // biome-ignore lint: marks have no identity but their place
          <g key={i}>
            {mark.shape === 'dotted' && <line className="none" x1="0" x2="100%" y1={middle} y2={middle} />}
            {mark.shape === 'tick' && <rect className="bar" x={`calc(${mark.from}% - 1.5px)`} y={`${y}%`} width="3" height={`${h}%`} />}
            {mark.shape === 'block' && <rect className="bar" x={`${mark.from}%`} width={`${Math.max(0.6, mark.to - mark.from)}%`} y={`${y}%`} height={`${h}%`} />}
            {mark.shape === 'hatched' && <rect x={`${mark.from}%`} width={`${Math.max(0.6, mark.to - mark.from)}%`} y={`${y}%`} height={`${h}%`} fill={`url(#${hatch})`} stroke="currentColor" />}
            {mark.shape === 'from-zero' && <rect x="0" width={`${mark.to}%`} y={`${y}%`} height={`${h}%`} fill={`url(#${hatch})`} stroke="currentColor" />}
            {mark.shape === 'arrow' && (
              <>
                <line className="ln" x1={`${mark.from}%`} x2={`${mark.to}%`} y1={middle} y2={middle} />
                <line className="ln" x1={`${mark.from}%`} x2={`${mark.from}%`} y1={`${y}%`} y2={`${y + h}%`} />
                <svg x={`calc(${mark.to}% - 6px)`} y={`calc(${middle} - 4px)`} width="7" height="8" viewBox="0 0 7 8" overflow="visible">
                  <path d="M1 0 6 4 1 8" className="ln" />
                </svg>
              </>
            )}
            {mark.ticks.map((tick) => mark.shape === 'hatched' && <rect key={tick} className="bar" x={`calc(${tick}% - 1px)`} y={`${y}%`} width="2" height={`${h}%`} />)}
          </g>
        );
      })}
    </svg>
  );
}

/** Marks on the grid of an axis that other rows share. */
export function PlotBox({ marks, axis, hatch }: { marks: readonly Mark[]; axis: Axis; hatch: string }): ReactNode {
  return (
    <div className="plotbox">
      <svg className="plot grids" aria-hidden="true" focusable="false">
        <defs>
          <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="2.2" height="5" fill="currentColor" />
          </pattern>
        </defs>
        {ticksOf(axis).map((tick) => (
          <line key={tick} className={tick === 0 ? 'zero' : 'grid'} x1={`${(100 * tick) / axis.end}%`} x2={`${(100 * tick) / axis.end}%`} y1="0" y2="100%" />
        ))}
      </svg>
      <Drawn marks={marks} hatch={hatch} />
    </div>
  );
}

/** The numbers of an axis, under the rows that share it. */
export function AxisRow({ axis }: { axis: Axis }): ReactNode {
  const words = useWords();
  return (
    <div className="axisrow" aria-hidden="true">
      <div className="axis">
        {ticksOf(axis).map((tick) => (
          <span key={tick} ref={(span) => span?.style.setProperty('--x', `${(100 * tick) / axis.end}%`)}>
            {words.number(tick)}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Parts named in the row itself; all of them are drawn, and the statement lists them. */
const mostParts = 2;

function wordsOf(source: PerSource, words: Words): ReactNode {
  const claims = source.claims ?? [];
  const parts = claims.flatMap((c) => c.including ?? []);
  return (
    <>
      <span lang="en" dir="ltr">
        {claims.length > 0 ? [...new Set(claims.map((c) => c.words))].join('; ') : rangeWords(source.low, source.high, words)}
      </span>
      {parts.slice(0, mostParts).map((p) => (
        <small key={`${p.id}${p.category}`}>
          <Engine>{words.say('including', { words: p.words, category: p.category.replaceAll('-', ' ') })}</Engine>
        </small>
      ))}
      {parts.length > mostParts && <small className="num">+{words.number(parts.length - mostParts)}</small>}
    </>
  );
}

/** One figure as a table with a plot in it. The words carry the bound; the drawing only repeats them. */
export function RangeTable({ figure, sameOrigin, withHead = false }: { figure: Figure; sameOrigin: readonly (readonly string[])[]; withHead?: boolean }): ReactNode {
  const words = useWords();
  const address = useAddress();
  const hatch = `h${useId().replace(/\W/g, '')}`;
  const axis = axisOf(numbersOf(figure));
  const rows = [...figure.per_source].sort((a, b) => (b.high ?? b.low ?? -1) - (a.high ?? a.low ?? -1) || a.source.localeCompare(b.source));
  const originOf = (row: PerSource): number => sameOrigin.findIndex((group) => row.ids.some((id) => group.includes(id)));
  const origins = rows.map(originOf);
  const shared = (i: number): boolean => origins[i]! >= 0 && origins.filter((o) => o === origins[i]).length > 1;
  return (
    <div className="rpwrap">
      <table className="rp">
        <caption className="vh">{figure.what}</caption>
        <colgroup>
          <col className="c1" />
          <col className="c2" />
          <col />
        </colgroup>
        <thead className={withHead ? '' : 'vh'}>
          <tr>
            <th scope="col">{words.say('sourceColumn')}</th>
            <th scope="col">{words.say('saysColumn')}</th>
            <th scope="col">{words.say('plotColumn')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => {
            const open = withQuery(address, { open: `statement:${row.ids.at(-1) ?? ''}` });
            return (
              <tr key={row.source_id} data-row className={shared(i) ? 'same' : ''} onClick={() => go(open)}>
                <th scope="row">
                  <a href={open} className="src">
                    <Glyph kind={row.source_kind} />
                    <bdi>
                      {row.source}
                      <span className="vh">, {words.say(`kind_${row.source_kind}` as Word)}</span>
                    </bdi>
                  </a>
                </th>
                <td className="val">{wordsOf(row, words)}</td>
                <td className={`pl k-${glyphOf(row.source_kind)}`}>
                  <PlotBox marks={marksOf(row, axis)} axis={axis} hatch={`${hatch}${i}`} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <AxisRow axis={axis} />
    </div>
  );
}
