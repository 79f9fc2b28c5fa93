import type { ReactNode } from 'react';
import { useWords } from '../app/context.tsx';
import { when } from '../situation/Board.tsx';
import { type Clock, spanWords } from './reading.ts';

/** A clock in full sentences: when it is due, how long is left or how long that is past; never a minus. */
export function ClockLine({ clock }: { clock: Clock }): ReactNode {
  const words = useWords();
  const due = words.say('termsDue', { when: when(clock.due, words) });
  if (clock.state === 'done') {
    return (
      <span className="clk">
        <b>{clock.late >= 60_000 ? words.say('termsAfterDue', { span: spanWords(clock.late, words) }) : words.say('termsReported', { when: when(clock.done, words) })}</b> <span>{due}</span>
      </span>
    );
  }
  return (
    <span className="clk">
      {clock.span !== null && <b>{words.say(clock.state === 'running' ? 'termsLeft' : 'termsOver', { span: spanWords(clock.span, words) })}</b>} <span>{due}</span>
      {clock.passedSince && <span>{words.say('termsPassedSince')}</span>}
    </span>
  );
}
