import { detect, kinds, meansADay, median, plant } from './detection.ts';
import { type Breakage, breakages, sayable } from './hard-world.ts';
import type { Planted } from './world.ts';

const EACH = 6;
const SERIES = 2000;
const DAYS = 365;

interface HardCase {
  readonly name: string;
  readonly breaks: readonly Breakage[];
  readonly said: boolean;
}

/** Every breakage alone, said where it can be, and all together. */
export const hardCases: readonly HardCase[] = [
  { name: 'none (follows the law)', breaks: [], said: false },
  ...breakages.flatMap((name): readonly HardCase[] => [
    { name, breaks: [name], said: false },
    ...(sayable.includes(name) ? [{ name: `${name}, said`, breaks: [name], said: true }] : []),
  ]),
  { name: 'all', breaks: breakages, said: false },
  { name: 'all, said where possible', breaks: breakages, said: true },
];

/** What is found of what is planted, by kind of change. */
export const columns: readonly { readonly name: string; readonly has: (one: Planted) => boolean }[] = [
  { name: 'spike × 6', has: ({ shape, factor }) => shape === 'spike' && factor === 6 },
  { name: 'shift × 2', has: ({ shape, factor }) => shape === 'shift' && factor === 2 },
  { name: 'shift × 3', has: ({ shape, factor }) => shape === 'shift' && factor === 3 },
  { name: 'shift × 0.4', has: ({ shape, factor }) => shape === 'shift' && factor === 0.4 },
  { name: 'drift × 4', has: ({ shape, factor }) => shape === 'drift' && factor === 4 },
];

/** One line: of series with 6 and 40 a day, what was found and when; and the errors, over all series. */
export const hardRow = ({ breaks, said }: HardCase, seed: string) => {
  const planted = plant(EACH, SERIES, DAYS).filter(({ mean }) => mean > 1);
  const found = detect({ seed, series: SERIES, days: DAYS, means: [0.05, 300], planted, breaks, said });
  const cells = columns.map(({ has }) => {
    const own = planted.filter(has);
    const delays = own.flatMap(({ series, at }) => {
      const signal = found.found.get(series);
      return signal ? [signal.bucket - at] : [];
    });
    return { share: delays.length / own.length, delay: median(delays) };
  });
  return { cells, ...found };
};

export const hardText = `${2 * EACH} of each kind among ${SERIES.toLocaleString('en')} series of ${DAYS} days, ${kinds.length} kinds, means ${meansADay.slice(1).join(' and ')} a day`;
