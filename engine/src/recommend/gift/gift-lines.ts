import { checkFinite, checkLength, engineError } from '../../errors/index.ts';
import type { TasteEvents } from '../interactions/index.ts';

/** What a shop knows of its order lines. A column that is not there: the shop has no such thing, and it is no evidence. */
export interface GiftLines {
  /** All lines of the people concerned; lines with weight <= 0 are returns, and are not judged. */
  readonly events: TasteEvents;
  /** 1 yes, 0 no, 2 not known. */
  readonly wrapped?: Uint8Array;
  readonly note?: Uint8Array;
  /** Delivered to another name than the buyer's. */
  readonly otherName?: Uint8Array;
  /** Delivered to an address that is not the buyer's usual one. */
  readonly otherAddress?: Uint8Array;
  /** A number for each name and address of delivery, 0 for the buyer's own: what was said of one line speaks for others. */
  readonly delivery?: Uint32Array;
  /** Price of a piece in one currency; a price that is not > 0 is not known. */
  readonly price?: Float64Array;
  /** Weeks before days of presents, where the shop sells: half-open. */
  readonly seasons?: readonly { readonly fromMs: number; readonly toMs: number }[];
  /**
   * Per person: 1 for those whose lines the model was fitted on (all, unless given), 0 for those it never saw. The former are left out
   * of the counts they are compared with. Fitting does not read it.
   */
  readonly counted?: Uint8Array;
  /** What the person said: 0 nothing, 1 “this was a gift”, 2 “this is mine”. */
  readonly said?: Uint8Array;
}

export const SAID_GIFT = 1;
export const SAID_MINE = 2;
export const YES = 1;
export const NO = 0;

const FLAGS = ['wrapped', 'note', 'otherName', 'otherAddress', 'said'] as const;

/**
 * Throws `length_mismatch` for columns of different lengths, `out_of_range` for a flag above 2 (`counted`: 1), `nan`/`not_finite` for
 * seasons. The events are checked where they are collected. O(lines).
 */
export const checkGiftLines = (lines: GiftLines): void => {
  const { events, delivery, price, counted, seasons = [] } = lines;
  const n = events.person.length;
  if (delivery) checkLength('delivery', delivery.length, n);
  if (price) checkLength('price', price.length, n);
  if (counted) {
    checkLength('counted', counted.length, events.people);
    const strange = counted.findIndex((flag) => flag > YES);
    if (strange >= 0)
      throw engineError('out_of_range', `counted[${strange}] is ${counted[strange]}: 0 or 1`, {
        index: strange,
      });
  }
  for (const name of FLAGS) {
    const column = lines[name];
    if (!column) continue;
    checkLength(name, column.length, n);
    for (let k = 0; k < n; k++)
      if ((column[k] as number) > 2)
        throw engineError('out_of_range', `${name}[${k}] is ${column[k]}: 0, 1 or 2`, { name, index: k });
  }
  for (const { fromMs, toMs } of seasons) {
    checkFinite('fromMs', fromMs);
    checkFinite('toMs', toMs);
  }
};
