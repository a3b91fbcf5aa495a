import { useEffect } from 'react';

/** Pages and dialogs move the focus themselves where they know better: they come first. */
const AFTER_OTHERS_MS = 150;

const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** Around the page (the bar of the demo, the header) what took the control's place; in the page its title. */
const heirOf = (place: Element | null): HTMLElement | null =>
  place?.isConnected && !place.matches('main')
    ? place.querySelector<HTMLElement>('button:not(:disabled), a[href]')
    : document.querySelector<HTMLElement>('main h1');

/**
 * The focus is never lost: what was disabled for a moment has it back, and when the control is gone for good, the
 * page's title takes it, ringed for whoever uses the keyboard.
 */
export const useKeptFocus = (): void => {
  useEffect(() => {
    let last: HTMLElement | null = null;
    let place: Element | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const root = document.documentElement;
    const note = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement)) return;
      last = target;
      place = target.closest('header, nav, main, footer');
    };
    const byKeys = (is: boolean) => (): void => {
      root.toggleAttribute('data-by-keys', is);
      // A press beside everything leaves on purpose.
      if (!is) last = null;
    };
    const [onKey, onPress] = [byKeys(true), byKeys(false)];
    const restore = (): void => {
      timer = undefined;
      if (last === null || !isNowhere()) return;
      // Whoever uses a pointer keeps the page where it is.
      const how = { preventScroll: !root.hasAttribute('data-by-keys') };
      if (last.isConnected) last.focus(how);
      else if (!document.querySelector('[aria-modal="true"]')) heirOf(place)?.focus(how);
    };
    const watcher = new MutationObserver(() => {
      if (isNowhere()) timer ??= setTimeout(restore, AFTER_OTHERS_MS);
    });
    watcher.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', note);
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('pointerdown', onPress, true);
    return () => {
      clearTimeout(timer);
      watcher.disconnect();
      document.removeEventListener('focusin', note);
      document.removeEventListener('keydown', onKey, true);
      document.removeEventListener('pointerdown', onPress, true);
    };
  }, []);
};
