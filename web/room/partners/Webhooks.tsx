import { type ReactNode, useEffect, useRef, useState } from 'react';
import { call } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords } from '../app/context.tsx';
import { Engine, Field, Panel, Refused } from '../app/marks.tsx';
import { useTrying } from '../app/trying.ts';
import type { Word } from '../app/words/en.ts';
import { AskOnce } from './AskOnce.tsx';
import { GivenOnce } from './GivenOnce.tsx';

interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly audience: 'parties' | 'public';
  readonly made: string;
  readonly waiting: number;
  readonly last: { readonly at: string; readonly event: string; readonly state: string; readonly status: number | null; readonly error: string | null } | null;
  readonly disabled: { readonly at: string; readonly why: string } | null;
}

interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly about: string;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly tries: number;
  readonly last_at: string | null;
  readonly last_status: number | null;
  readonly last_error: string | null;
  readonly next_at: string | null;
}

interface Tested {
  readonly taken: boolean;
  readonly status: number | null;
  readonly error: string | null;
}

/** Addresses that the server calls when something is published. */
export function Webhooks(): ReactNode {
  const words = useWords();
  const room = useRoom();
  const path = `/operations/${room.operation.slug}/webhooks`;
  const form = useRef<HTMLFormElement>(null);
  const [turn, setTurn] = useState(0);
  const [url, setUrl] = useState('');
  const [audience, setAudience] = useState<'parties' | 'public'>('parties');
  const [made, setMade] = useState<{ url: string; secret: string }>();
  const { value, refusal } = useAnswer<Webhook[]>(path, `${turn}.${room.live.desk}.${room.live.size}`);
  const { failure, busy, attempt } = useTrying();
  const again = (): void => setTurn((t) => t + 1);
  // Nothing tells a page of a delivery: while something is shown it is asked again.
  const any = (value?.length ?? 0) > 0;
  useEffect(() => {
    const each = any ? setInterval(() => document.visibilityState === 'visible' && setTurn((t) => t + 1), 5000) : undefined;
    return () => clearInterval(each);
  }, [any]);
  const make = (): void =>
    void attempt(async () => {
      setMade(await call<{ url: string; secret: string }>('POST', path, { url: url.trim(), audience }));
      setUrl('');
    }).then(again);
  return (
    <Panel title={words.say('webhooksTitle')} note={value && words.say('webhooksStanding', { n: value.length })}>
      <p className="lead">{words.say('webhooksHow')}</p>
      <Refused failure={refusal} />
      {made && (
        <GivenOnce key={made.secret} title={words.say('webhookMade')} given={[{ label: words.say('webhookSecret'), value: made.secret }]} close={() => setMade(undefined)}>
          <p className="muted">{words.say('webhookCheck')}</p>
        </GivenOnce>
      )}
      {value?.length === 0 && !made && <p className="empty">{words.say('noWebhooks')}</p>}
      <ul className="kept">
        {value?.map((w) => (
          <One key={w.id} webhook={w} path={`${path}/${w.id}`} changed={again} />
        ))}
      </ul>
      <form ref={form} className="make" aria-labelledby="new-webhook" onSubmit={(e) => e.preventDefault()}>
        <h3 id="new-webhook">{words.say('newWebhook')}</h3>
        <div className="row">
          <Field label={words.say('webhookUrl')} hint={words.say('webhookUrlHint')}>
            <input type="url" required maxLength={2000} value={url} onChange={(e) => setUrl(e.target.value)} dir="ltr" autoComplete="off" placeholder="https://" />
          </Field>
          <Field label={words.say('madeFor')} hint={words.say('webhookHears')}>
            <select value={audience} onChange={(e) => setAudience(e.target.value as typeof audience)}>
              <option value="parties">{words.say('forParties')}</option>
              <option value="public">{words.say('forPublic')}</option>
            </select>
          </Field>
        </div>
        <Refused failure={failure} />
        <AskOnce main disabled={busy} label={words.say('makeWebhook')} question={words.say('webhookAsk', { url: url.trim(), whom: words.say(audience === 'public' ? 'toPublic' : 'toParties') })} ready={() => form.current!.reportValidity()} act={make} />
      </form>
    </Panel>
  );
}

