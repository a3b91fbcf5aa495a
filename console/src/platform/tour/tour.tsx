import { useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { useStore } from '#platform/api';
import { useDemo } from '#platform/demo';
import { useSession } from '#platform/session';
import { lazyPart } from '#platform/update';
import { keepTour, readTour } from './kept-tour.ts';
import { asked } from './open-tour.ts';

const TourPanel = lazyPart(async () => (await import('./tour-panel.tsx')).TourPanel);

/** A short walk through the sample shop: by itself at the first sign-in to the demo, or when it is asked for. */
export const Tour = () => {
  const { id } = useSession();
  const open = useStore(asked) !== 'no';
  const isDemo = useDemo() !== null;
  const atHome = useRouterState({ select: ({ location }) => location.pathname === '/' });
  useEffect(() => {
    const kept = readTour(id);
    // Whoever comes by a link to one page came for that page.
    if (!isDemo || !atHome || kept.seen) return;
    keepTour(id, { ...kept, seen: true });
    asked.write('auto');
  }, [id, isDemo, atHome]);
  if (!open) return null;
  return (
    <Suspense>
      <TourPanel person={id} />
    </Suspense>
  );
};
