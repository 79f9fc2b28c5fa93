// The one step that needs a network: a code of the room's becomes this phone's key, line list and certificate.
import { type ReactNode, useState } from 'react';
import type { Translator } from '../../shared/i18n/i18n.js';
import { languages, ownNames, type Language } from '../../shared/i18n/i18n.js';
import { Refused } from '../outbox/carriage.js';
import type { Word } from '../words/en.js';

/** The code and the operation in the address of an invitation: `#enrol=CODE&op=SLUG`. */
export function invitationIn(hash: string): { code: string; slug: string } {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  return { code: given.get('enrol') ?? '', slug: given.get('op') ?? '' };
}

export function Enrolment({ t, invitation, onEnrol, onLanguage }: { t: Translator<Word>; invitation: { code: string; slug: string }; onEnrol: (code: string, slug: string) => Promise<void>; onLanguage: (language: Language) => void }): ReactNode {
  const [code, setCode] = useState(invitation.code);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');

  const enrol = (): void => {
    if (busy || code.trim() === '') return;
    setBusy(true);
    setProblem('');
    onEnrol(code.trim().toLowerCase(), invitation.slug)
      .catch((why: unknown) => setProblem(!navigator.onLine ? t.say('enrol.offline') : why instanceof Refused && why.code.startsWith('enrolment.') ? t.say('enrol.refused') : t.say('enrol.failed', { why: why instanceof Error ? why.message : String(why) })))
      .finally(() => setBusy(false));
  };

  return (
    <>
      <main className="body alone">
        <h1>{t.say('enrol.title')}</h1>
        <p>{t.say('enrol.how')}</p>
        <form id="enrol" onSubmit={(event) => { event.preventDefault(); enrol(); }}>
          <div className="text">
            <label htmlFor="code">{t.say('enrol.code')}</label>
            <input id="code" dir="ltr" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={80} value={code} onChange={(event) => setCode(event.target.value)} />
          </div>
        </form>
        <div role="alert">{problem}</div>
        <div className="tiles">
          {languages.map((language) => <button type="button" key={language} className="tile" lang={language} aria-pressed={t.language === language} onClick={() => onLanguage(language)}>{ownNames[language]}</button>)}
        </div>
      </main>
      <footer className="act"><button className="big go wide" form="enrol" type="submit">{t.say(busy ? 'enrol.doing' : 'enrol.do')}</button></footer>
    </>
  );
}
