import type { ReactNode } from 'react';
import { useRoom, useWords } from '../app/context.tsx';
import { Chip, Engine, Glyph } from '../app/marks.tsx';
import type { Word } from '../app/words/en.ts';
import { when } from '../situation/Board.tsx';
import type { Decision } from './decisions.ts';
import type { Beside, Draft, Edit, Proposal } from './shape.ts';

const fill = { clear: '100%', likely: '66%', check: '33%' } as const;

export interface CardActs {
  confirm(): void;
  edit(): void;
  split(): void;
  reject(): void;
  editPart(at: number): void;
}

interface Props {
  readonly proposal: Proposal;
  readonly text: string;
  readonly decision: Decision | undefined;
  readonly parts: readonly Proposal[];
  readonly isSelected: boolean;
  readonly publisher: string;
  readonly problem: string;
  kindOf(name: string | null): string | undefined;
  select(): void;
  selectClaim(n: number): void;
  choosePlace(role: 'from' | 'to' | 'via', id: string): void;
  readonly chosen: Readonly<Record<string, string>>;
  readonly acts: CardActs;
  readonly children?: ReactNode;
}

/** One proposed claim: what it would stand as, who says it, why it was read so, what the book holds beside it, and what may be done with it. */
export function ClaimCard({ proposal: p, text, decision, parts, isSelected, publisher, problem, kindOf, select, selectClaim, choosePlace, chosen, acts, children }: Props): ReactNode {
  const words = useWords();
  const standing = decision?.act === 'edited' ? decision.as : undefined;
  const draft = standing?.draft ?? p.draft;
  const state = decision ? (decision.act === 'rejected' ? 'rejected' : 'stands') : 'open';
  const source = standing?.edit.speakers ? standing.edit.speakers.said_by || null : (p.source?.name ?? null);
  const via = standing?.edit.speakers?.via ?? p.via.map((v) => v.name);
  const title = draft?.wording ?? p.quote;
  const label = `${words.say('intakeClaim')} ${p.n}, ${words.say(`intakeState_${state}`)}, ${words.say(`band_${p.band}`)}`;
  return (
    <article id={`claim-${p.n}`} className={`card ${isSelected ? 'sel' : ''} ${state === 'stands' ? 'ok' : state === 'rejected' ? 'no' : ''}`} aria-label={label} aria-current={isSelected ? 'true' : undefined} onClick={isSelected ? undefined : select}>
      <span className="no num">{p.n}</span>
      <div className="body">
        <h3>
          {draft ? (
            <Engine>{title}</Engine>
          ) : (
            <span className="said" dir="auto">
              {title}
            </span>
          )}
        </h3>
        {!isSelected && (
          <p className="meta">
            <Speaker name={source ?? publisher} kind={kindOf(source)} isOwn={!source} />
            {via.length > 0 && <span>{words.say('relayedBy', { source: via.join(', ') })}</span>}
            <span>{words.say(`claim_${standing?.edit.kind ?? p.kind}` as Word)}</span>
            <Band band={p.band} />
            <Loaded p={p} text={text} />
            {(draft?.beside ?? []).some((b) => b.likeness === 'contradicts') && <span className="tag">{words.say('beside_contradicts')}</span>}
          </p>
        )}
        {isSelected && (
          <>
            {parts.length > 0 && (
              <ul className="tree" aria-label={words.say('intakeIncluding')}>
                {parts.map((part) => (
                  <li key={part.n}>
                    <span className="br" aria-hidden="true" />
                    <a
                      className="lnk num"
                      href={`#claim-${part.n}`}
                      onClick={(e) => {
                        e.preventDefault();
                        e.stopPropagation();
                        selectClaim(part.n);
                      }}
                    >
                      {part.n}
                    </a>
                    <span className="num">
                      <Engine>{part.count?.in_words ?? ''}</Engine>
                    </span>
                    <span>
                      {part.category && (
                        <bdi className="said" dir="auto">
                          {part.category}
                        </bdi>
                      )}{' '}
                      <span className="muted">{words.say('intakePartOf', { n: p.n })}</span>
                    </span>
                  </li>
                ))}
              </ul>
            )}
            <Slots p={p} edit={standing?.edit} draft={draft} source={source} via={via} publisher={publisher} kindOf={kindOf} choosePlace={choosePlace} chosen={chosen} isOpen={!decision} />
            <Why p={p} />
            <BesideList beside={draft?.beside ?? []} />
            {(problem || (!decision && p.problem && Object.keys(chosen).length === 0)) && (
              <p role="alert" className="refused">
                <Engine>{problem || p.problem}</Engine>
              </p>
            )}
            {children ?? (
              <div className="inst">
                <button type="button" className={`btn ${decision ? '' : 'main'}`} onClick={acts.confirm} disabled={state === 'stands'}>
                  {words.say(state === 'stands' ? 'intakeConfirmed' : 'intakeConfirm')} <kbd>C</kbd>
                </button>
                <button type="button" className="btn" onClick={acts.edit}>
                  {words.say('intakeEdit')} <kbd>E</kbd>
                </button>
                <button type="button" className="btn" onClick={acts.split}>
                  {words.say('intakeSplit')} <kbd>S</kbd>
                </button>
                <button type="button" className="btn" onClick={acts.reject} disabled={state === 'rejected'}>
                  {words.say(state === 'rejected' ? 'intakeRejected' : 'intakeReject')} <kbd>R</kbd>
                </button>
              </div>
            )}
            {decision?.act === 'split' && (
              <ol className="splits">
                {decision.parts.map((part, i) => (
                  <li key={part.edit.span?.join()}>
                    <span className="said" dir="auto">
                      {part.edit.span ? text.slice(...part.edit.span) : p.quote}
                    </span>{' '}
                    → <Engine>{part.draft?.wording ?? ''}</Engine>{' '}
                    <button type="button" className="btn" onClick={() => acts.editPart(i)}>
                      {words.say('intakeEdit')}
                    </button>
                  </li>
                ))}
              </ol>
            )}
          </>
        )}
      </div>
      {isSelected ? (
        <Band band={p.band} />
      ) : state === 'open' ? (
        <div className="quick">
          <button type="button" className="btn" onClick={stop(acts.confirm)} aria-label={`${words.say('intakeConfirm')}: ${words.say('intakeClaim')} ${p.n}`}>
            {words.say('intakeConfirm')}
          </button>
          <button type="button" className="btn" onClick={stop(acts.edit)} aria-label={`${words.say('intakeEdit')}: ${words.say('intakeClaim')} ${p.n}`}>
            {words.say('intakeEdit')}
          </button>
          <button type="button" className="btn" onClick={stop(acts.reject)} aria-label={`${words.say('intakeReject')}: ${words.say('intakeClaim')} ${p.n}`}>
            {words.say('intakeReject')}
          </button>
        </div>
      ) : (
        <span className={state === 'stands' ? 'v v-kept' : 'muted'}>
          {state === 'stands' && <Tick />}
          {words.say(decision?.act === 'edited' ? 'intakeEdited' : decision?.act === 'split' ? 'intakeSplitDone' : state === 'stands' ? 'intakeConfirmed' : 'intakeRejected')}
        </span>
      )}
    </article>
  );
}

