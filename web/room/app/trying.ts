// An act that the server may refuse: its words stay on the page until the next try.
import { useState } from 'react';
import type { Refusal } from './api.ts';

export function useTrying(): { failure: Refusal | undefined; busy: boolean; attempt(act: () => Promise<unknown>): Promise<boolean> } {
  const [failure, setFailure] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    try {
      await act();
      setFailure(undefined);
      return true;
    } catch (refused) {
      setFailure(refused as Refusal);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { failure, busy, attempt };
}
