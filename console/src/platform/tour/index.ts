export { openTour } from './open-tour.ts';
export { Tour } from './tour.tsx';
