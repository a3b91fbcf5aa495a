import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { createRandom, murmur3 } from '../../random/index.ts';
import { createWhose, type OwnCells, onlyOne, type Profiles, partOf, type Spreads } from './whose-profile.ts';

/** Kinds that are tried. */
const COUNTS = [3, 6] as const;
const STEPS = 20;
/** Parts that are left out in turn: three of four people teach, and all are foretold. */
const FOLDS = 4;
/** What a profile's cells are worth before any send: engagements of an average person. */
const PRIOR = 10;
/** What people left out must be likelier by with kinds than without, in nats: 20 to 1. */
const CLEAR = 3;

/** Cells of people, one after the other. */
export interface PeopleCells extends OwnCells {
  readonly people: number;
  readonly cells: number;
}

const rowOf = ({ found, expected, cells }: PeopleCells, u: number): OwnCells => ({
  found: found.subarray(u * cells, (u + 1) * cells),
  expected: expected.subarray(u * cells, (u + 1) * cells),
});

interface Learning extends PeopleCells {
  readonly spreads: Spreads;
  readonly watch: Watch | undefined;
}

/** Expectation–maximisation (Dempster, Laird and Rubin 1977) of a mixture, each profile drawn towards 1. */
const improve = (from: Profiles, data: Learning, isKept: (u: number) => boolean): Profiles => {
  const { people, cells, spreads, watch } = data;
  const count = from.weights.length;
  let profiles = from;
  for (let step = 0; step < STEPS; step++) {
    const whose = createWhose(profiles, cells);
    const [top, bottom] = [
      new Float64Array(count * cells).fill(PRIOR),
      new Float64Array(count * cells).fill(PRIOR),
    ];
    const weights = new Float64Array(count).fill(1 / count);
    let kept = 1;
    for (let u = 0; u < people; u++) {
      if ((u & 511) === 0) tell(watch, 'profiles', step / STEPS);
      if (!isKept(u)) continue;
      kept++;
      const own = rowOf(data, u);
      const { chance, level } = whose(own, spreads);
      for (let k = 0; k < count; k++) {
        const p = chance[k] as number;
        weights[k] = (weights[k] as number) + p;
        for (let c = 0; c < cells; c++) {
          const e = own.expected[c] as number;
          if (e === 0) continue;
          const part = p * partOf(spreads.shape, e);
          const at = k * cells + c;
          top[at] = (top[at] as number) + part * (own.found[c] as number);
          bottom[at] = (bottom[at] as number) + part * e * (level[k] as number);
        }
      }
    }
    profiles = {
      weights: weights.map((weight) => weight / kept),
      factors: top.map((each, at) => each / (bottom[at] as number)),
    };
  }
  return profiles;
};

const started = (count: number, cells: number): Profiles => {
  const random = createRandom('profiles', `${count}`);
  return {
    weights: new Float64Array(count).fill(1 / count),
    factors: Float64Array.from({ length: count * cells }, () => random.between(0.5, 1.5)),
  };
};

/** Such that people without sends have their group's rates exactly. */
const centred = ({ weights, factors }: Profiles, cells: number): Profiles => {
  const mean = new Float64Array(cells);
  factors.forEach((factor, at) => {
    mean[at % cells] = (mean[at % cells] as number) + (weights[Math.floor(at / cells)] as number) * factor;
  });
  return { weights, factors: factors.map((factor, at) => factor / (mean[at % cells] as number)) };
};

/**
 * Kinds of people by when they answer, learned from sends: as many as best foretell people who were left out, and one where no
 * number does so clearly better. What is sent to whom by a policy does no harm: it hangs on outcomes that are in the likelihood. O(people × cells × K) a
 * step, some 500 of them in K.
 */
export const fitProfiles = (given: PeopleCells, personShape: number, watch?: Watch): Profiles => {
  const { people, cells } = given;
  const spreads = { shape: Infinity, personShape };
  const data = { ...given, spreads };
  const fold = Uint8Array.from(
    { length: people },
    (_, u) => (murmur3(Uint8Array.of(u, u >> 8, u >> 16), 7)[0] ?? 0) % FOLDS,
  );
  const judged = (profiles: Profiles, isJudged: (u: number) => boolean): number => {
    const whose = createWhose(profiles, cells);
    let sum = 0;
    for (let u = 0; u < people; u++) if (isJudged(u)) sum += whose(rowOf(data, u), spreads).logLikelihood;
    return sum;
  };
  let most = judged(onlyOne(cells), () => true) + CLEAR;
  let best: number | undefined;
  const runs = COUNTS.length * FOLDS;
  COUNTS.forEach((count, i) => {
    let sum = 0;
    for (let out = 0; out < FOLDS; out++) {
      const run = i * FOLDS + out;
      const part = watchPart(watch, (0.8 * run) / runs, (0.8 * (run + 1)) / runs);
      const found = improve(started(count, cells), { ...data, watch: part }, (u) => fold[u] !== out);
      sum += judged(found, (u) => fold[u] === out);
    }
    if (sum > most) [best, most] = [count, sum];
  });
  if (best === undefined) return onlyOne(cells);
  const all = improve(started(best, cells), { ...data, watch: watchPart(watch, 0.8, 1) }, () => true);
  return centred(all, cells);
};
