import { Suspense } from 'react';
import { createStore, expiredSession, useStore } from '#platform/api';
import { lazyPart } from '#platform/update';
import { roomWords } from '#words';

/** What lies over the page is loaded when it is first asked for: most visits need none of it. */
const Palette = lazyPart(async () => {
  // What can be done is named by the rooms that do it.
  const [{ Palette: loaded }] = await Promise.all([import('./palette.tsx'), roomWords()]);
  return loaded;
});
const KeyboardHelp = lazyPart(async () => (await import('./keyboard-help.tsx')).KeyboardHelp);
const SignInAgain = lazyPart(async () => (await import('./sign-in-again.tsx')).SignInAgain);

type Asked = 'palette' | 'help';
const asked = createStore<{ readonly ever: ReadonlySet<Asked>; readonly open: Asked | null }>({
  ever: new Set(),
  open: null,
});

// What is loaded when it is first asked for cannot know where the focus was.
let before: Element | null = null;

const show = (what: Asked): void => {
  before = document.activeElement;
  asked.write({ ever: new Set([...asked.read().ever, what]), open: what });
};
const hide = (): void => {
  // The palette leads elsewhere, and gives the focus back by itself.
  const back = asked.read().open === 'help' ? before : null;
  asked.write({ ...asked.read(), open: null });
  if (back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
};

export const openPalette = (): void => show('palette');
export const openHelp = (): void => show('help');

export const Overlays = () => {
  const { ever, open } = useStore(asked);
  const waiting = useStore(expiredSession);
  return (
    <Suspense>
      {ever.has('palette') ? <Palette opened={open === 'palette'} onClose={hide} /> : null}
      {ever.has('help') ? <KeyboardHelp opened={open === 'help'} onClose={hide} /> : null}
      {waiting ? <SignInAgain /> : null}
    </Suspense>
  );
};
