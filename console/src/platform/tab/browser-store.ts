export type BrowserStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const nothingKept: BrowserStore = {
  length: 0,
  key: () => null,
  getItem: () => null,
  setItem: () => undefined,
  removeItem: () => undefined,
};

/** The browser's store, or one that keeps nothing where it is forbidden: to look at it is an error then, or finds null. */
export const browserStore = (kind: 'localStorage' | 'sessionStorage'): BrowserStore => {
  try {
    const store: BrowserStore | null = window[kind];
    return store ?? nothingKept;
  } catch {
    return nothingKept;
  }
};
