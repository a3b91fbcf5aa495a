const checks = new Set<() => boolean>();

/** Something that a reload would cost: it is asked before a tab reloads by itself. */
export const unsavedWhen = (check: () => boolean): (() => void) => {
  checks.add(check);
  return () => checks.delete(check);
};

let typedAt: string | null = null;

/** Notes on which page something was typed; a search is no loss. */
export const noteTyping = (): void =>
  document.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement && target.type === 'search')) typedAt = window.location.pathname;
  });

export const isUnsaved = (): boolean =>
  typedAt === window.location.pathname ||
  document.querySelector('[aria-modal="true"]') !== null ||
  [...checks].some((check) => check());
