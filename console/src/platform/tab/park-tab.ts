import type { BrowserStore } from './browser-store.ts';

const name = 'mesure.tab';

interface ParkTabDeps {
  /** Of this tab alone, and copied by the browser into a tab that is a duplicate of it. */
  readonly storage: BrowserStore;
  readonly page: Pick<Window, 'addEventListener'>;
  readonly newId: () => string;
}

/**
 * Which tab a page is in: the same over a reload. It stands in the tab's store only from one page to the next, so that
 * a duplicate of the tab, which gets a copy of the store, is another one.
 */
export const parkTab = ({ storage, page, newId }: ParkTabDeps): string => {
  const take = (): string | null => {
    const parked = storage.getItem(name);
    storage.removeItem(name);
    return parked;
  };
  const tab = take() ?? newId();
  page.addEventListener('pagehide', () => {
    try {
      storage.setItem(name, tab);
    } catch {
      // A full store: the next page is another tab, and finds what was typed as one does.
    }
  });
  // Back from the browser's memory: nothing is loaded again.
  page.addEventListener('pageshow', take);
  return tab;
};
