import type { ReactNode } from 'react';
import { runningSpell } from '../coverage/watch.js';
import { type Screen, useField } from '../field.js';
import { Page } from '../parts/parts.js';
import { peopleOn } from '../tally/bus.js';
import type { Word } from '../words/en.js';

const items: readonly (readonly [Screen, Word])[] = [
  ['tally', 'go.tally'], ['coverage', 'go.coverage'], ['incident', 'go.incident'], ['obstruction', 'go.obstruction'], ['convoys', 'go.convoys'], ['checkpoint', 'go.checkpoint'],
  ['wishes', 'go.wishes'], ['photo', 'go.photo'], ['handover', 'go.handover'], ['outbox', 'go.outbox'], ['sheet', 'go.sheet'], ['settings', 'go.settings'],
];

export function Menu(): ReactNode {
  const { t, say, line, labelOf, work, load, settings, go } = useField();
  const watch = line && runningSpell(work.spells, line.id);
  const open = work.buses.filter((bus) => bus.line === line?.id).reduce((n, bus) => n + peopleOn(bus), 0);
  const more: Partial<Record<Screen, string>> = { ...(open > 0 ? { tally: t.number(open) } : {}), ...(load.left > 0 ? { outbox: t.number(load.left) } : {}) };
  return (
    <Page title={line ? labelOf(line) : say('line.title')} sub={watch?.watched ? say('menu.watching', { time: t.time(new Date(watch.from)) }) : undefined}>
      {!watch?.watched && <p>{say('menu.notwatching')}</p>}
      <ul className="tiles">
        {items.filter(([screen]) => screen !== 'photo' || settings.camera).map(([screen, word]) => (
          <li key={screen}>
            <button className="tile" onClick={() => go(screen)}>
              <span>{say(word)}</span>
              {more[screen] && <b className="num">{more[screen]}</b>}
            </button>
          </li>
        ))}
        <li className="wide"><button className="tile" onClick={() => go('lines')}>{say('line.change')}</button></li>
      </ul>
      <p>{say('menu.hide')}</p>
    </Page>
  );
}
