import type { PersonOrders } from './outcomes-read.ts';

/** What became of the people of one arm. */
export interface ArmOutcomes {
  people: number;
  orderedPeople: number;
  orders: number;
  revenueMinor: number;
  otherCurrencyOrders: number;
  /** Revenue of each person whose revenue is not zero. */
  readonly revenues: number[];
  /** The same over a window of the same length that ended at eligibility. */
  earlierOrderedPeople: number;
  readonly earlierRevenues: number[];
}

export interface OutcomeCollector {
  readonly add: (person: {
    readonly profileId: string;
    readonly arm: string;
    readonly eligibleAt: Date;
  }) => void;
  readonly arms: ReadonlyMap<string, ArmOutcomes>;
}

const emptyArm = (): ArmOutcomes => ({
  people: 0,
  orderedPeople: 0,
  orders: 0,
  revenueMinor: 0,
  otherCurrencyOrders: 0,
  revenues: [],
  earlierOrderedPeople: 0,
  earlierRevenues: [],
});

/** Orders in [from, to). */
const sumWithin = (person: PersonOrders, from: number, to: number) => {
  const sum = { orders: 0, revenue: 0, otherCurrency: 0 };
  for (let k = 0; k < person.atMs.length; k++) {
    const at = person.atMs[k] as number;
    if (at < from || at >= to) continue;
    sum.orders += person.isOrder[k] as number;
    sum.revenue += person.revenueMinor[k] as number;
    sum.otherCurrency += person.otherCurrency[k] as number;
  }
  return sum;
};

/**
 * Joins assignments, fed in any order, with orders. Each person counts once, from first eligibility for `windowMs`,
 * whatever was sent to them; people without an order cost nothing but a look-up.
 */
export const collectOutcomes = (orders: readonly PersonOrders[], windowMs: number): OutcomeCollector => {
  const byProfile = new Map(orders.map((person) => [person.profileId, person]));
  const arms = new Map<string, ArmOutcomes>();
  return {
    arms,
    add: ({ profileId, arm: key, eligibleAt }) => {
      let arm = arms.get(key);
      if (arm === undefined) {
        arm = emptyArm();
        arms.set(key, arm);
      }
      arm.people += 1;
      const person = byProfile.get(profileId);
      if (person === undefined) return;
      const start = eligibleAt.getTime();
      const after = sumWithin(person, start, start + windowMs);
      const before = sumWithin(person, start - windowMs, start);
      if (after.orders > 0) arm.orderedPeople += 1;
      arm.orders += after.orders;
      arm.revenueMinor += after.revenue;
      arm.otherCurrencyOrders += after.otherCurrency;
      if (after.revenue !== 0) arm.revenues.push(after.revenue);
      if (before.orders > 0) arm.earlierOrderedPeople += 1;
      if (before.revenue !== 0) arm.earlierRevenues.push(before.revenue);
    },
  };
};
