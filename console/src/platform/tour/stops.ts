/** Where the tour leads, in its order. The brake is in the header of every page. */
export const stops = ['home', 'people', 'audience', 'review', 'report', 'brake'] as const;
export type Stop = (typeof stops)[number];

/** A place in the tour that was kept somewhere: anything odd is its beginning. */
export const stopAt = (kept: unknown): number =>
  typeof kept === 'number' && Number.isInteger(kept) && kept >= 0 && kept < stops.length ? kept : 0;
