import type { NormalisedText } from '../normalise/index.ts';
import { type NgramSettings, visitNgrams } from './ngrams.ts';

/** The distinct n-grams of one text, in the order of their first occurrence. Views: valid until the next text is counted. */
export interface NgramCounts {
  readonly size: number;
  /** 32-bit names. */
  readonly names: Uint32Array;
  readonly blocks: Uint8Array;
  readonly counts: Uint32Array;
}

/** Counts n-grams, one text after another, in memory that is used again. O(n-grams) a text. */
export const createNgramCounter = (settings: NgramSettings): ((text: NormalisedText) => NgramCounts) => {
  let room = 1 << 12;
  let slots = new Int32Array(2 * room).fill(-1);
  let names = new Uint32Array(room);
  let blocks = new Uint8Array(room);
  let counts = new Uint32Array(room);
  let places = new Uint32Array(room);
  let size = 0;

  const slotOf = (name: number): number => {
    const mask = slots.length - 1;
    let slot = name & mask;
    while ((slots[slot] as number) >= 0 && names[slots[slot] as number] !== name) slot = (slot + 1) & mask;
    return slot;
  };

  const grow = (): void => {
    room *= 2;
    const larger = <T extends Uint32Array | Uint8Array>(old: T, made: T): T => {
      made.set(old);
      return made;
    };
    names = larger(names, new Uint32Array(room));
    blocks = larger(blocks, new Uint8Array(room));
    counts = larger(counts, new Uint32Array(room));
    places = new Uint32Array(room);
    slots = new Int32Array(2 * room).fill(-1);
    for (let i = 0; i < size; i++) {
      places[i] = slotOf(names[i] as number);
      slots[places[i] as number] = i;
    }
  };

  return (text) => {
    for (let i = 0; i < size; i++) slots[places[i] as number] = -1;
    size = 0;
    visitNgrams(text, settings, (name, block) => {
      const slot = slotOf(name);
      const found = slots[slot] as number;
      if (found >= 0) {
        counts[found] = (counts[found] as number) + 1;
        return;
      }
      names[size] = name;
      blocks[size] = block;
      counts[size] = 1;
      places[size] = slot;
      slots[slot] = size++;
      if (size === room) grow();
    });
    return { size, names, blocks, counts };
  };
};
