import { engineError } from '../errors/index.ts';

/**
 * Raises every probability to at least `floor`, in place; what that costs is taken from the others in proportion. With more actions
 * than 1/floor everybody gets 1/K. Returns the floor that holds. `p` sums to 1 before and after. O(K) in practice, O(K²) at worst.
 *
 * A policy whose actions all keep a floor can be evaluated later: no weight of a log exceeds 1/floor.
 *
 * @throws EngineError `out_of_range` unless 0 <= floor <= 1, `no_actions`
 * @example applyFloor(Float64Array.of(1, 0, 0, 0), 0.05) // p becomes [0.85, 0.05, 0.05, 0.05]
 */
export const applyFloor = (p: Float64Array, floor: number): number => {
  const n = p.length;
  if (n === 0) throw engineError('no_actions', 'applyFloor: there is no action');
  if (!(floor >= 0 && floor <= 1))
    throw engineError('out_of_range', `the floor must be in [0, 1], got ${floor}`);
  if (floor === 0) return 0;
  if (floor * n >= 1) {
    p.fill(1 / n);
    return 1 / n;
  }
  // Scaling can push one more action under the floor: again, at most K times.
  for (let round = 0; round < n; round++) {
    let raised = 0;
    let above = 0;
    for (let k = 0; k < n; k++) {
      if ((p[k] as number) <= floor) raised++;
      else above += p[k] as number;
    }
    if (raised === 0 || above === 0) return floor;
    const scale = (1 - raised * floor) / above;
    let again = false;
    for (let k = 0; k < n; k++) {
      if ((p[k] as number) <= floor) p[k] = floor;
      else {
        p[k] = (p[k] as number) * scale;
        again ||= (p[k] as number) < floor;
      }
    }
    if (!again) return floor;
  }
  return floor;
};
