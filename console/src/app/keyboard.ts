import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { usePlaces } from './navigation.tsx';
import { openHelp, openPalette } from './overlays.tsx';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Ctrl K opens the palette, `g` then a letter goes to a place, `/` searches, `?` shows the help. */
export const useKeyboard = (): void => {
  const navigate = useNavigate();
  const shown = usePlaces();
  // When `g` was pressed last, in milliseconds since the page was opened.
  const leader = useRef(Number.NEGATIVE_INFINITY);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openPalette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      // A page behind a dialogue does not move.
      if (document.querySelector('[aria-modal="true"]')) return;
      const second = event.timeStamp - leader.current < 1_500;
      leader.current = Number.NEGATIVE_INFINITY;
      if (second) {
        const place = shown.find(({ key }) => key === event.key.toLowerCase());
        if (!place) return;
        event.preventDefault();
        void navigate({ to: place.to });
      } else if (event.key === 'g') {
        leader.current = event.timeStamp;
      } else if (event.key === '?') {
        event.preventDefault();
        openHelp();
      } else if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('[data-list-search]');
        if (!search) return;
        event.preventDefault();
        search.focus();
        search.select();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, shown]);
};
