import { type LiveKind, liveRoutes, type PresentPerson, presenceSeconds } from '@mesure/contract/live';
import { useEffect, useState } from 'react';
import { call, useStore } from '#platform/api';
import { useSession } from '#platform/session';
import { thisTab } from '#platform/tab';
import { notePresent, present, presentAt } from './live.ts';

export type PresenceKind = Extract<LiveKind, 'campaign' | 'message' | 'segment' | 'import' | 'settings'>;

const fields = 'input, textarea, select, [contenteditable]';

/** Whether a field of the page was touched since one came to it. Moving through the fields by Tab touches nothing. */
const useTouched = (subject: string): boolean => {
  const [touched, setTouched] = useState<string | null>(null);
  useEffect(() => {
    const content = document.getElementById('content');
    if (!content) return;
    const touch = (event: Event): void => {
      const moves = event instanceof KeyboardEvent && ['Tab', 'Shift', 'Escape'].includes(event.key);
      // Afterwards: a render between the browser's event and React's would take back what is being typed.
      if (!moves && event.target instanceof Element && event.target.closest(fields))
        setTimeout(() => setTouched(subject));
    };
    content.addEventListener('input', touch);
    content.addEventListener('keydown', touch);
    content.addEventListener('pointerdown', touch);
    return () => {
      content.removeEventListener('input', touch);
      content.removeEventListener('keydown', touch);
      content.removeEventListener('pointerdown', touch);
    };
  }, [subject]);
  return touched === subject;
};

/**
 * Says that this person edits something, from the first touch of a field on, and answers who else does. Announcing
 * prolongs a session: whoever only looks announces nothing.
 */
export const usePresence = (kind: PresenceKind, id: string | undefined): readonly PresentPerson[] => {
  const session = useSession();
  useStore(present);
  const touched = useTouched(`${kind}/${id ?? ''}`);
  useEffect(() => {
    if (id === undefined) return;
    const announce = (editing: boolean): void => {
      call(liveRoutes.announcePresence, { body: { kind, id, editing, tab: thisTab } }).then(
        ({ people }) => notePresent(kind, id, people),
        // Nobody is told of others for a moment; the version check still protects what is saved.
        () => undefined,
      );
    };
    announce(touched);
    if (!touched) return;
    const timer = setInterval(() => announce(true), presenceSeconds.announceEvery * 1_000);
    return () => {
      clearInterval(timer);
      announce(false);
    };
  }, [kind, id, touched]);
  return id === undefined ? [] : presentAt(kind, id).filter((person) => person.id !== session.id);
};
