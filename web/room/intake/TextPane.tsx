import { Fragment, memo, type ReactNode, useMemo } from 'react';
import { useWords } from '../app/context.tsx';
import type { Word } from '../app/words/en.ts';
import { blocksOf, type Marked, piecesOf } from './pieces.ts';
import type { Pair, Proposal } from './shape.ts';

export interface Shown extends Marked {
  readonly state: 'open' | 'stands' | 'rejected';
  readonly isToCheck: boolean;
  /** Marked by the officer. */
  readonly isAdded: boolean;
}

interface Props {
  readonly text: string;
  readonly language: string;
  readonly proposals: readonly Proposal[];
  readonly marks: readonly Shown[];
  readonly aside: readonly Pair[];
  readonly selected: number;
  readonly publisher: string;
  /** The kind of source a name stands for, for the colour that repeats its shape. */
  kindOf(name: string | null): string | undefined;
  select(n: number): void;
}

/** The text as it came, who speaks in the margin, and each claim marked where it stands. */
export const TextPane = memo(function TextPane({ text, language, proposals, marks, aside, selected, publisher, kindOf, select }: Props): ReactNode {
  const words = useWords();
  const blocks = useMemo(() => {
    const starts = [...proposals].sort((a, b) => a.span[0] - b.span[0]);
    return blocksOf(
      text,
      ([start, end]) => {
        const first = starts.find((p) => start <= p.span[0] && p.span[0] < end);
        return first ? speakerKey(first) : null;
      },
      aside,
    );
  }, [text, proposals, aside]);
  const loaded = useMemo(() => proposals.flatMap((p) => p.loaded), [proposals]);
  const cut = useMemo(() => blocks.map((block) => ({ block, pieces: piecesOf(block.span, marks, loaded, aside) })), [blocks, marks, loaded, aside]);
  const byN = new Map(marks.map((m) => [m.n, m]));
  const speakers = useMemo(() => new Map(proposals.map((p) => [speakerKey(p), p])), [proposals]);
  return (
    <>
      {cut.map(({ block, pieces }) => {
        const speaker = block.speaker === null ? undefined : speakers.get(block.speaker);
        const kind = speaker && kindOf(speaker.source?.name ?? null);
        return (
          <div key={block.span[0]} className={`para ${block.aside ? 'boil' : ''}`}>
            <div className={`spk ${kind ? `k-${short[kind] ?? kind}` : ''}`}>
              {block.aside ? (
                <span>{words.say('intakeSetAside')}</span>
              ) : (
                speaker && (
                  <>
                    <b dir="auto">{speaker.source?.name ?? publisher}</b>
                    {speaker.via.length > 0 && <span>{words.say('relayedBy', { source: speaker.via.map((v) => v.name).join(', ') })}</span>}
                    {!speaker.source && <span>{words.say('intakeOwnVoice')}</span>}
                    {speaker.source && !speaker.source.words && <span>{words.say('intakeCarriedOver')}</span>}
                  </>
                )
              )}
            </div>
            <p lang={language} dir="auto">
              {pieces.map((piece) => {
                const claim = piece.over.map((n) => byN.get(n)!).find((m) => m.state !== 'rejected') ?? byN.get(piece.over[0] ?? -1);
                const isOn = piece.over.includes(selected);
                const words_ = (
                  <span data-s={piece.start} className={`${piece.loaded ? 'lw' : ''} ${piece.aside && !block.aside ? 'boil' : ''}`}>
                    {text.slice(piece.start, piece.end)}
                  </span>
                );
                return (
                  <Fragment key={piece.start}>
                    {claim ? (
                      <mark className={`${isOn ? 'on' : ''} ${claim.state === 'stands' ? 'ok' : claim.state === 'rejected' ? 'no' : claim.isToCheck ? 'chk' : ''} ${piece.over.length > 1 ? 'in' : ''}`}>{words_}</mark>
                    ) : (
                      words_
                    )}
                    {piece.ends.map((n) => (
                      <a
                        key={n}
                        href={`#claim-${n}`}
                        className={`nth ${n === selected ? 'on' : ''}`}
                        onClick={(e) => {
                          e.preventDefault();
                          select(n);
                        }}
                      >
                        <span className="vh">{words.say('intakeClaim')} </span>
                        {n < 0 ? `+${-n}` : n}
                        <span className="vh"> {words.say(`intakeState_${byN.get(n)?.state ?? 'open'}` as Word)}</span>
                      </a>
                    ))}
                  </Fragment>
                );
              })}
            </p>
          </div>
        );
      })}
      <p className="legend">
        <span>
          <mark className="on">{words.say('intakeKeySelected')}</mark>
        </span>
        <span>
          <mark className="ok">{words.say('intakeKeyStands')}</mark>
        </span>
        <span>
          <mark>{words.say('intakeKeyOpen')}</mark>
        </span>
        <span>
          <mark className="chk">{words.say('intakeKeyCheck')}</mark>
        </span>
        <span>
          <mark className="no">{words.say('intakeKeyRejected')}</mark>
        </span>
        <span>
          <span className="lw">{words.say('intakeKeyLoaded')}</span>: {words.say('intakeKeyLoadedHow')}
        </span>
      </p>
    </>
  );
});

const short: Record<string, string> = { 'red-cross-red-crescent': 'rcrc', 'monitor-group': 'monitor', 'own-observers': 'observer' };

const speakerKey = (p: Proposal): string => [p.source?.name ?? '', ...p.via.map((v) => v.name)].join('\n');

/** Where the reader has marked words, in the text's own characters; null where nothing of it is marked. */
export function markedWords(root: HTMLElement | null): Pair | null {
  const selection = getSelection();
  if (!root || !selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  let [from, to] = [Number.POSITIVE_INFINITY, -1];
  for (const piece of root.querySelectorAll<HTMLElement>('[data-s]')) {
    if (!range.intersectsNode(piece)) continue;
    const start = Number(piece.dataset['s']);
    const node = piece.firstChild!;
    from = Math.min(from, start + (range.startContainer === node ? range.startOffset : range.comparePoint(node, 0) < 0 ? (node.textContent ?? '').length : 0));
    to = Math.max(to, start + (range.endContainer === node ? range.endOffset : range.comparePoint(node, (node.textContent ?? '').length) > 0 ? 0 : (node.textContent ?? '').length));
  }
  return from < to ? [from, to] : null;
}
