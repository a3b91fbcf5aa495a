/** Moves the k-th largest (from 0) of `values[0, n)` to place k, larger ones before it. Hoare's quickselect; O(n) on average. */
const selectLargest = (values: Float64Array, n: number, k: number): number => {
  let low = 0;
  let high = n - 1;
  while (low < high) {
    // The median of three, in place of chance: sorted rows are the common bad case.
    const a = values[low] as number;
    const b = values[(low + high) >>> 1] as number;
    const c = values[high] as number;
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    let i = low;
    let j = high;
    while (i <= j) {
      while ((values[i] as number) > pivot) i++;
      while ((values[j] as number) < pivot) j--;
      if (i > j) break;
      const held = values[i] as number;
      values[i++] = values[j] as number;
      values[j--] = held;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k] as number;
};

/**
 * A function that keeps, of the first `count` of `items` (distinct), the `k` with the largest `values[item]`, ties by the lower
 * item, in ascending order at the front of `items`; it returns how many those are. `room` bounds `count`.
 */
export const createTopKeeper = (room: number, k: number) => {
  const scratch = new Float64Array(room);
  return (items: Uint32Array, count: number, values: Float64Array): number => {
    if (count > k) {
      for (let t = 0; t < count; t++) scratch[t] = values[items[t] as number] as number;
      const least = selectLargest(scratch, count, k - 1);
      let above = 0;
      let ties = count;
      // Above the limit to the front, ties behind them, the rest is overwritten.
      for (let t = 0; t < ties; ) {
        const item = items[t] as number;
        const value = values[item] as number;
        if (value > least) {
          items[t++] = items[above] as number;
          items[above++] = item;
        } else if (value === least) t++;
        else {
          items[t] = items[--ties] as number;
          items[ties] = item;
        }
      }
      items.subarray(above, ties).sort();
      count = k;
    }
    items.subarray(0, count).sort();
    return count;
  };
};
