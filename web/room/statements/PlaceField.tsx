import type { ReactNode } from 'react';
import { useRoom, useWords } from '../app/context.tsx';
import { Field } from '../app/marks.tsx';
import type { Word } from '../app/words/en.ts';

/** One of the operation's places, or none. */
export function PlaceField({ name, label, value = '' }: { name: 'from' | 'to' | 'via'; label: Word; value?: string }): ReactNode {
  const words = useWords();
  const room = useRoom();
  return (
    <Field label={words.say(label)}>
      <select name={name} defaultValue={value}>
        <option value="">{words.say('noPlace')}</option>
        {room.places?.features.map((f) => (
          <option key={String(f.properties.id)} value={String(f.properties.id)}>
            {room.placeName(String(f.properties.id))}
          </option>
        ))}
      </select>
    </Field>
  );
}
