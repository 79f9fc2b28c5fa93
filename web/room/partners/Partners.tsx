import type { ReactNode } from 'react';
import { useRoom, useWords } from '../app/context.tsx';
import { Alerts } from './Alerts.tsx';
import { Collect } from './Collect.tsx';
import { Keys } from './Keys.tsx';
import { TakeOut } from './TakeOut.tsx';
import { Webhooks } from './Webhooks.tsx';
import './partners.css';

/** Where what is known goes out in the forms that others use, and where what others collect comes in. A panel stands here only for who may use it; the server decides again. */
export function Partners(): ReactNode {
  const words = useWords();
  const { roles } = useRoom();
  const may = (...who: string[]): boolean => who.some((r) => roles.includes(r));
  return (
    <div className="page wide partners">
      <header>
        <h1>{words.say('partnersTitle')}</h1>
        <p className="muted">{words.say(may('monitor', 'reporting-officer') ? 'partnersHow' : 'partnersHowOut')}</p>
      </header>
      <TakeOut />
      <Alerts />
      <div className="pairs">
        {may('monitor', 'reporting-officer') && <Collect />}
        {may('reporting-officer') && (
          <div className="col">
            <Keys />
            <Webhooks />
          </div>
        )}
      </div>
    </div>
  );
}
