import { useCallback, useEffect, useRef, useState } from 'react';
import { useSession } from '#platform/session';
import { browserStore, thisTab } from '#platform/tab';
import { unsavedWhen } from '#platform/update';
import { keepDraft } from './kept-draft.ts';

const prefix = 'mesure.draft.';
const now = (): number => performance.timeOrigin + performance.now();

export interface Draft<T> {
  /** What was typed and not saved when the page was left; undefined when there is nothing. */
  readonly found: T | undefined;
  /** Keeps what is typed, at most twice a second. */
  readonly keep: (value: T) => void;
  /** It is saved, or not wanted: forget it. */
  readonly forget: () => void;
}

/**
 * Keeps what somebody types in this browser until it is saved: a reload, a lost connection or an ended session lose
 * nothing. `name` says which form and which thing it edits (`campaign/<id>`); each person and workspace has their own.
 */
export const useDraft = <T>(name: string): Draft<T> => {
  const { id, workspace } = useSession();
  const form = `${prefix}${workspace.id}.${id}.${name}`;
  const [draft] = useState(() =>
    keepDraft<T>({ storage: browserStore('localStorage'), form, tab: thisTab, now }),
  );
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    draft.flush();
  }, [draft]);

  const keep = useCallback(
    (value: T) => {
      clearTimeout(timer.current);
      draft.hold(value);
      timer.current = setTimeout(flush, 500);
    },
    [draft, flush],
  );

  const forget = useCallback(() => {
    clearTimeout(timer.current);
    draft.forget();
  }, [draft]);

  useEffect(() => {
    // A tab that took our words over has saved them and forgotten them: here they stand unsaved.
    const onStorage = (event: StorageEvent): void => {
      if (event.key === draft.key && event.newValue === null) flush();
    };
    const release = unsavedWhen(draft.isHeld);
    window.addEventListener('storage', onStorage);
    window.addEventListener('pagehide', flush);
    return () => {
      release();
      window.removeEventListener('storage', onStorage);
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [draft, flush]);

  return { found: draft.found, keep, forget };
};
