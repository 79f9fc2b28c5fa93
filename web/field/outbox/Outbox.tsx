// What is not delivered yet, and every way out of this phone: the network, a file, pictures; and another's, carried on.
import { type ReactNode, useRef, useState } from 'react';
import { ReadPictures, ShowPictures } from '../codes/Pictures.js';
import { useField } from '../field.js';
import { Act, Page, Problems } from '../parts/parts.js';

/** How many pictures there are in all, as each says of itself: kind, name, place, count. */
const ofAll = (parts: readonly string[]): number => Number(parts[0]?.split('/')[3] ?? 0);

export function Outbox({ expectAway }: { expectAway: () => void }): ReactNode {
  const field = useField();
  const { say, load, carriage, refreshLoad, deliver, tell, go } = field;
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<string[]>([]);
  const [shown, setShown] = useState<string[]>();
  const [reading, setReading] = useState(false);
  const [read, setRead] = useState<string[]>([]);
  const picker = useRef<HTMLInputElement>(null);

  const attempt = (failed: 'outbox.failed' | 'outbox.take.failed', act: () => Promise<void>): void => {
    if (busy) return;
    setBusy(true);
    setProblems([]);
    act()
      .catch((why: unknown) => setProblems([say(failed, { why: why instanceof Error ? why.message : String(why) })]))
      .finally(() => { setBusy(false); void refreshLoad(); });
  };
  const handOver = async (): Promise<void> => {
    const file = new File([await carriage.asFile()], 'notes.bin', { type: 'application/octet-stream' });
    expectAway();
    if (navigator.canShare?.({ files: [file] })) return navigator.share({ files: [file] });
    const address = URL.createObjectURL(file);
    const link = Object.assign(document.createElement('a'), { href: address, download: file.name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
  const takeFile = async (file: File): Promise<void> => tell(say('outbox.taken', { n: await carriage.takeFile(new Uint8Array(await file.arrayBuffer())) }));
  const takePicture = (text: string): void => {
    if (read.includes(text)) return;
    const next = [...read, text];
    setRead(next);
    attempt('outbox.take.failed', async () => {
      const taken = await carriage.takePictures(next);
      if (taken === undefined) return;
      tell(say('outbox.taken', { n: taken }));
      setReading(false);
      setRead([]);
    });
  };

  if (shown) return <Page title={say('outbox.qr')} actions={<Act wide onPress={() => setShown(undefined)}>{say('back')}</Act>}><ShowPictures parts={shown} /><p>{say('outbox.still')}</p></Page>;
  if (reading)
    return (
      <Page title={say('outbox.scan')} actions={<Act wide onPress={() => setReading(false)}>{say('back')}</Act>}>
        <ReadPictures onText={takePicture} />
        {read.length > 0 && <p role="status">{say('qr.got', { n: read.length, all: ofAll(read) })}</p>}
        <Problems problems={problems} />
      </Page>
    );

  return (
    <Page
      title={say('go.outbox')}
      actions={<><Act onPress={() => go('menu')}>{say('back')}</Act><Act go onPress={() => attempt('outbox.failed', deliver)}>{say(busy ? 'outbox.delivering' : 'outbox.deliver')}</Act></>}
    >
      <p className="left">{load.left === 0 ? say('outbox.none') : say('outbox.left', { n: load.left })}</p>
      <p>{say('outbox.normal')}</p>
      <ul className="gaps">
        {(['held', 'logged'] as const).filter((state) => load[state] > 0).map((state) => <li key={state}>{say(`outbox.${state}`, { n: load[state] })}</li>)}
        {load.refused.length > 0 && <li>{say('outbox.refused', { n: load.refused.length })}</li>}
        {load.refused.map((why, n) => <li key={n} dir="ltr" lang="en">{why}</li>)}
      </ul>
      <Problems problems={problems} />
      {load.left > 0 && <Act wide onPress={() => attempt('outbox.failed', handOver)} small={say('outbox.still')}>{say('outbox.file')}</Act>}
      {load.left > 0 && <Act wide onPress={() => attempt('outbox.failed', async () => setShown(await carriage.asPictures()))}>{say('outbox.qr')}</Act>}
      <Act wide onPress={() => { expectAway(); picker.current?.click(); }}>{say('outbox.take')}</Act>
      <Act wide onPress={() => setReading(true)}>{say('outbox.scan')}</Act>
      <input ref={picker} type="file" className="vh" tabIndex={-1} aria-hidden="true" onChange={(event) => { const file = event.target.files?.[0]; event.target.value = ''; if (file) attempt('outbox.take.failed', () => takeFile(file)); }} />
    </Page>
  );
}
