import { type FormEvent, type ReactNode, useState } from 'react';
import { useAddress } from '../app/address.ts';
import { call } from '../app/api.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Chips, Field, Refused } from '../app/marks.tsx';
import { useTrying } from '../app/trying.ts';
import { Kept } from './Kept.tsx';
import { Review } from './Review.tsx';
import type { Handed, Reading, Reviewed } from './shape.ts';
import './intake.css';

/** Larger files are for the command line; the server says the same. */
const LARGEST = 1024 * 1024;

/** A text that somebody published or sent: read on the page, decided claim by claim, recorded in one act. It is kept nowhere before that, and a reload forgets it. */
export function Intake(): ReactNode {
  const address = useAddress();
  const room = useRoom();
  const text = address.query['text'];
  const mayReview = room.roles.some((r) => r === 'monitor' || r === 'reporting-officer');
  return text ? <Kept sha256={text} from={Number(address.query['from'] ?? 0)} to={Number(address.query['to'] ?? 0)} /> : mayReview ? <Pasted /> : null;
}

function Pasted(): ReactNode {
  const words = useWords();
  const [read, setRead] = useState<{ handed: Handed; reading: Reading }>();
  const [done, setDone] = useState<Reviewed>();
  if (read)
    return (
      <Review
        handed={read.handed}
        reading={read.reading}
        done={(reviewed) => {
          setDone(reviewed);
          setRead(undefined);
        }}
        left={() => setRead(undefined)}
      />
    );
  return (
    <div className="page">
      <h1>{words.say('viewIntake')}</h1>
      {done && (
        <div role="status" className="sheet recordednow">
          <p>{done.recorded > 0 ? words.say('intakeRecorded', { n: done.recorded }) : words.say('intakeThereAlready')}</p>
          <Chips ids={done.ids} most={40} />
        </div>
      )}
      <Paste
        read={(handed, reading) => {
          setDone(undefined);
          setRead({ handed, reading });
        }}
      />
    </div>
  );
}

function Paste({ read }: { read(handed: Handed, reading: Reading): void }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const { failure, busy, attempt } = useTrying();
  const [file, setFile] = useState<{ name: string; text: string }>();
  const [wrong, setWrong] = useState('');
  const choose = async (chosen: File | undefined): Promise<void> => {
    setFile(undefined);
    setWrong('');
    if (!chosen) return;
    if (chosen.size > LARGEST) return setWrong(words.say('intakeFileTooLarge'));
    try {
      // As it is, line ends too; what is not UTF-8 is refused and never patched up.
      setFile({ name: chosen.name, text: new TextDecoder('utf-8', { fatal: true }).decode(await chosen.arrayBuffer()) });
    } catch {
      setWrong(words.say('intakeNotUtf8'));
    }
  };
  const look = (e: FormEvent<HTMLFormElement>): void => {
    e.preventDefault();
    const form = new FormData(e.currentTarget);
    const of = (name: string): string => String(form.get(name) ?? '').trim();
    const handed: Handed = { text: file?.text ?? String(form.get('text') ?? ''), published: of('published'), language: of('language'), publisher: of('publisher'), title: of('title'), handling: of('handling') };
    void attempt(async () => read(handed, await call<Reading>('POST', `/operations/${room.operation.slug}/texts/read`, { text: handed.text, published: handed.published, language: handed.language || null, publisher: handed.publisher })));
  };
  return (
    <form className="sheet" onSubmit={look} autoComplete="off">
      <p className="muted">{words.say('intakeHow')}</p>
      {file ? (
        <p>
          <bdi>{file.name}</bdi> · {words.say('intakeCharacters', { n: file.text.length })}{' '}
          <button type="button" className="btn" onClick={() => setFile(undefined)}>
            {words.say('intakeOtherText')}
          </button>
        </p>
      ) : (
        <>
          <Field label={words.say('intakeText')}>
            <textarea name="text" required rows={14} dir="auto" spellCheck={false} autoComplete="off" className="said" />
          </Field>
          <Field label={words.say('intakeFile')}>
            <input type="file" accept=".txt,.md,text/plain" onChange={(e) => void choose(e.target.files?.[0])} />
          </Field>
        </>
      )}
      {wrong && (
        <p role="alert" className="refused">
          {wrong}
        </p>
      )}
      <div className="row">
        <Field label={words.say('intakePublished')}>
          <input name="published" type="date" required />
        </Field>
        <Field label={words.say('intakePublisher')}>
          <input name="publisher" required maxLength={200} dir="auto" />
        </Field>
        <Field label={words.say('intakeTitle')}>
          <input name="title" maxLength={300} dir="auto" />
        </Field>
      </div>
      <div className="row">
        <Field label={words.say('intakeLanguage')}>
          <select name="language" defaultValue="">
            <option value="">{words.say('intakeLanguageTold')}</option>
            {['en', 'ar', 'fr', 'ru', 'tr', 'uk'].map((tag) => (
              <option key={tag} value={tag}>
                {new Intl.DisplayNames([words.tag], { type: 'language' }).of(tag)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={words.say('intakeHandling')}>
          <select name="handling" defaultValue="room">
            {(['room', 'parties', 'public'] as const).map((h) => (
              <option key={h} value={h}>
                {words.say(`intakeHandling_${h}`)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <Refused failure={failure} />
      <button type="submit" className="btn main" disabled={busy}>
        {words.say('intakeRead')}
      </button>
    </form>
  );
}
