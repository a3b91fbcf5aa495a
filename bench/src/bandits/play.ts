import { createPolicy, createRounds, type Policy, type PolicySettings } from '@mesure/engine/policy';
import { createRandom } from '@mesure/engine/random';
import { ACTIONS, type Digit } from './digits.ts';

export interface Game {
  readonly digits: readonly Digit[];
  readonly seed: number;
  readonly passes: number;
  /** Probability of a reward of 1 for the right and for a wrong action. */
  readonly pays: { readonly right: number; readonly wrong: number };
  /** Rounds until a reward is known. */
  readonly delay: number;
}

export interface Played {
  readonly policy: Policy;
  /** Share of rounds in which the action was not the label. */
  readonly loss: number;
  readonly meanReward: number;
  readonly minPropensity: number;
}

/** Progressive loss: each round is decided before anything is learned from it. */
export const play = (settings: PolicySettings, { digits, seed, passes, pays, delay }: Game): Played => {
  const policy = createPolicy(
    settings,
    ACTIONS.map((key) => ({ key })),
  );
  const random = createRandom(seed);
  const rewards = random.stream('rewards');
  const order = random.stream('order');
  const rounds = createRounds({ maturity: Math.max(1, delay), outcomes: { paid: { worth: 1 } } });
  const contexts = new Map<string, Float64Array>();
  let at = 0;
  let wrong = 0;
  let paid = 0;
  let minPropensity = 1;
  for (let pass = 0; pass < passes; pass++) {
    for (const { context, label } of order.shuffle(digits)) {
      at++;
      const { action, propensity, propensities } = policy.decide({ context }, random);
      for (const p of propensities) if (p < minPropensity) minPropensity = p;
      const right = Number(action) === label;
      const chance = right ? pays.right : pays.wrong;
      const reward = chance === 1 || (chance > 0 && rewards.chance(chance)) ? 1 : 0;
      if (!right) wrong++;
      paid += reward;
      if (delay === 0) {
        policy.learn({ action, context, reward });
        continue;
      }
      const id = String(at);
      contexts.set(id, context);
      rounds.open({ id, at, action, propensity });
      if (reward === 1) rounds.reward({ id, outcome: 'paid', at: at + delay / 2 });
      // A batch at a time, as a nightly run would.
      if (at % 50 !== 0) continue;
      for (const round of rounds.takeMature(at)) {
        const seen = contexts.get(round.id);
        if (seen) policy.learn({ action: round.action, context: seen, reward: round.reward });
        contexts.delete(round.id);
      }
    }
  }
  return { policy, loss: wrong / at, meanReward: paid / at, minPropensity };
};
