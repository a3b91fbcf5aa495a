import { createStore } from '#platform/api';

/** Asked for from the account menu or the palette; `auto`: it opened by itself. */
export const asked = createStore<'no' | 'auto' | 'yes'>('no');
export const openTour = (): void => asked.write('yes');
export const closeTour = (): void => asked.write('no');
