import { checkCount, checkLength, engineError } from '../../errors/index.ts';

/** Minimum age that nobody has said: nobody gets the item. */
export const UNKNOWN_AGE = 255;
/** Topics that nobody has looked at: nobody gets the item. */
export const UNKNOWN_TOPICS = 0xff_ff_ff_ff;
/** A region group that nobody has said: nobody gets the item. */
export const UNKNOWN_REGIONS = 65_535;

/**
 * What a shop says of its items, a column each. What is unknown is not allowed: for an item without restrictions say so (`openCatalogue`
 * does, for all).
 */
export interface CatalogueRules {
  readonly items: number;
  /** 1 where it can be bought now; anything else is not. */
  readonly available: Uint8Array;
  /** Days after a purchase until it may be proposed again; Infinity never, 0 at once; NaN or below 0 (unknown) never. */
  readonly rebuyDays: Float64Array;
  /** Sensitive topics (health, politics, …), one bit each; 0 none, `UNKNOWN_TOPICS`. */
  readonly topics: Uint32Array;
  /** Years; 0 for all ages, `UNKNOWN_AGE`. */
  readonly minimumAge: Uint8Array;
  /** Index of its region group; `UNKNOWN_REGIONS`. */
  readonly regionGroup: Uint16Array;
  /** Regions of each group; `all` for no restriction. */
  readonly regionGroups: readonly ('all' | ReadonlySet<string>)[];
}

/**
 * A catalogue without restrictions: everything available, for everybody, everywhere, to be bought again at once. Change its columns where
 * there are any.
 *
 * @throws EngineError `negative_count`, `nan`, `not_finite`
 * @example const rules = { ...openCatalogue(3), available: Uint8Array.of(1, 1, 0) };
 */
export const openCatalogue = (items: number): CatalogueRules => ({
  items: checkCount('items', items),
  available: new Uint8Array(items).fill(1),
  rebuyDays: new Float64Array(items),
  topics: new Uint32Array(items),
  minimumAge: new Uint8Array(items),
  regionGroup: new Uint16Array(items),
  regionGroups: ['all'],
});

/** Throws unless all columns are there, of one length. */
export const checkCatalogue = (rules: CatalogueRules): void => {
  checkCount('items', rules.items);
  for (const name of ['available', 'rebuyDays', 'topics', 'minimumAge', 'regionGroup'] as const) {
    const column: ArrayLike<number> | undefined = rules[name];
    if (column === undefined)
      throw engineError('unknown_key', `the catalogue does not say “${name}”`, { name });
    checkLength(name, column.length, rules.items);
  }
};
