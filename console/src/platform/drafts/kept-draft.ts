/** A form that nobody came back to for a month is not wanted any more. */
const keptDays = 30;

interface Kept<T> {
  readonly at: number;
  readonly value: T;
}

interface KeptDraftDeps {
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;
  /** Which form, of which thing, of whom. */
  readonly form: string;
  /** The same across a tab's reloads. */
  readonly tab: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface KeptDraft<T> {
  /** Under which name this tab keeps its own words. */
  readonly key: string;
  /** What was typed in this tab before a reload; else what another tab kept last. */
  readonly found: T | undefined;
  /** From now on this page holds words that are not saved. */
  readonly hold: (value: T) => void;
  /** Writes what this page holds; again even when it was before: another tab may have taken it over and forgotten it. */
  readonly flush: () => void;
  /** It is saved, or not wanted. */
  readonly forget: () => void;
  readonly isHeld: () => boolean;
}

/**
 * The words of one form in the browser's store. Each tab writes under a name of its own: tabs are processes that see
 * each other's writes late, and one that looked whose words stand there before it removed them could still remove
 * those that another tab had just left for its reload.
 */
export const keepDraft = <T>({ storage, form, tab, now }: KeptDraftDeps): KeptDraft<T> => {
  const key = `${form}#${tab}`;
  const readable = (name: string): Kept<T> | null => {
    try {
      const kept = JSON.parse(storage.getItem(name) ?? 'null') as Kept<T> | null;
      return kept !== null && now() - kept.at < keptDays * 86_400_000 ? kept : null;
    } catch {
      // Not readable any more: as if it had never been.
      return null;
    }
  };
  const names = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '').filter((name) =>
    name.startsWith(`${form}#`),
  );
  const kept = names.flatMap((name) => {
    const words = readable(name);
    if (words === null) storage.removeItem(name);
    return words === null ? [] : [{ name, words }];
  });
  const newest = kept.toSorted((a, b) => b.words.at - a.words.at)[0];
  const found = kept.find(({ name }) => name === key) ?? newest;
  let held: { readonly value: T } | null = null;
  return {
    key,
    found: found?.words.value,
    hold: (value) => {
      held = { value };
    },
    flush: () => {
      if (held === null) return;
      try {
        storage.setItem(key, JSON.stringify({ at: now(), value: held.value } satisfies Kept<T>));
      } catch {
        // A full store must not break typing; the page still holds everything.
      }
    },
    forget: () => {
      held = null;
      storage.removeItem(key);
      // Words that were taken over go with it, unless their own tab has gone on typing.
      if (found && readable(found.name)?.at === found.words.at) storage.removeItem(found.name);
    },
    isHeld: () => held !== null,
  };
};
