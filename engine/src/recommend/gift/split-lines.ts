import { splitByTime } from '../interactions/index.ts';
import type { GiftLines } from './gift-lines.ts';

type Column = Uint8Array | Uint32Array | Float64Array;

const PER_LINE = ['wrapped', 'note', 'otherName', 'otherAddress', 'delivery', 'price', 'said'] as const;

/** Lines before an instant, with their columns; and the events from then on. O(lines). */
export const splitLines = (lines: GiftLines, atMs: number) => {
  const { before, after } = splitByTime(lines.events, atMs);
  const early = lines.events.atMs.map((at) => (at < atMs ? 1 : 0));
  const columns = PER_LINE.flatMap((name): readonly (readonly [string, Column])[] => {
    const column: Column | undefined = lines[name];
    return column ? [[name, column.filter((_, k) => early[k] === 1)]] : [];
  });
  const { seasons, counted } = lines;
  const known: GiftLines = {
    events: before,
    ...(seasons && { seasons }),
    ...(counted && { counted }),
    ...Object.fromEntries(columns),
  };
  return { known, after };
};
