import { type ReactNode, useEffect, useRef } from 'react';
import { go, useAddress, withQuery } from '../app/address.ts';
import { viewQuery } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chip, Chips, Engine, Refused } from '../app/marks.tsx';
import { StatementPage } from '../statements/StatementPage.tsx';
import { RangeTable, rangeWords, spanOf } from './RangeTable.tsx';
import type { Figure, ProofLine, Situation } from './shape.ts';

/** What stands behind a number or a statement, over the room. Its address can be sent; Esc closes, and the focus returns to where it was. */
export function Drawer({ open, situation }: { open: string; situation: Situation | undefined }): ReactNode {
  const words = useWords();
  const address = useAddress();
  const dialog = useRef<HTMLDialogElement>(null);
  const [kind, ...rest] = open.split(':');
  const id = rest.join(':');
  const figure = kind === 'figure' ? situation?.figures.find((f) => f.id === id) : undefined;
  const close = (): void => go(withQuery(address, { open: '' }));
  useEffect(() => {
    const back = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (back instanceof HTMLElement && back.isConnected) back.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} className="drawer" aria-label={figure?.what ?? id} onClose={close} onClick={(e) => e.target === dialog.current && dialog.current?.close()}>
      <div className="drawerin">
        <button type="button" className="btn close" onClick={() => dialog.current?.close()}>
          {words.say('close')} <kbd>Esc</kbd>
        </button>
        {figure ? <FigureProof figure={figure} situation={situation!} /> : kind === 'statement' ? <StatementPage id={id} /> : <p className="empty">{words.say('noFigures')}</p>}
      </div>
    </dialog>
  );
}

function FigureProof({ figure, situation }: { figure: Figure; situation: Situation }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const address = useAddress();
  const isParty = room.roles.some((r) => r === 'party' || r === 'guarantor');
  const explanation = useAnswer<{ text: string; svg: string | null }>(isParty ? null : `/operations/${room.operation.slug}/explanations/${figure.id.split('/').map(encodeURIComponent).join('/')}${viewQuery(address.query)}`);
  const held = figure.consensus;
  return (
    <>
      <h2>
        <Engine>{figure.what}</Engine>
      </h2>
      <p className="big num">{spanOf(figure, words)}</p>
      <p className="muted">{words.say('saidSpan')}</p>
      <h3>{words.say('drawerSaid')}</h3>
      <RangeTable figure={figure} sameOrigin={situation.same_origin} withHead />
      <p>
        {words.say('allStatements')}: <Chips ids={figure.per_source.flatMap((s) => s.ids)} most={40} />
      </p>
      <h3>{words.say('drawerTogether')}</h3>
      {held ? (
        <>
          <p>{words.say('holdsTogether', { range: rangeWords(held.low, held.high, words) })}</p>
          <ProofTable title={words.say('proofLow')} lines={held.proof.low} end={held.low} none={words.say('noProofLow')} />
          <ProofTable title={words.say('proofHigh')} lines={held.proof.high} end={held.high} none={words.say('noProofHigh')} />
        </>
      ) : (
        <p>{words.say('holdsNothing')}</p>
      )}
      {(figure.without ?? []).length > 0 && (
        <>
          <h4>{words.say('without')}</h4>
          <ul>
            {figure.without!.map((w) => (
              <li key={w.source}>
                <bdi>{w.source}</bdi>: <span className="num">{rangeWords(w.low, w.high, words)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Refused failure={explanation.refusal} />
      {explanation.value && (
        <details>
          <summary>{words.say('explanation')}</summary>
          <pre lang="en" dir="ltr" tabIndex={0}>
            {explanation.value.text}
          </pre>
          {explanation.value.svg && <img className="network" alt="" src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(explanation.value.svg)}`} />}
        </details>
      )}
    </>
  );
}

// The statements, a rule line, then the bound; numbers in one column, so that it adds up by eye.
function ProofTable({ title, lines, end, none }: { title: string; lines: readonly ProofLine[]; end: number | null; none: string }): ReactNode {
  const words = useWords();
  if (end === null || lines.length === 0) return <p className="muted">{none}</p>;
  return (
    <table className="proof">
      <caption>{title}</caption>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.id ?? line.rule}${line.says}`}>
            <td>{line.id && <Chip id={line.id} />}</td>
            <td>
              <Engine>
                {line.times && line.times !== 1 ? `${line.times} × ` : ''}
                {line.says}
              </Engine>
            </td>
            <td className="num">{line.amount === 0 ? '' : words.number(line.amount)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td />
          <th scope="row">{words.say('sum')}</th>
          <td className="num">{words.number(lines.reduce((sum, l) => sum + l.amount, 0))}</td>
        </tr>
      </tfoot>
    </table>
  );
}
