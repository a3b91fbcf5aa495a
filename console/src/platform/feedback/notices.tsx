import { createStore, useStore } from '#platform/api';
import type * as Notify from './notify.tsx';

type Loaded = typeof Notify.loaded;
const loaded = createStore<Loaded | null>(null);

/** The notices' own code comes with the first notice. */
const ready = async (): Promise<Loaded> => {
  const before = loaded.read();
  if (before) return before;
  const now = (await import('./notify.tsx')).loaded;
  loaded.write(now);
  // The place is drawn before the first notice arrives in it.
  await new Promise((drawn) => requestAnimationFrame(drawn));
  return now;
};

/** A short word that something happened; read out by screen readers, gone after six seconds. */
export const tell = (message: string): void => void ready().then((notices) => notices.tell(message));

/** Something happened and can be taken back: undo rather than confirm. */
export const tellWithUndo = (message: string, undo: () => Promise<unknown>): void =>
  void ready().then((notices) => notices.tellWithUndo(message, undo));

/** For errors that belong to no field and no part of the page. */
export const tellError = (problem: unknown): void =>
  void ready().then((notices) => notices.tellError(problem));

export const Notices = () => {
  const notices = useStore(loaded);
  return notices ? <notices.Place /> : null;
};
