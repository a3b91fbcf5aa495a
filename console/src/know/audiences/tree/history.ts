/** States one can go back to and forth between; changes of one kind that follow each other are one step. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  readonly kind: string | null;
}

const MOST = 200;

export const begin = <T>(present: T): History<T> => ({ past: [], present, future: [], kind: null });

/** `kind`: names what is being typed into, so that letters do not count one by one. */
export const record = <T>(history: History<T>, present: T, kind: string | null = null): History<T> => {
  if (present === history.present) return history;
  if (kind !== null && kind === history.kind) return { ...history, present, future: [] };
  return { past: [...history.past, history.present].slice(-MOST), present, future: [], kind };
};

export const undo = <T>(history: History<T>): History<T> => {
  if (history.past.length === 0) return history;
  return {
    past: history.past.slice(0, -1),
    present: history.past.at(-1) as T,
    future: [history.present, ...history.future],
    kind: null,
  };
};

export const redo = <T>(history: History<T>): History<T> => {
  const [next, ...future] = history.future;
  if (history.future.length === 0) return history;
  return { past: [...history.past, history.present], present: next as T, future, kind: null };
};
