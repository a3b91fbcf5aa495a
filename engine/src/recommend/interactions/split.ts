import { checkFinite } from '../../errors/index.ts';
import { checkEvents, type TasteEvents } from './events.ts';
import { pickEvents } from './sort-pairs.ts';

/**
 * Events before an instant (milliseconds since 1970), and those at it or after it, in their order; people and items keep their
 * numbers. O(events).
 *
 * @throws EngineError `nan`, `not_finite` for the instant, and what is wrong with the events
 * @example const { before, after } = splitByTime(events, Date.UTC(2011, 6, 1))
 */
export const splitByTime = (
  events: TasteEvents,
  atMs: number,
): { readonly before: TasteEvents; readonly after: TasteEvents } => {
  checkFinite('atMs', atMs);
  checkEvents(events);
  const n = events.atMs.length;
  let early = 0;
  for (let k = 0; k < n; k++) if ((events.atMs[k] as number) < atMs) early += 1;
  const before = new Uint32Array(early);
  const after = new Uint32Array(n - early);
  for (let k = 0, b = 0, a = 0; k < n; k++) {
    if ((events.atMs[k] as number) < atMs) before[b++] = k;
    else after[a++] = k;
  }
  return { before: pickEvents(events, before), after: pickEvents(events, after) };
};
