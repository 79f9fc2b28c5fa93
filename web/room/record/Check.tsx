import { type ReactNode, useState } from 'react';
import { type Checked, type TreeHead, verifyRecord } from '../../shared/record/index.ts';
import { fromBase64, fromHex } from '../../shared/record/bytes.ts';
import { call, type Refusal } from '../app/api.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Engine, Refused } from '../app/marks.tsx';

interface Noted {
  readonly size: number;
  readonly root: string;
  readonly logKey: string;
  readonly at: string;
}

/** The check that anybody who may read the record runs on it, in the page: nothing is asked of the server but the bytes. */
export function Check(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const [going, setGoing] = useState('');
  const [checked, setChecked] = useState<Checked>();
  const [before, setBefore] = useState<Noted>();
  const [failure, setFailure] = useState<Refusal>();
  const run = async (): Promise<void> => {
    setChecked(undefined);
    setFailure(undefined);
    try {
      const noted = readNoted(room.operation.id);
      setBefore(noted);
      const fetched = await fetchRecord(room.operation.slug, (n, of) => setGoing(words.say('checkFetching', { n, of })));
      const logKey = noted?.logKey ?? (JSON.parse(new TextDecoder().decode(fetched.charter)) as { log: { key: string } }).log.key;
      const of = fetched.entries.length;
      const remembered: TreeHead | undefined = noted && { size: noted.size, root: fromHex(noted.root, 32) };
      const result = await verifyRecord(fetched.entries, fetched.checkpoint, fromHex(logKey, 32), fetched.charter, fetched.bodies, remembered, (n) => setGoing(words.say('checkGoing', { n, of })));
      if (!result.isRefuted) localStorage.setItem(keyOf(room.operation.id), JSON.stringify({ size: result.size, root: result.root, logKey, at: new Date().toISOString() } satisfies Noted));
      setChecked(result);
    } catch (refused) {
      setFailure(refused as Refusal);
    } finally {
      setGoing('');
    }
  };
  return (
    <section aria-labelledby="check">
      <h2 id="check">{words.say('checkRecord')}</h2>
      <p className="muted">{words.say('checkHow')}</p>
      <p>
        <button type="button" className="btn main" disabled={going !== ''} onClick={() => void run()}>
          {words.say('checkRecord')}
        </button>
      </p>
      <Refused failure={failure} />
      <div role="status">
        {going && <p>{going}</p>}
        {checked && <Outcome checked={checked} before={before} />}
      </div>
    </section>
  );
}

function Outcome({ checked, before }: { checked: Checked; before: Noted | undefined }): ReactNode {
  const words = useWords();
  return (
    <>
      <p className={checked.isRefuted ? 'refused' : 'outcome'}>
        <b>{words.say(checked.isRefuted ? 'checkBad' : 'checkGood')}</b>
      </p>
      <ul>
        {!checked.isRefuted && <li>{words.say('checkSize', { n: checked.logged })}</li>}
        <li>{words.say('checkSignatures', { n: checked.signatures })}</li>
        {checked.signaturesNotChecked > 0 && <li>{words.say('checkUnchecked', { n: checked.signaturesNotChecked })}</li>}
        <li>{words.say(checked.checkpointSignature === 'valid' ? 'checkpointValid' : checked.checkpointSignature === 'not-checked' ? 'checkpointNotChecked' : 'checkpointNotValid')}</li>
        {checked.findings.map((f) => (
          <li key={f.code + f.place}>
            <Engine>
              {f.place}: {f.message}
            </Engine>
          </li>
        ))}
      </ul>
      {!checked.isRefuted && <p>{before ? words.say('checkRemembered', { when: words.dateTime(before.at), n: before.size }) : words.say('checkFirst')}</p>}
      <p className="hash small" dir="ltr">
        {checked.root}
      </p>
      <p className="muted">{words.say('checkLimits')}</p>
    </>
  );
}

const keyOf = (operation: string): string => `checked:${operation}`;

function readNoted(operation: string): Noted | undefined {
  const text = localStorage.getItem(keyOf(operation));
  return text ? (JSON.parse(text) as Noted) : undefined;
}

type Bytes = Uint8Array<ArrayBuffer>;

async function fetchRecord(slug: string, progress: (n: number, of: number) => void): Promise<{ entries: Bytes[]; checkpoint: string; charter: Bytes; bodies: Bytes[] }> {
  const at = `/operations/${slug}/record`;
  const raw = async (path: string): Promise<Response> => {
    const answer = await fetch(`/api/v1${path}`, { credentials: 'same-origin' });
    if (!answer.ok) throw new Error(((await answer.json()) as { detail: string }).detail);
    return answer;
  };
  // The checkpoint first: what arrives while the entries are fetched is beyond it, and is left out of the check.
  const checkpoint = await (await raw(`${at}/checkpoint`)).text();
  const size = Number(checkpoint.split('\n')[1]);
  const charter = new Uint8Array(await (await raw(`${at}/charter`)).arrayBuffer());
  const open = await call<Record<string, string>>('GET', `${at}/certificates`);
  const entries: Bytes[] = [];
  while (entries.length < size) {
    const page = await call<{ entries: string[] }>('GET', `${at}/entries?from=${entries.length}&count=${Math.min(1000, size - entries.length)}`);
    if (page.entries.length === 0) break;
    for (const entry of page.entries) entries.push(fromBase64(entry));
    progress(entries.length, size);
  }
  return { entries, checkpoint, charter, bodies: Object.values(open).map((text) => new TextEncoder().encode(text)) };
}
