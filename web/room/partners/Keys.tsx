import { type ReactNode, useRef, useState } from 'react';
import { call } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Field, Panel, Refused } from '../app/marks.tsx';
import { useTrying } from '../app/trying.ts';
import { AskOnce } from './AskOnce.tsx';
import { Ended } from './Collect.tsx';
import { type Given, GivenOnce } from './GivenOnce.tsx';

interface FeedKey {
  readonly id: string;
  readonly name: string;
  readonly audience: 'parties' | 'public';
  readonly open: boolean;
  readonly made: string;
  readonly expires: string;
  readonly revoked: string | null;
  readonly last_used: string | null;
}

/** Keys of partners' programs: each for one office, an audience outside the room and a time. */
export function Keys(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const path = `/operations/${room.operation.slug}/feed-keys`;
  const form = useRef<HTMLFormElement>(null);
  const [turn, setTurn] = useState(0);
  const [name, setName] = useState('');
  const [audience, setAudience] = useState<'parties' | 'public'>('parties');
  const [days, setDays] = useState(90);
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<{ name: string; given: readonly Given[] }>();
  const { value, refusal } = useAnswer<FeedKey[]>(path, turn);
  const { failure, busy, attempt } = useTrying();
  const again = (): void => setTurn((t) => t + 1);
  const make = (): void =>
    void attempt(async () => {
      const { key } = await call<{ key: string | null }>('POST', path, { name, audience, days, open });
      setMade({ name, given: addressesOf(room.operation.slug, key).map(([word, value]) => ({ label: words.say(word), value })) });
      setName('');
      setOpen(false);
    }).then(again);
  const now = Date.parse(room.operation.now);
  const standing = value?.filter((k) => !k.revoked && Date.parse(k.expires) > now) ?? [];
  const ended = value?.filter((k) => !standing.includes(k)) ?? [];
  const whom = words.say(audience === 'public' ? 'toPublic' : 'toParties');
  return (
    <Panel title={words.say('keysTitle')} note={value && words.say('keysStanding', { n: standing.length })}>
      <p className="lead">{words.say('keysHow')}</p>
      <Refused failure={refusal} />
      {made && <GivenOnce key={made.given[0]?.value} title={words.say('keyMade', { name: made.name })} given={made.given} close={() => setMade(undefined)} />}
      {value && standing.length === 0 && !made && <p className="empty">{words.say('noKeys')}</p>}
      <ul className="kept">
        {standing.map((k) => (
          <li key={k.id}>
            <div>
              <b>
                <bdi>{k.name}</bdi>
              </b>
              <span className="tag">{words.say(k.open ? 'openToAll' : k.audience === 'public' ? 'forPublic' : 'forParties')}</span>
              <span className="muted small">
                {words.say('goodUntil', { when: words.dateTime(k.expires, { day: 'numeric', month: 'short', year: 'numeric' }) })} · {k.last_used ? words.say('usedInHour', { when: words.dateTime(k.last_used) }) : words.say('neverUsed')}
              </span>
            </div>
            <AskOnce label={words.say('endKey')} about={k.name} question={words.say(k.open ? 'endOpen' : 'endFeedKey', { name: k.name })} act={() => void attempt(() => call('DELETE', `${path}/${k.id}`)).then(again)} />
          </li>
        ))}
      </ul>
      <Ended n={ended.length}>
        {ended.map((k) => (
          <li key={k.id}>
            <bdi>{k.name}</bdi> <span className="muted small">{words.say(k.revoked ? 'endedAt' : 'ranOut', { when: words.dateTime(k.revoked ?? k.expires) })}</span>
          </li>
        ))}
      </Ended>
      <form ref={form} className="make" aria-labelledby="new-key" onSubmit={(e) => e.preventDefault()}>
        <h3 id="new-key">{words.say('newKey')}</h3>
        <div className="row">
          <Field label={words.say('keyName')}>
            <input required maxLength={100} value={name} onChange={(e) => setName(e.target.value)} dir="auto" autoComplete="off" />
          </Field>
          <Field label={words.say('madeFor')}>
            <select
              value={audience}
              onChange={(e) => {
                setAudience(e.target.value as typeof audience);
                setOpen(false);
              }}
            >
              <option value="parties">{words.say('forParties')}</option>
              <option value="public">{words.say('forPublic')}</option>
            </select>
          </Field>
          <Field label={words.say('keyDays')}>
            <input type="number" required min={1} max={366} step={1} value={days} onChange={(e) => setDays(e.target.valueAsNumber || 0)} />
          </Field>
        </div>
        {audience === 'public' && (
          <label className="check">
            <input type="checkbox" checked={open} onChange={(e) => setOpen(e.target.checked)} /> {words.say('keyOpen')}
          </label>
        )}
        <Refused failure={failure} />
        <AskOnce main disabled={busy} label={words.say('makeKey')} question={words.say(open ? 'keyAskOpen' : 'keyAsk', { name, whom, n: days })} ready={() => form.current!.reportValidity()} act={make} />
      </form>
    </Panel>
  );
}

/** Where a program reads with this key, as each takes it; null is the feed that is open to anybody. */
function addressesOf(operation: string, key: string | null): readonly (readonly ['addressOgc' | 'addressAtom' | 'addressJsonFeed' | 'addressBearer', string])[] {
  const feeds = `${location.origin}/feeds/${operation}${key ? `/key/${key}` : ''}/reports`;
  return [
    ['addressOgc', `${location.origin}/ogc/${operation}${key ? `/key/${key}` : ''}`],
    ['addressAtom', `${feeds}.atom`],
    ['addressJsonFeed', `${feeds}.json`],
    ...(key ? ([['addressBearer', `Authorization: Bearer ${key}`]] as const) : []),
  ];
}
