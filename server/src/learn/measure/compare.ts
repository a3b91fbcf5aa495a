import {
  anytimeDifference,
  capMoney,
  collectMoments,
  type DifferenceInput,
  type Moments,
  momentsOfCounts,
  moneyCapFrom,
  varianceOf,
} from '@mesure/engine/experiment';
import type { ArmOutcomes } from './outcomes.ts';
import { ALL_VARIANTS, type Comparison, type Difference } from './report.ts';

/** Error over all looks of one comparison together. */
export const ALPHA = 0.05;

/** Fixed by the time before anybody was drawn, so that no look can move it. */
export interface Earlier {
  readonly moneyCapMinor: number | null;
  readonly conversionVariance: number;
  readonly revenueVariance: number | undefined;
}

/** Fewer buyers than this before the campaign say too little about the variance after it. */
const ENOUGH_EARLIER_BUYERS = 20;
/**
 * Of 2 buyers in 100: for people of whom the time before says nothing (win-back: nobody bought). Orders come in while one
 * looks, so time has to be variance accrued: with people as time every look would be the planned one, and A/A runs that
 * end at 20,000 buyers alarmed in 6 %, at 100,000 in 7 % (3 % with this). A wrong guess only costs width.
 */
const GUESSED_CONVERSION_VARIANCE = 0.02 * 0.98;

const revenueMoments = (revenues: readonly number[], people: number, cap: number): Moments => {
  const moments = collectMoments();
  for (const revenue of revenues) moments.add(capMoney(revenue, cap));
  moments.addZeros(people - revenues.length);
  return moments.result();
};

export const earlierOf = (arms: readonly ArmOutcomes[]): Earlier => {
  const people = arms.reduce((sum, arm) => sum + arm.people, 0);
  const buyers = arms.reduce((sum, arm) => sum + arm.earlierOrderedPeople, 0);
  const revenues = arms.flatMap((arm) => arm.earlierRevenues);
  const cap = moneyCapFrom(revenues);
  const enough = buyers >= ENOUGH_EARLIER_BUYERS && buyers < people;
  const share = buyers / people;
  return {
    moneyCapMinor: 'cap' in cap ? cap.cap : null,
    conversionVariance: enough ? share * (1 - share) : GUESSED_CONVERSION_VARIANCE,
    revenueVariance: 'cap' in cap ? varianceOf(revenueMoments(revenues, people, cap.cap)) : undefined,
  };
};

const merged = (
  arms: readonly ArmOutcomes[],
): Pick<ArmOutcomes, 'people' | 'orderedPeople' | 'revenues'> => ({
  people: arms.reduce((sum, arm) => sum + arm.people, 0),
  orderedPeople: arms.reduce((sum, arm) => sum + arm.orderedPeople, 0),
  revenues: arms.flatMap((arm) => arm.revenues),
});

type Side = ReturnType<typeof merged>;

const differenceOf = (
  input: Omit<DifferenceInput, 'plannedPeople' | 'alpha' | 'plannedVariance'>,
  variance: number | undefined,
): Difference => {
  const found = anytimeDifference({
    ...input,
    alpha: ALPHA,
    // Everybody is drawn at the start, so the people of both arms are the plan.
    plannedPeople: Math.max(1, input.control.n + input.treatment.n),
    ...(variance === undefined || !(variance > 0) ? {} : { plannedVariance: variance }),
  });
  if (!('verdict' in found)) {
    const counts =
      found.reason === 'no_variance'
        ? { needed: null, have: null }
        : { needed: found.needed, have: found.have };
    return { answered: false, reason: found.reason, ...counts };
  }
  return {
    answered: true,
    absolute: found.absolute,
    relative: 'reason' in found.relative ? null : found.relative,
    method: found.method,
    verdict: found.verdict,
  };
};

const conversionOf = (control: Side, treatment: Side, earlier: Earlier): Difference =>
  differenceOf(
    {
      control: momentsOfCounts(control.people, control.orderedPeople),
      treatment: momentsOfCounts(treatment.people, treatment.orderedPeople),
      kind: 'proportion',
    },
    earlier.conversionVariance,
  );

const revenueOf = (control: Side, treatment: Side, earlier: Earlier): Difference => {
  const cap = earlier.moneyCapMinor;
  if (cap === null) return { answered: false, reason: 'no_earlier_data', needed: null, have: null };
  return differenceOf(
    {
      control: revenueMoments(control.revenues, control.people, cap),
      treatment: revenueMoments(treatment.revenues, treatment.people, cap),
      kind: 'money',
    },
    earlier.revenueVariance,
  );
};

/**
 * Each variant against the holdout, and all of them together first when there are several; without a holdout, the later
 * variants against the first. Each interval holds by itself at every look.
 */
export const compareArms = (input: {
  readonly arms: ReadonlyMap<string, ArmOutcomes>;
  readonly variants: readonly string[];
  readonly holdout: string;
  readonly earlier: Earlier;
}): Comparison[] => {
  const { arms, earlier } = input;
  const present = input.variants.filter((key) => (arms.get(key)?.people ?? 0) > 0);
  const hasHoldout = (arms.get(input.holdout)?.people ?? 0) > 0;
  const control = hasHoldout ? input.holdout : present[0];
  const treatments = hasHoldout ? present : present.slice(1);
  if (control === undefined || treatments.length === 0) return [];
  const sideOf = (keys: readonly string[]): Side => merged(keys.flatMap((key) => arms.get(key) ?? []));
  const controlSide = sideOf([control]);
  const compare = (treatment: string, keys: readonly string[]): Comparison => {
    const side = sideOf(keys);
    return {
      treatment,
      control,
      conversion: conversionOf(controlSide, side, earlier),
      revenue: revenueOf(controlSide, side, earlier),
    };
  };
  const together = hasHoldout && treatments.length > 1 ? [compare(ALL_VARIANTS, treatments)] : [];
  return [...together, ...treatments.map((key) => compare(key, [key]))];
};
