import { tell, type Watch } from '../../fitting/index.ts';
import { MOST_CORRECTED } from './evidence.ts';
import { type GiftLines, SAID_GIFT, SAID_MINE } from './gift-lines.ts';

/** ln((gifts + 1) / (own + 1)) of what was said of other lines like the row; 0 where nothing was. */
export type CorrectionsAlike = (row: number) => number;

/** Lines between two words to the watch: a few milliseconds. */
const CHUNK = 8192;

/**
 * What a person said of one line speaks for lines delivered alike (the same number in `delivery`, not their own place); where
 * deliveries are not known, for lines of the same order. The line itself does not count. O(lines said).
 */
export const correctionsAlike = ({ events, delivery, said }: GiftLines, watch?: Watch): CorrectionsAlike => {
  if (!said) return () => 0;
  const { person, order, atMs } = events;
  const keyOf = (row: number): string => {
    const place = delivery?.[row] ?? 0;
    return place > 0 ? `${person[row]} to ${place}` : `${person[row]} in ${order ? order[row] : atMs[row]}`;
  };
  const counts = new Map<string, { gifts: number; mine: number }>();
  for (let row = 0; row < said.length; row++) {
    if (row % CHUNK === 0) tell(watch, 'corrections', row / said.length);
    if (said[row] !== SAID_GIFT && said[row] !== SAID_MINE) continue;
    const key = keyOf(row);
    const found = counts.get(key) ?? { gifts: 0, mine: 0 };
    if (said[row] === SAID_GIFT) found.gifts += 1;
    else found.mine += 1;
    counts.set(key, found);
  }
  const most = Math.log(MOST_CORRECTED);
  return (row) => {
    const found = counts.get(keyOf(row));
    if (!found) return 0;
    const gifts = found.gifts - (said[row] === SAID_GIFT ? 1 : 0);
    const mine = found.mine - (said[row] === SAID_MINE ? 1 : 0);
    return Math.min(most, Math.max(-most, Math.log((gifts + 1) / (mine + 1))));
  };
};
