import { Suspense } from 'react';
import { lazyPart } from '#platform/update';
import type { Demo } from './use-demo.ts';

const DemoTime = lazyPart(async () => (await import('./demo-time.tsx')).DemoTime);

/** The demo's date and the means to move it. */
export const DemoBar = ({ demo }: { readonly demo: Demo }) => (
  <Suspense>
    <DemoTime demo={demo} />
  </Suspense>
);
