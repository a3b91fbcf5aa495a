import { collectMoments, defaultTuning, meanArm, sequentialTest } from '../../src/experiment/index.ts';
import { matrix } from '../../src/linear/index.ts';
import { createPolicy, defaultPolicy } from '../../src/policy/index.ts';
import { createRandom } from '../../src/random/index.ts';
import { crossFitUplift, qiniCurve } from '../../src/uplift/index.ts';
import { drawChart } from './chart.ts';

const points = (tick: number): string => `${tick > 0 ? '+' : ''}${Math.round(tick * 1000) / 10} pt`;

/** Two arms, conversions of 8 and 9.2 %, looked at every 100 people an arm. */
const confidenceSequence = (): string => {
  const random = createRandom('confidence sequence');
  const [control, treatment] = [collectMoments(), collectMoments()];
  const x: number[] = [];
  const value: number[] = [];
  const low: number[] = [];
  const high: number[] = [];
  for (let n = 1; n <= 20_000; n++) {
    control.add(random.chance(0.08) ? 1 : 0);
    treatment.add(random.chance(0.092) ? 1 : 0);
    if (n % 100 !== 0 || n < 300) continue;
    const answer = sequentialTest({
      control: meanArm(control.result()),
      treatment: meanArm(treatment.result()),
      scale: 'absolute',
      tuning: defaultTuning(40_000),
    });
    if (answer.kind === 'no_answer') continue;
    x.push(n);
    value.push(answer.estimate);
    low.push(answer.low);
    high.push(answer.high);
  }
  return drawChart({
    title: 'A confidence sequence narrows, and may be looked at every morning',
    xLabel: 'people in each arm',
    yLabel: 'difference in conversions (95 % at all looks together)',
    xTicks: [0, 5000, 10_000, 15_000, 20_000],
    yTicks: [-0.04, -0.02, 0, 0.02, 0.04, 0.06],
    yWords: points,
    series: [
      { label: 'interval', colour: '#2563eb', x, y: low, to: high },
      { label: 'estimate', colour: '#1e3a8a', x, y: value },
      { label: 'truth: +1.2 points', colour: '#b45309', x: [0, 20_000], y: [0.012, 0.012], dashed: true },
    ],
  });
};

/** Three actions whose worth depends on who comes; regret against who knows. */
const banditRegret = (): string => {
  const actions = ['tea', 'cups', 'gift'];
  const worth = [
    [0.3, 0.25, 0],
    [0.3, -0.25, 0.1],
    [0.35, 0, -0.2],
  ];
  const rounds = 3000;
  const random = createRandom('bandit regret');
  const policy = createPolicy(
    defaultPolicy(3),
    actions.map((key) => ({ key })),
  );
  const curves: [number[], number[]] = [[], []];
  const x: number[] = [];
  let learned = 0;
  let drawn = 0;
  for (let round = 1; round <= rounds; round++) {
    const context = Float64Array.of(1, random.between(-1, 1), random.between(-1, 1));
    const chances = worth.map((w) => w.reduce((sum, weight, j) => sum + weight * (context[j] ?? 0), 0));
    const best = Math.max(...chances);
    const { action } = policy.decide({ context, allowed: actions }, random);
    const chance = chances[actions.indexOf(action)] ?? 0;
    policy.learn({ action, context, reward: random.chance(Math.min(1, Math.max(0, chance))) ? 1 : 0 });
    learned += best - chance;
    drawn += best - random.choice(chances);
    if (round % 25 === 0) {
      x.push(round);
      curves[0].push(learned);
      curves[1].push(drawn);
    }
  }
  return drawChart({
    title: 'A bandit’s regret: what was lost against knowing everything',
    xLabel: 'decisions',
    yLabel: 'purchases lost so far',
    xTicks: [0, 1000, 2000, 3000],
    yTicks: [0, 100, 200, 300, 400, 500],
    series: [
      { label: 'default policy (LinUCB, floor 0.005)', colour: '#2563eb', x, y: curves[0] },
      { label: 'drawn evenly', colour: '#9ca3af', x, y: curves[1] },
    ],
  });
};

/** A mail that helps some, disturbs others and leaves most alone. */
const qini = (): string => {
  const random = createRandom('qini');
  const n = 6000;
  const features = matrix(n, 3);
  const treated = new Uint8Array(n);
  const outcomes = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < 3; j++) features.values[3 * i + j] = random.normal();
    const [likes, buys] = [features.values[3 * i] ?? 0, features.values[3 * i + 1] ?? 0];
    treated[i] = random.integer(0, 1);
    const effect = (treated[i] ?? 0) * (0.04 + 0.12 * Math.tanh(likes));
    outcomes[i] = random.chance(Math.min(1, Math.max(0, 0.25 + 0.08 * Math.tanh(buys) + effect))) ? 1 : 0;
  }
  const fitted = crossFitUplift({ features, treated, outcomes, propensities: 0.5 }, { seed: 1 });
  if (fitted.kind === 'no_answer') throw new Error(fitted.reason);
  const { x, y } = qiniCurve({ scores: fitted.scores, treated, outcomes });
  const every = Math.max(1, Math.floor(x.length / 150));
  const kept = Array.from(x, (_, i) => i).filter((i) => i % every === 0 || i === x.length - 1);
  const end = y[y.length - 1] ?? 0;
  return drawChart({
    title: 'A Qini curve: buyers won when the mail goes to the best first',
    xLabel: 'people, the highest predicted uplift first',
    yLabel: 'extra buyers among those treated',
    xTicks: [0, 1500, 3000, 4500, 6000],
    yTicks: [0, 50, 100, 150, 200, 250],
    series: [
      {
        label: 'by predicted uplift, cross-fitted',
        colour: '#2563eb',
        x: kept.map((i) => x[i] ?? 0),
        y: kept.map((i) => y[i] ?? 0),
      },
      { label: 'in any order', colour: '#9ca3af', x: [0, n], y: [0, end], dashed: true },
    ],
  });
};

/** By file name in engine/docs. */
export const proofPictures: Readonly<Record<string, () => string>> = {
  'confidence-sequence.svg': confidenceSequence,
  'bandit-regret.svg': banditRegret,
  'qini-curve.svg': qini,
};
