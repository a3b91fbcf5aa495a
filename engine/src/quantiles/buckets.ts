/** Counts by whole number, kept in one array that grows at both ends. */
export interface Buckets {
  readonly add: (bucket: number, count: number) => void;
  readonly total: () => number;
  /** The bucket that holds the rank-th value from below; 1 <= rank <= total. O(buckets). */
  readonly bucketAt: (rank: number) => number;
  /** How many values lie in buckets up to this one. */
  readonly upTo: (bucket: number) => number;
  readonly state: () => { readonly first: number; readonly counts: readonly number[] };
}

export const createBuckets = (): Buckets => {
  let counts = new Float64Array(0);
  let first = 0;
  let total = 0;

  const makeRoom = (bucket: number): void => {
    const low = counts.length === 0 ? bucket : Math.min(bucket, first);
    const high = counts.length === 0 ? bucket : Math.max(bucket, first + counts.length - 1);
    const spare = 16 + ((high - low) >> 2);
    const start = low < first || counts.length === 0 ? low - spare : first;
    const grown = new Float64Array(high + spare - start + 1);
    grown.set(counts, counts.length === 0 ? 0 : first - start);
    counts = grown;
    first = start;
  };

  return {
    add: (bucket, count) => {
      if (bucket < first || bucket >= first + counts.length) makeRoom(bucket);
      counts[bucket - first] = (counts[bucket - first] as number) + count;
      total += count;
    },
    total: () => total,
    bucketAt: (rank) => {
      let seen = 0;
      let i = 0;
      while (i < counts.length - 1) {
        seen += counts[i] as number;
        if (seen >= rank) break;
        i++;
      }
      return first + i;
    },
    upTo: (bucket) => {
      let seen = 0;
      const end = Math.min(counts.length, bucket - first + 1);
      for (let i = 0; i < end; i++) seen += counts[i] as number;
      return seen;
    },
    state: () => {
      const from = counts.findIndex((count) => count > 0);
      if (from < 0) return { first: 0, counts: [] };
      const to = counts.findLastIndex((count) => count > 0);
      return { first: first + from, counts: [...counts.subarray(from, to + 1)] };
    },
  };
};
