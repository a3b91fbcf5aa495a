/** A form that nobody came back to for a month is not wanted any more. */
const keptDays = 30;

interface Kept<T> {
  readonly at: number;
  readonly value: T;
  /** Which page wrote it. */
  readonly by: string;
}

interface KeptDraftDeps {
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly key: string;
  /** A new one at each load of a page. */
  readonly page: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface KeptDraft<T> {
  /** What was there when this page took the draft up. */
  readonly found: T | undefined;
  /** From now on this page holds words that are not saved. */
  readonly hold: (value: T) => void;
  /** Writes what this page holds; again even when it was before: another page may have kept its own in between. */
  readonly flush: () => void;
  /** It is saved, or not wanted. */
  readonly forget: () => void;
  readonly isHeld: () => boolean;
}

/** The words of one form in the browser's store, which other tabs with the same form share. */
export const keepDraft = <T>({ storage, key, page, now }: KeptDraftDeps): KeptDraft<T> => {
  const stored = (): Kept<T> | null => {
    try {
      return JSON.parse(storage.getItem(key) ?? 'null') as Kept<T> | null;
    } catch {
      // Not readable any more: as if it had never been.
      return null;
    }
  };
  const kept = stored();
  const isOld = kept !== null && now() - kept.at >= keptDays * 86_400_000;
  if (isOld) storage.removeItem(key);
  const found = isOld ? null : kept;
  /** Whose words this page may forget: its own, or those it took over. */
  let owner = found?.by;
  let held: { readonly value: T } | null = null;
  return {
    found: found?.value,
    hold: (value) => {
      held = { value };
    },
    flush: () => {
      if (held === null) return;
      owner = page;
      try {
        storage.setItem(key, JSON.stringify({ at: now(), value: held.value, by: page } satisfies Kept<T>));
      } catch {
        // A full store must not break typing; the page still holds everything.
      }
    },
    forget: () => {
      held = null;
      // Another tab of the same form may be in the middle of a reload, with its typing nowhere but here.
      if (stored()?.by === owner) storage.removeItem(key);
    },
    isHeld: () => held !== null,
  };
};
