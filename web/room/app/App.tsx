import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { directionOf, type Language, languages, Translator } from '../../shared/i18n/i18n.ts';
import { InvitationPage } from '../people/InvitationPage.tsx';
import { Operations } from '../people/Operations.tsx';
import { SignIn } from '../people/SignIn.tsx';
import { go, useAddress, write } from './address.ts';
import { call, NoConnection, type OperationFacts, type Session } from './api.ts';
import { useAnswer } from './asked.ts';
import { type PlaceCollection, type PlaceFeature, RoomContext, useWords, WordsContext } from './context.tsx';
import { Layout } from './Layout.tsx';
import { useLive } from './live.ts';
import { Refused } from './marks.tsx';
import { ar } from './words/ar.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';
import { ru } from './words/ru.ts';

const Board = lazy(async () => ({ default: (await import('../situation/Board.tsx')).Board }));
const Drawer = lazy(async () => ({ default: (await import('../situation/Drawer.tsx')).Drawer }));
const Terms = lazy(async () => ({ default: (await import('../terms/Terms.tsx')).Terms }));
const StatementList = lazy(async () => ({ default: (await import('../statements/StatementList.tsx')).StatementList }));
const Timeline = lazy(async () => ({ default: (await import('../timeline/Timeline.tsx')).Timeline }));
const Say = lazy(async () => ({ default: (await import('../statements/Say.tsx')).Say }));
const Reports = lazy(async () => ({ default: (await import('../desk/Reports.tsx')).Reports }));
const Findings = lazy(async () => ({ default: (await import('../desk/Findings.tsx')).Findings }));
const Log = lazy(async () => ({ default: (await import('../log/Log.tsx')).Log }));
const Incoming = lazy(async () => ({ default: (await import('../incoming/Incoming.tsx')).Incoming }));
const Intake = lazy(async () => ({ default: (await import('../intake/Intake.tsx')).Intake }));
const Devices = lazy(async () => ({ default: (await import('../devices/Devices.tsx')).Devices }));
const Members = lazy(async () => ({ default: (await import('../people/Members.tsx')).Members }));
const Partners = lazy(async () => ({ default: (await import('../partners/Partners.tsx')).Partners }));
const AccountPage = lazy(async () => ({ default: (await import('../account/AccountPage.tsx')).AccountPage }));
const RecordPage = lazy(async () => ({ default: (await import('../record/RecordPage.tsx')).RecordPage }));
const AuditPage = lazy(async () => ({ default: (await import('../record/AuditPage.tsx')).AuditPage }));

const views = new Map([
  ['room', Board],
  ['terms', Terms],
  ['statements', StatementList],
  ['timeline', Timeline],
  ['say', Say],
  ['log', Log],
  ['incoming', Incoming],
  ['intake', Intake],
  ['reports', Reports],
  ['findings', Findings],
  ['devices', Devices],
  ['partners', Partners],
  ['members', Members],
  ['record', RecordPage],
  ['audit', AuditPage],
]);

const catalogues = { en, ar, fr, ru };

function firstLanguage(): Language {
  const kept = localStorage.getItem('language');
  const wanted = [kept, ...navigator.languages].map((l) => l?.slice(0, 2));
  return languages.find((l) => l === wanted.find((w) => languages.includes(w as Language))) ?? 'en';
}

