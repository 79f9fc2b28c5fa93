import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { call, type Refusal, type Source } from '../app/api.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Engine, Refused } from '../app/marks.tsx';
import { useTrying } from '../app/trying.ts';
import type { Word } from '../app/words/en.ts';
import { when } from '../situation/Board.tsx';
import { BesideList, ClaimCard, Tick } from './ClaimCard.tsx';
import { added, type Choices, counts, type Decision, decided, type Deciding, dropped, firstChoice, nextOpen, nothing, placesOpen, request, type Standing, undone, unsettled } from './decisions.ts';
import { EditClaim } from './EditClaim.tsx';
import { trimmed } from './pieces.ts';
import type { Draft, Edit, Handed, Pair, Proposal, Reading, Reviewed } from './shape.ts';
import { markedWords, type Shown, TextPane } from './TextPane.tsx';

type Mode = { readonly at: 'edit'; readonly n: number; readonly part?: number } | { readonly at: 'split'; readonly n: number } | { readonly at: 'add' } | null;

/** The text on one side, its claims on the other. Everything an officer decides stays on this page until it is recorded, whole. */
export function Review({ handed, reading, done, left }: { handed: Handed; reading: Reading; done(reviewed: Reviewed): void; left(): void }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const path = `/operations/${room.operation.slug}/texts`;
  const pane = useRef<HTMLElement>(null);
  const help = useRef<HTMLDialogElement>(null);
  const [deciding, setDeciding] = useState<Deciding>(nothing);
  const [selected, setSelected] = useState(reading.proposals[0]?.n ?? 0);
  const [mode, setMode] = useState<Mode>(null);
  const [problem, setProblem] = useState('');
  const [chosen, setChosen] = useState<Readonly<Record<number, Readonly<Record<string, string>>>>>({});
  const [choices, setChoices] = useState<Choices>(() => Object.fromEntries(reading.names.map((n) => [n.name, firstChoice(n)])));
  const { failure, busy, attempt } = useTrying();
  const byN = useMemo(() => new Map(reading.proposals.map((p) => [p.n, p])), [reading]);
  const sources = useMemo(() => new Map([...reading.known_sources, ...reading.names.flatMap((n) => [...n.candidates, ...(n.same ? [n.same] : [])])].map((s) => [s.id, s])), [reading]);
  const tally = counts(deciding, reading);
  const open = unsettled(reading, deciding, choices, handed.publisher);
  const kindOf = (name: string | null): string | undefined => {
    const choice = choices[name ?? handed.publisher] ?? '';
    return choice.startsWith('known:') ? sources.get(choice.slice(6))?.kind : choice.startsWith('new:') ? choice.slice(4) : undefined;
  };
  const marks = useMemo<Shown[]>(
    () => [
      ...reading.proposals.flatMap((p): Shown[] => {
        const decision = deciding.of[p.n];
        const spans = decision?.act === 'edited' ? [decision.as.edit.span ?? p.span] : decision?.act === 'split' ? decision.parts.map((part) => part.edit.span ?? p.span) : [p.span];
        return spans.map((span) => ({ n: p.n, span, state: !decision ? 'open' : decision.act === 'rejected' ? 'rejected' : 'stands', isToCheck: p.band === 'check', isAdded: false }));
      }),
      ...deciding.added.map((one, i): Shown => ({ n: -(i + 1), span: one.edit.span!, state: 'stands', isToCheck: false, isAdded: true })),
    ],
    [reading, deciding],
  );
  const partsOf = useMemo(() => {
    const parts = new Map<number, Proposal[]>();
    for (const p of reading.proposals) for (const tie of p.ties) if (tie.bearing === 'part-of') parts.set(tie.to, [...(parts.get(tie.to) ?? []), p]);
    return parts;
  }, [reading]);

  const select = (n: number, moves = true): void => {
    setSelected(n);
    setProblem('');
    setMode(null);
    if (moves)
      requestAnimationFrame(() => {
        document.getElementById(`claim-${n}`)?.scrollIntoView({ block: 'nearest' });
        if (matchMedia('(min-width: 1000px)').matches) pane.current?.querySelector('mark.on')?.scrollIntoView({ block: 'center' });
      });
  };
  const step = (by: number): void => {
    const at = reading.proposals.findIndex((p) => p.n === selected);
    const next = reading.proposals[Math.min(reading.proposals.length - 1, Math.max(0, at + by))];
    if (next) select(next.n);
  };
  const decide = (n: number, decision: Decision): void => {
    const next = decided(deciding, n, decision);
    setDeciding(next);
    select(decision.act === 'split' ? n : nextOpen(reading, next, n));
  };
  /** What the claims would come to; nothing is recorded. */
  const drafted = async (claims: object[]): Promise<readonly Draft[]> => (await call<Reviewed>('POST', `${path}?dry=true`, request(handed, reading, nothing, choices, claims as never))).drafts;

  const confirm = (n: number): void => {
    const p = byN.get(n);
    if (!p || (deciding.of[n] && deciding.of[n].act !== 'rejected')) return;
    if (!placesOpen(p, undefined)) {
      if (p.draft) decide(n, { act: 'confirmed' });
      else {
        select(n);
        setProblem(p.problem ?? '');
      }
      return;
    }
    const own = chosen[n] ?? {};
    if (p.places.some((place) => place.candidates.length > 1 && !own[roleOf(place.role)])) {
      select(n);
      setProblem(words.say('intakeChoosePlaceFirst'));
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`#claim-${n} .where select`)?.focus());
      return;
    }
    const at = (role: string): string => own[role]?.replace(/^-$/, '') ?? p.places.find((place) => roleOf(place.role) === role)?.candidates[0] ?? '';
    const edit: Edit = { places: { from: at('from'), to: at('to'), via: at('via') } };
    void attempt(async () => decide(n, { act: 'edited', as: { edit, draft: (await drafted([{ proposal: n, edit }]))[0] ?? null } }));
  };
  const saved = (edit: Edit): void => {
    const now = mode;
    void attempt(async () => {
      if (now?.at === 'add') {
        const standing: Standing = { edit, draft: (await drafted([{ edit }]))[0] ?? null };
        setDeciding(added(deciding, standing));
        setMode(null);
      } else if (now?.at === 'edit' && now.part !== undefined) {
        const decision = deciding.of[now.n];
        if (decision?.act !== 'split') return;
        const standing: Standing = { edit, draft: (await drafted([{ proposal: now.n, split: true, edit }]))[0] ?? null };
        decide(now.n, { act: 'split', parts: decision.parts.map((part, i) => (i === now.part ? standing : part)) });
      } else if (now?.at === 'edit') decide(now.n, Object.keys(edit).length === 0 ? { act: 'confirmed' } : { act: 'edited', as: { edit, draft: (await drafted([{ proposal: now.n, edit }]))[0] ?? null } });
    });
  };
  const split = (p: Proposal, at: number): void => {
    const cut = p.span[0] + at;
    const parts = [trimmed(handed.text, [p.span[0], cut]), trimmed(handed.text, [cut, p.span[1]])] as const;
    if (parts.some(([start, end]) => start >= end)) return setProblem(words.say('intakeSplitWhere'));
    // A number stays with the part in which it stands.
    const edits = parts.map((span): Edit => ({ span, ...(p.count && !(span[0] <= p.count.words[0] && p.count.words[1] <= span[1]) ? { count: { none: true } } : {}) }));
    void attempt(async () => {
      const drafts = await drafted(edits.map((edit) => ({ proposal: p.n, split: true, edit })));
      decide(p.n, { act: 'split', parts: edits.map((edit, i) => ({ edit, draft: drafts[i] ?? null })) });
    });
  };
  const undo = (): void => {
    const back = undone(deciding);
    if (!back) return;
    setDeciding(back.deciding);
    if (back.n !== null) select(back.n);
  };
  const record = (): void =>
    void attempt(async () => {
      try {
        done(await call<Reviewed>('POST', path, request(handed, reading, deciding, choices)));
      } catch (refused) {
        const n = Number(/claim (\d+)/.exec((refused as Refusal).place ?? '')?.[1]);
        if (byN.has(n)) select(n);
        throw refused;
      }
    });

  const keys = useRef<(e: KeyboardEvent) => void>(() => undefined);
  keys.current = (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || document.querySelector('dialog[open]')) return;
    if (e.key === 'Escape' && mode) return setMode(null);
    if (e.target instanceof HTMLElement && /INPUT|TEXTAREA|SELECT/.test(e.target.tagName)) return;
    // By the place of the key, so that it is the same under every layout; the question mark by what it writes.
    const act = { KeyJ: () => step(1), KeyK: () => step(-1), KeyC: () => confirm(selected), KeyE: () => edits(selected), KeyS: () => splits(selected), KeyR: () => rejects(selected), KeyU: undo }[e.code];
    if (e.key === '?' || e.key === '؟') help.current?.showModal();
    else if (act && !mode) act();
    else return;
    e.preventDefault();
  };
  useEffect(() => {
    const press = (e: KeyboardEvent): void => keys.current(e);
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  // What was decided is on this page alone: the browser asks before it is lost.
  const hasDecided = deciding.before.length > 0;
  useEffect(() => {
    if (!hasDecided) return undefined;
    const ask = (e: BeforeUnloadEvent): void => e.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [hasDecided]);

  const edits = (n: number): void => {
    if (!byN.has(n)) return;
    select(n);
    setMode({ at: 'edit', n });
  };
  const splits = (n: number): void => {
    if (!byN.has(n)) return;
    select(n);
    setMode({ at: 'split', n });
  };
  const rejects = (n: number): void => {
    if (byN.has(n) && deciding.of[n]?.act !== 'rejected') decide(n, { act: 'rejected' });
  };
  const marked = (): Pair | null => {
    const at = markedWords(pane.current);
    return at && trimmed(handed.text, at);
  };
  const names = [...new Set([...reading.names.map((n) => n.name), ...reading.known_sources.map((s) => s.name)])];
  const editing = (p: Proposal | undefined, edit: Edit | undefined): ReactNode => (
    <EditClaim key={`${p?.n}`} text={handed.text} proposal={p} edit={edit} names={names} failure={failure} busy={busy} marked={marked} save={saved} leave={() => setMode(null)} />
  );
  const editOf = (n: number, part: number | undefined): Edit | undefined => {
    const decision = deciding.of[n];
    return decision?.act === 'edited' ? decision.as.edit : decision?.act === 'split' && part !== undefined ? decision.parts[part]?.edit : undefined;
  };
  return (
    <div className="intake">
      <section className="doc" aria-label={words.say('intakeDocument')}>
        <h1>{handed.title ? <bdi>{handed.title}</bdi> : words.say('intakePasted', { day: when(handed.published, words) })}</h1>
        <dl>
          <div>
            <dt>{words.say('intakeLanguage')}</dt>
            <dd>{new Intl.DisplayNames([words.tag], { type: 'language' }).of(reading.language)}</dd>
          </div>
          <div>
            <dt>{words.say('intakePublished')}</dt>
            <dd>{when(handed.published, words)}</dd>
          </div>
          <div>
            <dt>{words.say('intakeOriginal')}</dt>
            <dd>
              {words.say('intakeUnchanged')}{' '}
              <span dir="ltr" className="hash" title={reading.sha256}>
                {reading.sha256.slice(0, 4)}…{reading.sha256.slice(-4)}
              </span>
            </dd>
          </div>
          <div>
            <dt>{words.say('intakeClaims')}</dt>
            <dd>
              <span role="status">{words.say('intakeTally', { stand: words.number(tally.confirmed), open: words.number(tally.open), rejected: words.number(tally.rejected) })}</span>
            </dd>
          </div>
        </dl>
        <div className="btns">
          <button type="button" className="btn" onClick={left}>
            {words.say('intakeLeave')}
          </button>
          <button type="button" className="btn" disabled={deciding.before.length === 0} onClick={undo}>
            {words.say('intakeUndo')} <kbd>U</kbd>
          </button>
          <button type="button" className="btn" onMouseDown={(e) => e.preventDefault()} onClick={() => setMode({ at: 'add' })}>
            {words.say('intakeAdd')}
          </button>
          <button type="button" className="btn" onClick={() => help.current?.showModal()}>
            {words.say('intakeKeys')} <kbd>?</kbd>
          </button>
          <button type="button" className="btn main" disabled={busy || tally.confirmed === 0 || open.length > 0} aria-describedby={open.length > 0 ? 'unsettled' : undefined} onClick={record}>
            {words.say('intakeRecord', { n: tally.confirmed })}
          </button>
        </div>
      </section>
      {!mode && <Refused failure={failure} />}
      <div className="split">
        <section ref={pane} className="text" aria-labelledby="said" tabIndex={0}>
          <h2 id="said">{words.say('intakeWhatWasSaid')}</h2>
          <TextPane text={handed.text} language={reading.language} proposals={reading.proposals} marks={marks} aside={reading.set_aside} selected={selected} publisher={handed.publisher} kindOf={kindOf} select={select} />
        </section>
        <section className="cards" aria-labelledby="proposed" tabIndex={0}>
          <header>
            <h2 id="proposed">{words.say('intakeProposed')}</h2>
            <p>{words.say('intakeNothingYet')}</p>
          </header>
          <Names reading={reading} publisher={handed.publisher} choices={choices} open={open} choose={(name, choice) => setChoices({ ...choices, [name]: choice })} sources={sources} />
          {reading.not_read.length > 0 && (
            <ul className="refused">
              {reading.not_read.map((sentence) => (
                <li key={sentence}>
                  <Engine>{sentence}</Engine>
                </li>
              ))}
            </ul>
          )}
          {reading.problems.map((p) => (
            <Refused key={p.code} failure={p} />
          ))}
          {mode?.at === 'add' && (
            <article className="card sel" aria-label={words.say('intakeAdd')}>
              <span className="no num" aria-hidden="true">
                +
              </span>
              <div className="body">
                <h3>{words.say('intakeAdd')}</h3>
                {editing(undefined, undefined)}
              </div>
            </article>
          )}
          {deciding.added.map((one, i) => (
            <article key={one.edit.span?.join()} id={`claim-${-(i + 1)}`} className="card ok" aria-label={`${words.say('intakeAdded')} ${i + 1}`}>
              <span className="no num">+{i + 1}</span>
              <div className="body">
                <h3>
                  <Engine>{one.draft?.wording ?? ''}</Engine>
                </h3>
                <p className="meta">
                  <span className="said" dir="auto">
                    {handed.text.slice(...one.edit.span!)}
                  </span>
                </p>
                <BesideList beside={one.draft?.beside ?? []} />
              </div>
              <div className="quick">
                <span className="v v-kept">
                  <Tick />
                  {words.say('intakeAdded')}
                </span>
                <button type="button" className="btn" onClick={() => setDeciding(dropped(deciding, i))}>
                  {words.say('intakeDrop')}
                </button>
              </div>
            </article>
          ))}
          {reading.proposals.length === 0 && <p className="empty">{words.say('intakeNoClaims')}</p>}
          {reading.proposals.map((p) => (
            <ClaimCard
              key={p.n}
              proposal={p}
              text={handed.text}
              decision={deciding.of[p.n]}
              parts={partsOf.get(p.n) ?? []}
              isSelected={p.n === selected}
              publisher={handed.publisher}
              problem={p.n === selected ? problem : ''}
              kindOf={kindOf}
              select={() => select(p.n)}
              selectClaim={select}
              choosePlace={(role, id) => setChosen({ ...chosen, [p.n]: { ...chosen[p.n], [role]: id } })}
              chosen={chosen[p.n] ?? {}}
              acts={{ confirm: () => confirm(p.n), edit: () => edits(p.n), split: () => splits(p.n), reject: () => rejects(p.n), editPart: (part) => setMode({ at: 'edit', n: p.n, part }) }}
            >
              {mode?.at === 'edit' && mode.n === p.n ? editing(p, editOf(p.n, mode.part)) : mode?.at === 'split' && mode.n === p.n ? <Split p={p} split={split} failure={failure} leave={() => setMode(null)} /> : undefined}
            </ClaimCard>
          ))}
        </section>
      </div>
      <Help dialog={help} />
    </div>
  );
}

const roleOf = (role: string): 'from' | 'to' | 'via' => (role === 'at' ? 'from' : (role as 'from'));

/** Every name that speaks, and who it is: nobody is merged in silence. */
function Names({ reading, publisher, choices, open, choose, sources }: { reading: Reading; publisher: string; choices: Choices; open: readonly string[]; choose(name: string, choice: string): void; sources: ReadonlyMap<string, Source> }): ReactNode {
  const words = useWords();
  const named = new Map(reading.names.map((n) => [n.name, n]));
  const all = [...new Set([...named.keys(), ...open])];
  const waits = open.length > 0;
  const [shown, setShown] = useState(waits);
  // It opens when somebody is waited for, and stays open while one is being chosen.
  useEffect(() => {
    if (waits) setShown(true);
  }, [waits]);
  const kinds = ['party', 'guarantor', 'un', 'red-cross-red-crescent', 'monitor-group', 'responder', 'witness', 'media'];
  return all.length === 0 ? null : (
    <details className="names" open={shown} onToggle={(e) => setShown(e.currentTarget.open)}>
      <summary>
        {words.say('intakeWhoSpeaks', { n: all.length })} {open.length > 0 && <b id="unsettled">{words.say('intakeUnsettled', { n: open.length })}</b>}
      </summary>
      <ul>
        {all.map((name) => {
          const near = named.get(name)?.candidates ?? [];
          const rest = [...sources.values()].filter((s) => !near.some((c) => c.id === s.id));
          return (
            <li key={name}>
              <label>
                <span>
                  <bdi className="said">{name}</bdi> {name === publisher && <span className="muted">({words.say('intakePublisher')})</span>}
                </span>
                <select value={choices[name] ?? ''} aria-invalid={open.includes(name)} onChange={(e) => choose(name, e.target.value)}>
                  <option value="">{words.say('intakeChooseWho')}</option>
                  {near.length > 0 && (
                    <optgroup label={words.say('intakeMayBe')}>
                      {near.map((s) => (
                        <option key={s.id} value={`known:${s.id}`}>
                          {s.name} ({words.say(`kind_${s.kind}` as Word)})
                        </option>
                      ))}
                    </optgroup>
                  )}
                  <optgroup label={words.say('intakeNewSource')}>
                    {kinds.map((kind) => (
                      <option key={kind} value={`new:${kind}`}>
                        {words.say('intakeNewAs', { kind: words.say(`kind_${kind}` as Word) })}
                      </option>
                    ))}
                  </optgroup>
                  {rest.length > 0 && (
                    <optgroup label={words.say('intakeOtherSources')}>
                      {rest.map((s) => (
                        <option key={s.id} value={`known:${s.id}`}>
                          {s.name}
                        </option>
                      ))}
                    </optgroup>
                  )}
                </select>
              </label>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

function Split({ p, split, failure, leave }: { p: Proposal; split(p: Proposal, at: number): void; failure: { message: string; place?: string | undefined } | undefined; leave(): void }): ReactNode {
  const words = useWords();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    area.current?.focus();
  }, []);
  return (
    <div className="editing" onClick={(e) => e.stopPropagation()}>
      <label className="entry">
        <span>{words.say('intakeSplitHow')}</span>
        {/* The line ends of the original count as one character here as there: the page has no others. */}
        <textarea ref={area} readOnly rows={3} dir="auto" className="said" value={p.quote} />
      </label>
      <Refused failure={failure} />
      <div className="inst">
        <button type="button" className="btn main" onMouseDown={(e) => e.preventDefault()} onClick={() => split(p, inOriginal(p.quote, area.current?.selectionStart ?? 0))}>
          {words.say('intakeSplitHere')}
        </button>
        <button type="button" className="btn" onClick={leave}>
          {words.say('intakeLeaveEdit')}
        </button>
      </div>
    </div>
  );
}

/** A field shows two-character line ends as one; the original keeps them. */
function inOriginal(quote: string, at: number): number {
  let original = 0;
  for (let shown = 0; shown < at && original < quote.length; shown++) original += quote.startsWith('\r\n', original) ? 2 : 1;
  return original;
}

function Help({ dialog }: { dialog: React.RefObject<HTMLDialogElement | null> }): ReactNode {
  const words = useWords();
  const rows: [string, Word][] = [
    ['J', 'intakeKey_j'],
    ['K', 'intakeKey_k'],
    ['C', 'intakeKey_c'],
    ['E', 'intakeKey_e'],
    ['S', 'intakeKey_s'],
    ['R', 'intakeKey_r'],
    ['U', 'intakeKey_u'],
    ['Esc', 'intakeKey_esc'],
    ['?', 'intakeKey_help'],
  ];
  return (
    <dialog ref={dialog} className="keys" aria-labelledby="keys">
      <h2 id="keys">{words.say('intakeKeys')}</h2>
      <dl>
        {rows.map(([key, label]) => (
          <div key={key}>
            <dt>
              <kbd className="key">{key}</kbd>
            </dt>
            <dd>{words.say(label)}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" className="btn main">
          {words.say('intakeClose')}
        </button>
      </form>
    </dialog>
  );
}
