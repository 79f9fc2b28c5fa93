import { createContext, use } from 'react';
import type { Translator } from '../../shared/i18n/i18n.ts';
import type { OperationFacts, Session } from './api.ts';
import type { Live } from './live.ts';
import type { Word } from './words/en.ts';

export type Words = Translator<Word>;

export const WordsContext = createContext<Words>(null as unknown as Words);
export const useWords = (): Words => use(WordsContext);

export interface Room {
  readonly session: Session;
  readonly operation: OperationFacts;
  readonly roles: readonly string[];
  readonly live: Live & { shown(): void };
  /** The name of a place of the operation. */
  placeName(id: string | null | undefined): string;
  readonly places: PlaceCollection | undefined;
}

export interface PlaceFeature {
  readonly type: 'Feature';
  readonly properties: { readonly id?: string; readonly name?: string; readonly kind?: string; readonly within?: string; readonly between?: readonly string[] } & Record<string, unknown>;
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
}

export interface PlaceCollection {
  readonly features: readonly PlaceFeature[];
}

export const RoomContext = createContext<Room>(null as unknown as Room);
export const useRoom = (): Room => use(RoomContext);
