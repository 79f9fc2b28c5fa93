import type { ReactNode } from 'react';
import { type Language, languages, ownNames } from '../../shared/i18n/i18n.ts';
import { toView, useAddress } from './address.ts';
import type { OperationFacts, Session } from './api.ts';
import { useWords } from './context.tsx';
import type { Word } from './words/en.ts';

// Which views a role is offered; the server decides what each may do.
const views: readonly [string, Word, readonly string[]][] = [
  ['room', 'viewRoom', ['observer', 'monitor', 'reporting-officer', 'head-of-mission', 'party', 'guarantor']],
  ['terms', 'viewTerms', ['observer', 'monitor', 'reporting-officer', 'head-of-mission', 'party', 'guarantor']],
  ['statements', 'viewStatements', ['observer', 'monitor', 'reporting-officer', 'head-of-mission', 'party', 'guarantor']],
  ['timeline', 'viewTimeline', ['observer', 'monitor', 'reporting-officer', 'head-of-mission', 'party', 'guarantor']],
  ['log', 'viewLog', ['observer', 'monitor', 'reporting-officer', 'head-of-mission']],
  ['say', 'viewSay', ['observer', 'monitor', 'reporting-officer']],
  ['incoming', 'viewIncoming', ['observer', 'monitor', 'reporting-officer']],
  ['intake', 'viewIntake', ['monitor', 'reporting-officer']],
  ['reports', 'viewReports', ['observer', 'monitor', 'reporting-officer', 'head-of-mission', 'party', 'guarantor', 'auditor']],
  ['findings', 'viewFindings', ['monitor', 'reporting-officer', 'party', 'guarantor']],
  ['devices', 'viewDevices', ['monitor', 'reporting-officer']],
  ['members', 'viewMembers', ['reporting-officer']],
  ['record', 'viewRecord', ['observer', 'monitor', 'reporting-officer', 'head-of-mission', 'party', 'guarantor', 'auditor']],
  ['audit', 'viewAudit', ['auditor']],
];

interface Props {
  readonly session: Session | undefined;
  readonly operation?: OperationFacts;
  readonly roles?: readonly string[];
  readonly language: Language;
  readonly live?: { readonly connected: boolean } | undefined;
  choose(language: Language): void;
  signOut(): void;
  readonly children: ReactNode;
}

export function Layout({ session, operation, roles = [], language, live, choose, signOut, children }: Props): ReactNode {
  const words = useWords();
  const address = useAddress();
  const here = address.path[2] ?? 'room';
  return (
    <div className="room">
      <a
        className="skip"
        href="#main"
        onClick={(e) => {
          e.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        {words.say('skip')}
      </a>
      <header className="top">
        <a className="brand" href="#/">
          <svg width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M7 2v7M7 15v7M17 2v7M17 15v7M1 12h22" stroke="currentColor" strokeWidth="2.4" fill="none" />
          </svg>
          {words.say('product')}
        </a>
        {operation && <bdi className="opname">{operation.name}</bdi>}
        {operation && (
          <nav aria-label={words.say('views')}>
            {views
              .filter(([, , who]) => who.some((r) => roles.includes(r)))
              .map(([name, label]) => (
                <a key={name} href={toView(address, name)} aria-current={here === name ? 'page' : undefined}>
                  {words.say(label)}
                </a>
              ))}
          </nav>
        )}
        <div className="who">
          {operation && <span>{words.say('clockOf', { zone: operation.time_zone })}</span>}
          {live && (
            <span role="status" className={live.connected ? 'muted' : 'offline'}>
              {live.connected ? words.say('connected') : words.say('noConnection', { time: words.time(new Date()) })}
            </span>
          )}
          <label>
            <span className="vh">{words.say('language')}</span>
            <select value={language} onChange={(e) => choose(e.target.value as Language)}>
              {languages.map((l) => (
                <option key={l} value={l} lang={l}>
                  {ownNames[l]}
                </option>
              ))}
            </select>
          </label>
          {session?.account && (
            <>
              <a className="lnk" href="#/account" title={words.say('viewAccount')}>
                <bdi>{session.account.name}</bdi>
              </a>
              <button type="button" className="btn" onClick={signOut}>
                {words.say('signOut')}
              </button>
            </>
          )}
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {operation && roles.some((r) => r !== 'auditor') && (
        <footer className="bottom noprint">
          <a className="lnk" href={`/operations/${operation.slug}/text?language=${language}`}>
            {words.say('textOnly')}
          </a>
        </footer>
      )}
    </div>
  );
}