export function App(): ReactNode {
  const address = useAddress();
  const [language, setLanguage] = useState(firstLanguage);
  const [session, setSession] = useState<Session>();
  const [unreachable, setUnreachable] = useState(false);
  const [turn, setTurn] = useState(0);
  const words = useMemo(() => new Translator(language, catalogues[language], en), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
  }, [language]);
  // biome-ignore lint: a turn asks again
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    call<Session>('GET', '/session').then(
      (answer) => {
        setSession(answer);
        setUnreachable(false);
        const own = answer.account?.language as Language | undefined;
        if (own && !localStorage.getItem('language') && languages.includes(own)) setLanguage(own);
      },
      (failure: unknown) => {
        setUnreachable(failure instanceof NoConnection);
        again = setTimeout(() => setTurn((t) => t + 1), 3000);
      },
    );
    return () => clearTimeout(again);
  }, [turn]);
  const choose = (next: Language): void => {
    localStorage.setItem('language', next);
    setLanguage(next);
  };
  const signOut = async (): Promise<void> => {
    await call('DELETE', '/session');
    setTurn(turn + 1);
    go('#/');
  };
  const frame = (content: ReactNode, live?: { connected: boolean }): ReactNode => (
    <Layout session={session} language={language} choose={choose} signOut={signOut} live={live}>
      {content}
    </Layout>
  );
  let page: ReactNode;
  if (!session) page = frame(<p className="empty">{words.say(unreachable ? 'noConnectionYet' : 'loading')}</p>);
  else if (address.path[0] === 'invitation' && address.path[1])
    page = frame(
      <InvitationPage
        code={address.path[1]}
        joined={() => {
          setTurn(turn + 1);
          go('#/');
        }}
      />,
    );
  else if (!session.signed_in) page = frame(<SignIn signedIn={() => setTurn(turn + 1)} />);
  else if (address.path[0] === 'account')
    page = frame(
      <Suspense fallback={<p className="empty">{words.say('loading')}</p>}>
        <AccountPage
          signedOut={() => {
            setTurn(turn + 1);
            go('#/');
          }}
        />
      </Suspense>,
    );
  else if (address.path[0] === 'op' && address.path[1]) page = <InOperation key={address.path[1]} slug={address.path[1]} session={session} language={language} choose={choose} signOut={signOut} />;
  else if (session.memberships.length === 1 && !session.administrator) {
    go(write({ path: ['op', session.memberships[0]!.operation, 'room'], query: {} }), true);
    page = null;
  } else page = frame(<Operations session={session} />);
  return <WordsContext value={words}>{page}</WordsContext>;
}

function InOperation({ slug, session, language, choose, signOut }: { slug: string; session: Session; language: Language; choose(l: Language): void; signOut(): void }): ReactNode {
  const address = useAddress();
  const outer = useWords();
  const live = useLive(slug);
  const { value: operation, refusal } = useAnswer<OperationFacts>(`/operations/${slug}`);
  const places = useAnswer<PlaceCollection>(operation ? `/operations/${slug}/places` : null).value;
  const membership = session.memberships.find((m) => m.operation === slug);
  const words = useMemo(() => new Translator(language, catalogues[language], en, operation?.time_zone), [language, operation?.time_zone]);
  const names = useMemo(() => new Map((places?.features ?? []).map((f) => [String(f.properties.id), nameOf(f, language)])), [places, language]);
  const View = views.get(address.path[2] ?? 'room') ?? Board;
  const open = address.query['open'];
  const layout = { session, language, choose, signOut, live };
  if (!operation) return <Layout {...layout}>{refusal ? <Refused failure={refusal} /> : <p className="empty">{outer.say('loading')}</p>}</Layout>;
  const room = { session, operation, roles: membership?.roles ?? [], live, places, placeName: (id: string | null | undefined) => (id ? (names.get(id) ?? id) : words.say('notSaid')) };
  return (
    <WordsContext value={words}>
      <RoomContext value={room}>
        <Layout {...layout} operation={operation} roles={room.roles}>
          <Suspense fallback={<p className="empty">{words.say('loading')}</p>}>
            <View />
          </Suspense>
          {/* The board opens figures too, and hands its own situation to the drawer. */}
          <Suspense>{open && View !== Board && <Drawer open={open} situation={undefined} />}</Suspense>
        </Layout>
      </RoomContext>
    </WordsContext>
  );
}

const nameOf = (f: PlaceFeature, language: Language): string => String(f.properties[`name_${language}`] ?? f.properties['name_en'] ?? f.properties.name ?? f.properties.id);
