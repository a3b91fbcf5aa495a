import type { PurchaseModelName } from '../models/parameters.ts';
import type { RowGroups } from '../orders/index.ts';
import type { Prior } from './descend.ts';

/** Mean age and mean repeats: the units in which starts and priors are written. */
export const scaleOf = ({ age, repeats, count }: RowGroups) => {
  let [people, ages, all, repeaters] = [0, 0, 0, 0];
  for (let g = 0; g < count.length; g++) {
    const c = count[g] as number;
    people += c;
    ages += c * (age[g] as number);
    all += c * (repeats[g] as number);
    if ((repeats[g] as number) > 0) repeaters += c;
  }
  return { people, repeaters, meanAge: ages / people, meanRepeats: all / people };
};

/**
 * Weak log-normal priors: each parameter's logarithm is normal with sd 3 (a factor of 360 either way at 95 %) around 1, times of the
 * mean age. They bring the flat ridges of small data to an end and are lost among a thousand people.
 */
export const PRIOR_SPREAD = 3;

export const priorOf = (model: PurchaseModelName, meanAge: number): Prior => {
  const time = Math.log(meanAge);
  const centre = Float64Array.of(0, time, 0, model === 'pareto_nbd' ? time : 0);
  return { centre: model === 'nbd' ? centre.subarray(0, 2) : centre, spread: PRIOR_SPREAD };
};

/** Logarithms to begin at: from the NBD's own optimum, with few and many people leaving, early and late. */
export const startsOf = (
  model: PurchaseModelName,
  nbd: Float64Array,
  meanAge: number,
): readonly Float64Array[] => {
  const [r = 0, alpha = 0] = nbd;
  const time = Math.log(meanAge);
  switch (model) {
    case 'nbd':
      return [nbd];
    case 'bg_nbd':
    case 'mbg_nbd':
      return [
        [r, alpha, Math.log(0.8), Math.log(2.5)],
        [r - 0.5, alpha - 0.5, Math.log(0.1), Math.log(0.5)],
        [r + 0.5, alpha, Math.log(2), Math.log(20)],
      ].map((each) => Float64Array.from(each));
    case 'pareto_nbd':
      return [
        [r + 0.3, alpha, Math.log(0.6), time - 1],
        [r, alpha, Math.log(3), time + 1.5],
        [r + 0.5, alpha - 0.3, Math.log(0.1), time - 2],
      ].map((each) => Float64Array.from(each));
  }
};