function One({ webhook, path, changed }: { webhook: Webhook; path: string; changed(): void }): ReactNode {
  const words = useWords();
  const { failure, busy, attempt } = useTrying();
  const [tested, setTested] = useState<Tested>();
  const [shown, setShown] = useState(false);
  const { last, disabled } = webhook;
  return (
    <li>
      <div>
        <b className="url" dir="ltr">
          {webhook.url}
        </b>
        <span className="tag">{words.say(webhook.audience === 'public' ? 'forPublic' : 'forParties')}</span>
        <span className="muted small">
          {last ? words.say('webhookLast', { when: words.dateTime(last.at), outcome: outcome(words.say(`delivery_${last.state}` as Word), last.status) }) : words.say('webhookNothingYet')}
          {webhook.waiting > 0 && <> · {words.say('webhookWaiting', { n: webhook.waiting })}</>}
        </span>
        {disabled && (
          <p className="mind">
            {words.say('webhookDisabled', { when: words.dateTime(disabled.at) })} <Engine>{disabled.why}</Engine>
          </p>
        )}
      </div>
      <div className="row acts">
        <button type="button" className="btn" disabled={busy} aria-label={`${words.say('webhookTest')}: ${webhook.url}`} onClick={() => void attempt(async () => setTested(await call<Tested>('POST', `${path}/test`, {})))}>
          {words.say('webhookTest')}
        </button>
        <button type="button" className="btn" aria-expanded={shown} aria-label={`${words.say('deliveries')}: ${webhook.url}`} onClick={() => setShown(!shown)}>
          {words.say('deliveries')}
        </button>
        <AskOnce label={words.say('endWebhook')} about={webhook.url} question={words.say('endWebhookAsk', { url: webhook.url })} act={() => void attempt(() => call('DELETE', path)).then(changed)} />
      </div>
      <div role="status">
        {busy && <p className="muted small">{words.say('webhookAsking')}</p>}
        {!busy && tested && (
          <p className={tested.taken ? 'small' : 'mind'}>
            {words.say(tested.taken ? 'testTaken' : tested.status === null ? 'testNoAnswer' : 'testNotTaken', { status: String(tested.status) })} {tested.error && <Engine>{tested.error}</Engine>}
          </p>
        )}
      </div>
      <Refused failure={failure} />
      {shown && <Deliveries path={`${path}/deliveries`} turn={last?.at} />}
    </li>
  );
}

const outcome = (state: string, status: number | null): string => (status === null ? state : `${state} (${status})`);

function Deliveries({ path, turn }: { path: string; turn: string | undefined }): ReactNode {
  const words = useWords();
  const { value, refusal } = useAnswer<Delivery[]>(path, turn);
  return (
    <>
      <Refused failure={refusal} />
      {value?.length === 0 && <p className="muted small">{words.say('noDeliveries')}</p>}
      {value && value.length > 0 && (
        <div className="scrolls">
          <table>
            <caption className="vh">{words.say('deliveries')}</caption>
            <thead>
              <tr>
                <th scope="col">{words.say('deliveryAbout')}</th>
                <th scope="col">{words.say('deliveryState')}</th>
                <th scope="col">{words.say('deliveryTries')}</th>
                <th scope="col">{words.say('deliveryWhen')}</th>
              </tr>
            </thead>
            <tbody>
              {value.map((d) => (
                <tr key={d.id}>
                  <th scope="row">
                    <bdi>{d.about}</bdi> <small>{words.say(`event_${d.event.replace('.', '-')}` as Word)}</small>
                  </th>
                  <td>
                    {outcome(words.say(`delivery_${d.state}`), d.last_status)} {d.last_error && <Engine>{d.last_error}</Engine>}
                  </td>
                  <td className="num">{words.number(d.tries)}</td>
                  <td>
                    {d.last_at ? words.dateTime(d.last_at) : '–'}
                    {d.next_at && <small> {words.say('deliveryNext', { when: words.dateTime(d.next_at) })}</small>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
