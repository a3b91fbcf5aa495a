/**
 * Distinct pairs of person and item, by person, then item: those of person u are at `start[u]` to `start[u + 1]` (CSR).
 * Pairs of which nothing is left after returns, or nothing of the person's own taste, are not here.
 */
export interface Interactions {
  readonly people: number;
  readonly items: number;
  /** `people` + 1 values. */
  readonly start: Uint32Array;
  /** Ascending within a person. */
  readonly item: Uint32Array;
  /** > 0, after decay, returns and own taste: orders, or the unit of the events' weights where these are summed. */
  readonly weight: Float64Array;
  /** The largest share of own taste among the orders of which something was kept, in (0, 1]: 1 where nothing is a gift. */
  readonly own: Float64Array;
  /** That of the last of them. */
  readonly lastOwn: Float64Array;
  /** First and last order of which something was kept, in milliseconds since 1970. */
  readonly firstAtMs: Float64Array;
  readonly lastAtMs: Float64Array;
  /** Distinct orders of which something was kept, >= 1. */
  readonly orders: Uint32Array;
}

/** One person's pairs. Models score people they have never seen: this is all they need of somebody. */
export interface TasteHistory {
  /** Distinct, ascending. */
  readonly item: Uint32Array;
  readonly weight: Float64Array;
  /** Shares of own taste as in `Interactions`, in [0, 1]; all 1 where absent. */
  readonly own?: Float64Array;
  readonly lastOwn?: Float64Array;
  readonly firstAtMs: Float64Array;
  readonly lastAtMs: Float64Array;
  readonly orders: Uint32Array;
}
