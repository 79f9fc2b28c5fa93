// Starts, enrols, locks, opens. What was entered lives in the open work; a lock takes it and every screen from memory.
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Translator } from '../shared/i18n/i18n.js';
import { Checkpoint } from './checkpoint/Checkpoint.js';
import { Convoys } from './convoys/Convoys.js';
import { Coverage } from './coverage/Coverage.js';
import { Enrolment, invitationIn } from './enrolment/Enrolment.js';
import { type Field, FieldContext, type Screen } from './field.js';
import { Handover } from './handover/Handover.js';
import { IncidentForm } from './incidents/IncidentForm.js';
import { icons, type Settings } from './keeping/settings.js';
import type { Shelf } from './keeping/shelf.js';
import { resume, sayAll, type Teller } from './keeping/saying.js';
import { type Work, WorkKeeper } from './keeping/work.js';
import { Lines } from './lines/Lines.js';
import { Menu } from './lines/Menu.js';
import { afterOpening, beforeTrying, type Lock, lockWith, openWith, stillToWait } from './lock/code.js';
import { Keypad } from './lock/Keypad.js';
import { ObstructionForm } from './obstructions/ObstructionForm.js';
import { dressAs } from './offline/dress.js';
import { type Attachment, type Body, type Carriage, type Line, type Load, Refused } from './outbox/carriage.js';
import { Outbox } from './outbox/Outbox.js';
import { PhotoForm } from './photos/Photos.js';
import { SettingsForm } from './settings/SettingsForm.js';
import { Sheet } from './sheet/Sheet.js';
import { Tally } from './tally/Tally.js';
import { Wishes } from './wishes/Wishes.js';
import { catalogues, en, type Word } from './words/words.js';

interface Opened {
  key: CryptoKey;
  keeper: WorkKeeper;
}

/** Milliseconds between tries to deliver while something is left. */
const deliverEvery = 30_000;

/** Two presses of the corner within this time hide everything. */
const doublePress = 450;

/** How long the phone's own picker or print view may stand over the app without locking it. */
const awayMilliseconds = 120_000;

const noLoad: Load = { left: 0, held: 0, logged: 0, refused: [] };
const now = (): number => Date.now();

