import { useCallback, useEffect, useRef, useState } from 'react';
import { useSession } from '#platform/session';

const prefix = 'mesure.draft.';
/** A new one at each load. */
const page = crypto.randomUUID();
/** A form that nobody came back to for a month is not wanted any more. */
const keptDays = 30;

interface Kept<T> {
  readonly at: number;
  readonly value: T;
  /** Which page wrote it. */
  readonly by: string;
}

const stored = <T>(key: string): Kept<T> | null => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Kept<T> | null;
  } catch {
    // Not readable any more: as if it had never been.
    return null;
  }
};

const read = <T>(key: string): Kept<T> | null => {
  const kept = stored<T>(key);
  if (kept === null || performance.timeOrigin + performance.now() - kept.at < keptDays * 86_400_000)
    return kept;
  localStorage.removeItem(key);
  return null;
};

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
  const key = `${prefix}${workspace.id}.${id}.${name}`;
  const [kept] = useState(() => read<T>(key));
  /** Whose words this page may forget: its own, or those it took over. */
  const owner = useRef(kept?.by);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Writes what this tab holds; null when nothing here is unsaved. */
  const held = useRef<(() => void) | null>(null);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    held.current?.();
  }, []);

  const keep = useCallback(
    (value: T) => {
      clearTimeout(timer.current);
      held.current = () => {
        const at = performance.timeOrigin + performance.now();
        owner.current = page;
        try {
          localStorage.setItem(key, JSON.stringify({ at, value, by: page } satisfies Kept<T>));
        } catch {
          // A full store must not break typing; the page still holds everything.
        }
      };
      timer.current = setTimeout(flush, 500);
    },
    [key, flush],
  );

  const forget = useCallback(() => {
    clearTimeout(timer.current);
    held.current = null;
    // Another tab of the same form may be in the middle of a reload, with its typing nowhere but here.
    if (stored(key)?.by === owner.current) localStorage.removeItem(key);
  }, [key]);

  useEffect(() => {
    // Another tab of the same form has saved its typing and forgotten it: ours stays.
    const onStorage = (event: StorageEvent): void => {
      if (event.key === key && event.newValue === null) flush();
    };
    window.addEventListener('storage', onStorage);
    // Written again even when it was before: another tab may have kept its own in between.
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('storage', onStorage);
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush, key]);

  return { found: kept?.value, keep, forget };
};