const stop =
  (act: () => void) =>
  (e: { stopPropagation(): void }): void => {
    e.stopPropagation();
    act();
  };

export const Tick = (): ReactNode => (
  <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <circle cx="8" cy="8" r="7" fill="currentColor" />
    <path d="M4.6 8.3 7 10.7l4.4-5" fill="none" stroke="var(--sheet)" strokeWidth="2" />
  </svg>
);

export function Band({ band }: { band: Proposal['band'] }): ReactNode {
  const words = useWords();
  return (
    <span className="band">
      <i style={{ ['--f' as string]: fill[band] }} aria-hidden="true" />
      {words.say(`band_${band}`)}
    </span>
  );
}

export function Speaker({ name, kind, isOwn = false }: { name: string; kind: string | undefined; isOwn?: boolean }): ReactNode {
  const words = useWords();
  return (
    <span className="src">
      {kind ? <Glyph kind={kind} /> : <span className="unset" aria-hidden="true" />}
      <bdi>
        {name}
        {kind && <span className="vh"> ({words.say(`kind_${kind}` as Word)})</span>}
      </bdi>
      {isOwn && <span className="a"> {words.say('intakeOwnVoice')}</span>}
    </span>
  );
}

function Loaded({ p, text }: { p: Proposal; text: string }): ReactNode {
  const words = useWords();
  return p.loaded.length === 0 ? null : (
    <span>
      {words.say('intakeSourceWords')}{' '}
      {p.loaded.map((span) => (
        <span key={span[0]} className="said lw" dir="auto">
          {text.slice(...span)}{' '}
        </span>
      ))}
    </span>
  );
}