export function App({ shelf, carriage, first, firstLock }: { shelf: Shelf; carriage: Carriage; first: Settings; firstLock: Lock | undefined }): ReactNode {
  const [settings, setSettings] = useState(first);
  const [lockKept, setLockKept] = useState(firstLock);
  const [enrolled, setEnrolled] = useState(carriage.operation !== undefined);
  const [opened, setOpened] = useState<Opened>();
  const [work, setWork] = useState<Work>();
  const [screen, setScreen] = useState<Screen>('menu');
  const [load, setLoad] = useState(noLoad);
  const [online, setOnline] = useState(navigator.onLine);
  const [told, setTold] = useState('');
  const [invitation] = useState(() => invitationIn(location.hash));
  const workNow = useRef<Work>(undefined);
  const away = useRef(0);
  const cornerAt = useRef(0);

  const operation = carriage.operation;
  const t = useMemo(() => new Translator<Word>(settings.language, catalogues[settings.language], en, operation?.timeZone, settings.latinDigits), [settings.language, settings.latinDigits, operation?.timeZone]);
  const say = useMemo(() => t.say.bind(t), [t]);

  useEffect(() => {
    document.documentElement.lang = settings.language;
    document.documentElement.dir = t.direction;
    document.documentElement.dataset['theme'] = settings.theme === 'phone' ? '' : settings.theme === 'night' ? 'dark' : 'light';
  }, [settings.language, settings.theme, t]);
  useEffect(() => dressAs(settings.appName, settings.icon), [settings.appName, settings.icon]);
  useEffect(() => { if (location.hash) history.replaceState(null, '', location.pathname); }, []);

  const lock = useCallback((): void => {
    setOpened(undefined);
    setWork(undefined);
    workNow.current = undefined;
    setScreen('menu');
    setTold('');
  }, []);

  const refreshLoad = useCallback(async (): Promise<void> => setLoad(await carriage.load()), [carriage]);
  const deliverNow = useCallback(async (): Promise<void> => {
    try {
      await carriage.deliver();
      setOnline(true);
    } catch (problem) {
      // A phone that is connected to something may still not reach the room: the corner says what is so.
      setOnline(navigator.onLine && !(problem instanceof Refused && problem.code === 'delivery.offline'));
      throw problem;
    } finally {
      await refreshLoad();
    }
  }, [carriage, refreshLoad]);
  const deliver = useCallback(async (): Promise<void> => {
    if (!carriage.operation || (await carriage.load()).left === 0) return;
    // No network is normal: what could not be sent is tried again.
    await deliverNow().catch(() => undefined);
  }, [carriage, deliverNow]);

  useEffect(() => {
    void refreshLoad();
    const timer = setInterval(() => void deliver(), deliverEvery);
    const change = (): void => { setOnline(navigator.onLine); if (navigator.onLine) void deliver(); };
    addEventListener('online', change);
    addEventListener('offline', change);
    return () => { clearInterval(timer); removeEventListener('online', change); removeEventListener('offline', change); };
  }, [deliver, refreshLoad]);

  // Locks when the app is hidden, after a while without a touch, and on Escape.
  useEffect(() => {
    if (!opened) return;
    let touched = now();
    const touch = (): void => { touched = now(); };
    const hidden = (): void => {
      if (document.visibilityState === 'visible') away.current = 0;
      else if (now() > away.current) lock();
    };
    const escape = (event: KeyboardEvent): void => { touch(); if (event.key === 'Escape') lock(); };
    const timer = setInterval(() => { if (now() - touched > settings.lockAfterMinutes * 60_000) lock(); }, 5_000);
    document.addEventListener('visibilitychange', hidden);
    addEventListener('pointerdown', touch);
    addEventListener('keydown', escape);
    return () => { clearInterval(timer); document.removeEventListener('visibilitychange', hidden); removeEventListener('pointerdown', touch); removeEventListener('keydown', escape); };
  }, [opened, lock, settings.lockAfterMinutes]);

  // The phone's own way back leads to the menu; the address never says which screen was open.
  useEffect(() => {
    const back = (): void => setScreen('menu');
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  useEffect(() => {
    if (!told) return;
    const timer = setTimeout(() => setTold(''), 4_000);
    return () => clearTimeout(timer);
  }, [told]);

  const changeSettings = useCallback(async (change: Partial<Settings>): Promise<void> => {
    const next = { ...settings, ...change };
    setSettings(next);
    await shelf.put('settings', next);
  }, [settings, shelf]);

  const tellerOf = (keeper: WorkKeeper): Teller => ({
    work: () => workNow.current!,
    keep: (next) => { workNow.current = next; setWork(next); return keeper.keep(next); },
    record: (body, attachments) => carriage.record(body, attachments),
    mark: () => carriage.mark(),
  });

  const open = async (key: CryptoKey): Promise<void> => {
    const found = await WorkKeeper.read(shelf, key);
    const keeper = new WorkKeeper(shelf, key);
    workNow.current = found;
    setWork(found);
    // What is left to say stays kept where it can't be said now; the next record tries again.
    await resume(tellerOf(keeper)).catch(() => undefined);
    setScreen(workNow.current.line ? 'menu' : 'lines');
    setOpened({ key, keeper });
    await refreshLoad();
  };

  const choose = async (code: string): Promise<void> => {
    const made = await lockWith(code);
    await shelf.put('lock', made.lock);
    setLockKept(made.lock);
    await open(made.key);
  };

  const attempt = async (code: string): Promise<void> => {
    const trying = beforeTrying(lockKept!, now());
    await shelf.put('lock', trying);
    const key = await openWith(trying, code);
    const after = key ? afterOpening(trying) : trying;
    if (key) await shelf.put('lock', after);
    setLockKept(after);
    if (key) await open(key);
  };

  const enrol = async (code: string, slug: string): Promise<void> => {
    await carriage.enrol(code, slug);
    await navigator.storage?.persist?.();
    const given = carriage.operation!;
    const icon = icons.find((each) => each === given.icon);
    await changeSettings({ ...(given.appName ? { appName: given.appName } : {}), ...(icon ? { icon } : {}), ...(given.codedLabels ? { codedLabels: true } : {}) });
    setEnrolled(true);
  };

  if (!enrolled || !operation) return <div className="field"><Enrolment t={t} invitation={invitation} onEnrol={enrol} onLanguage={(language) => void changeSettings({ language })} /></div>;
  if (!lockKept) return <ChooseCode t={t} onChosen={choose} />;
  if (!opened || !work) return <Locked t={t} kept={lockKept} onCode={attempt} />;

  const change = (step: (work: Work) => Work): Promise<void> => {
    const next = step(workNow.current!);
    workNow.current = next;
    setWork(next);
    return opened.keeper.keep(next);
  };
  const record = async (bodies: Body | readonly Body[], attachments: readonly Attachment[], step: (work: Work) => Work): Promise<void> => {
    await sayAll(tellerOf(opened.keeper), Array.isArray(bodies) ? (bodies as readonly Body[]) : [bodies as Body], attachments, step);
    await refreshLoad();
    if (navigator.onLine) void deliver();
  };
  const go = (to: Screen): void => {
    if (screen === 'menu' && to !== 'menu') history.pushState(null, '', location.pathname);
    setScreen(to);
    scrollTo(0, 0);
  };
  const corner = (): void => {
    const pressed = now();
    const twice = pressed - cornerAt.current < doublePress;
    cornerAt.current = pressed;
    if (twice) lock();
    else go('menu');
  };
  const labelOf = (line: Line): string => (settings.codedLabels ? say('line.coded', { n: operation.lines.findIndex((each) => each.id === line.id) + 1 }) : (line.names?.[settings.language] ?? line.name));
  const field: Field = { t, say, operation, carriage, shelf, key: opened.key, line: operation.lines.find((line) => line.id === work.line), labelOf, work, change, record, load, refreshLoad, deliver: deliverNow, online, settings, changeSettings, go, lock, corner, tell: setTold, now };
  const expectAway = (): void => { away.current = now() + awayMilliseconds; };

  const pages: Record<Screen, () => ReactNode> = {
    menu: () => <Menu />,
    lines: () => <Lines />,
    tally: () => <Tally />,
    convoys: () => <Convoys />,
    incident: () => <IncidentForm />,
    obstruction: () => <ObstructionForm />,
    coverage: () => <Coverage />,
    checkpoint: () => <Checkpoint />,
    wishes: () => <Wishes />,
    photo: () => <PhotoForm />,
    handover: () => <Handover />,
    outbox: () => <Outbox expectAway={expectAway} />,
    sheet: () => <Sheet expectAway={expectAway} />,
    settings: () => <SettingsForm />,
  };
  return (
    <FieldContext value={field}>
      <div className="field">
        <div className="page">{pages[screen]()}</div>
        <p role="status" className={told ? 'told' : 'vh'}>{told}</p>
      </div>
    </FieldContext>
  );
}

function ChooseCode({ t, onChosen }: { t: Translator<Word>; onChosen: (code: string) => Promise<void> }): ReactNode {
  const [before, setBefore] = useState('');
  const [busy, setBusy] = useState(false);
  const [differ, setDiffer] = useState(false);
  const next = (code: string): void => {
    setDiffer(before !== '' && before !== code);
    if (before === '') return setBefore(code);
    if (before !== code) return setBefore('');
    setBusy(true);
    void onChosen(code).finally(() => setBusy(false));
  };
  return (
    <Keypad number={(n) => t.number(n)} deleteLabel={t.say('pin.delete')} onCode={next} busy={busy}>
      <h1>{t.say(before ? 'pin.again' : 'pin.choose')}</h1>
      <p role="status">{differ ? t.say('pin.differ') : t.say('pin.why')}</p>
    </Keypad>
  );
}

function Locked({ t, kept, onCode }: { t: Translator<Word>; kept: Lock; onCode: (code: string) => Promise<void> }): ReactNode {
  const [busy, setBusy] = useState(false);
  const [wait, setWait] = useState(() => stillToWait(kept, now()));
  useEffect(() => {
    setWait(stillToWait(kept, now()));
    const timer = setInterval(() => setWait(stillToWait(kept, now())), 500);
    return () => clearInterval(timer);
  }, [kept]);
  return <Keypad number={(n) => t.number(n)} deleteLabel={t.say('pin.delete')} busy={busy} waitSeconds={Math.ceil(wait / 1000)} onCode={(code) => { setBusy(true); void onCode(code).finally(() => setBusy(false)); }} />;
}
