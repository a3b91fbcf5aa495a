import { createStore, newerBuild } from '#platform/api';
import { browserStore } from '#platform/tab';
import { isUnsaved, noteTyping } from './unsaved.ts';

/** Whether the server has a newer console than this tab, as far as the tab has noticed. */
export const updated = createStore(false);

const reloadedFor = 'mesure.reloaded-for';

/** Once for each build: should the new one not work either, nothing goes round in circles. */
const reloadOnce = (build: string): boolean => {
  const store = browserStore('sessionStorage');
  if (store.getItem(reloadedFor) === build) return false;
  try {
    store.setItem(reloadedFor, build);
  } catch {
    // A full store, as one that is forbidden: it would not be known the next time.
  }
  if (store.getItem(reloadedFor) !== build) return false;
  window.location.reload();
  return true;
};

/** A part of the console that was asked for is not there: after an update a reload brings it. */
export const reloadIfUpdated = async (): Promise<'reloading' | 'updated' | 'same'> => {
  const build = await newerBuild();
  if (build === null) return 'same';
  if (!isUnsaved() && reloadOnce(build)) return 'reloading';
  updated.write(true);
  return 'updated';
};

/** A tab stays open over an upgrade of the server: the parts that it has not loaded yet are gone then. */
export const noticeUpdates = (): void => {
  noteTyping();
  // Loaded ahead, while the pointer rests on a link: nobody waits for it, so nothing is reloaded yet.
  window.addEventListener('vite:preloadError', () => {
    void newerBuild().then((build) => (build === null ? undefined : updated.write(true)));
  });
};
