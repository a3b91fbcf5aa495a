import type { Policy } from '@mesure/engine/policy';
import { createRandom } from '@mesure/engine/random';
import { median } from '../measure/median.ts';
import { ACTIONS, type Digit } from './digits.ts';

/** Microseconds per call: by the clock, and of processor time alone (what a machine of one's own would take). */
export interface Micros {
  readonly wall: number;
  readonly cpu: number;
}

const measure = (batches: number, calls: number, batch: (round: number) => void): Micros => {
  const wall: number[] = [];
  const cpu: number[] = [];
  for (let round = 0; round < batches; round++) {
    const before = process.cpuUsage();
    const started = performance.now();
    batch(round);
    wall.push((1000 * (performance.now() - started)) / calls);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / calls);
  }
  return { wall: median(wall), cpu: median(cpu) };
};

/** To decide, with all propensities: medians of ten batches. */
export const decideMicros = (policy: Policy, digits: readonly Digit[], decisions: number): Micros => {
  const random = createRandom('speed');
  const calls = Math.ceil(decisions / 10);
  return measure(10, calls, () => {
    for (let i = 0; i < calls; i++) policy.decide(digits[i % digits.length] as Digit, random);
  });
};

/** To learn from one round, factorisations included: medians of ten batches. */
export const updateMicros = (policy: Policy, digits: readonly Digit[]): Micros =>
  measure(10, 4000, (round) => {
    for (let i = 0; i < 4000; i++) {
      const { context, label } = digits[(i * 7 + round) % digits.length] as Digit;
      const action = ACTIONS[(label + (i % 3)) % 10] as string;
      policy.learn({ action, context, reward: i % 3 === 0 ? 1 : 0 });
    }
  });

/** The same contexts with no zero in them: what a dense context costs. */
export const denseDigits = (digits: readonly Digit[]): readonly Digit[] => {
  const random = createRandom('dense');
  return digits.map(({ context, label }) => ({
    context: context.map((x) => x + 0.01 + 0.01 * random.uniform()),
    label,
  }));
};