function Slots({ p, edit, draft, source, via, publisher, kindOf, choosePlace, chosen, isOpen }: { p: Proposal; edit: Edit | undefined; draft: Draft | null; source: string | null; via: readonly string[]; publisher: string; kindOf(name: string | null): string | undefined; choosePlace: Props['choosePlace']; chosen: Props['chosen']; isOpen: boolean }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const timeStated = Boolean(p.when || edit?.about);
  return (
    <dl className="slots">
      <dt>{words.say('intakeSaidBy')}</dt>
      <dd className="chain">
        <Speaker name={source ?? publisher} kind={kindOf(source)} isOwn={!source} />
        {[...via].reverse().map((name) => (
          <span key={name} className="chain">
            <span className="a">{words.say('intakeBy')}</span> <Speaker name={name} kind={kindOf(name)} />
          </span>
        ))}
        {source && source !== publisher && (
          <span className="chain">
            <span className="a">{words.say('intakeBy')}</span> <Speaker name={publisher} kind={kindOf(publisher)} />
          </span>
        )}
      </dd>
      <dt>{words.say('spokenOf')}</dt>
      <dd>
        {draft ? when(draft.about, words) : p.when ? when(p.when.time, words) : ''} {p.when?.time_words && <span className="said">({p.when.time_words})</span>}
        {!timeStated && <span className="tag">{words.say('intakeTimeNotStated')}</span>}
        {p.when?.of_saying && <span className="tag">{words.say('intakeDayOfSaying')}</span>}
      </dd>
      {(edit?.places || p.places.length > 0) && <dt>{words.say('whereAt')}</dt>}
      {edit?.places ? (
        <dd>{[edit.places.from, edit.places.via, edit.places.to].filter(Boolean).map((id) => room.placeName(id)).join(' → ') || words.say('noPlace')}</dd>
      ) : (
        p.places.length > 0 && (
          <dd>
            {p.places.map((place) => {
              const role = place.role === 'at' ? 'from' : place.role;
              return (
                <div key={place.role + place.name} className="where">
                  <span className="a">{words.say(`placeRole_${place.role}`)}</span>{' '}
                  <bdi className="said" dir="auto">
                    {place.name}
                  </bdi>{' '}
                  {place.candidates.length > 1 && isOpen ? (
                    <label>
                      <span className="vh">{words.say('intakeWhichPlace', { place: place.name })}</span>
                      <select value={chosen[role] ?? ''} onChange={(e) => choosePlace(role, e.target.value)}>
                        <option value="">{words.say('intakeChoosePlace')}</option>
                        {place.candidates.map((id) => (
                          <option key={id} value={id}>
                            {room.placeName(id)}
                          </option>
                        ))}
                        <option value="-">{words.say('intakeNoneOfThese')}</option>
                      </select>
                    </label>
                  ) : (
                    <span className="a">{place.candidates.length === 0 ? words.say('intakePlaceUnknown') : place.candidates.map((id) => room.placeName(id)).join(', ')}</span>
                  )}
                </div>
              );
            })}
          </dd>
        )
      )}
      <dt>{words.say('intakeKind')}</dt>
      <dd>
        {words.say(`claim_${edit?.kind ?? p.kind}` as Word)}
        {(edit?.modality ?? p.modality) !== 'asserted' && `, ${words.say(`modality_${edit?.modality ?? p.modality}` as Word)}`}
        {draft && (
          <span className="a">
            {' '}
            → {words.say(`kindOf_${draft.kind}` as Word)}
          </span>
        )}
      </dd>
      {p.ties.length > 0 && (
        <>
          <dt>{words.say('intakeTies')}</dt>
          <dd>
            {p.ties.map((tie) => (
              <span key={tie.bearing + tie.to} className="tie">
                {words.say(`tie_${tie.bearing}` as Word, { n: tie.to })}
              </span>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}

function Why({ p }: { p: Proposal }): ReactNode {
  const words = useWords();
  return p.trace.length === 0 ? null : (
    <table className="trace">
      <caption className="vh">{words.say('intakeWhy')}</caption>
      <tbody>
        {p.trace.map((t, i) => (
          <tr key={`${t.slot}${t.rule}${i}`}>
            <th scope="row" className="said" dir="auto">
              {t.said ?? '–'}
            </th>
            <td>
              <Engine>
                {t.slot}: {t.value}
              </Engine>
            </td>
            <td className="a">
              <Engine>{t.rule}</Engine>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function BesideList({ beside }: { beside: readonly Beside[] }): ReactNode {
  const words = useWords();
  return beside.length === 0 ? null : (
    <section className="beside" aria-label={words.say('intakeInBook')}>
      <h4>{words.say('intakeInBook')}</h4>
      <ul>
        {beside.map((b) => (
          <li key={b.id}>
            <span className="tag">{words.say(`beside_${b.likeness}`)}</span> <Chip id={b.id} title={b.wording} /> <Engine>{b.why}</Engine>
          </li>
        ))}
      </ul>
    </section>
  );
}
