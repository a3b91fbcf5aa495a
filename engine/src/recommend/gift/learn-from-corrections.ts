import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { minimise } from '../../optimise/index.ts';
import { log1pExp, logistic, logit } from '../../special/index.ts';
import { EVIDENCE } from './evidence.ts';
import { type GiftLines, SAID_GIFT, SAID_MINE } from './gift-lines.ts';
import type { GiftModel } from './gift-model.ts';
import { type LineEvidence, walkEvidence } from './walk-evidence.ts';

/** How far strengths and the intercept may be expected to be from what was assumed: the sd of their normal priors. */
const STRENGTH_SD = 0.25;
const INTERCEPT_SD = 0.5;
/** Corrections between two words to the watch: a few milliseconds. */
const CHUNK = 1 << 14;

export type CorrectedGiftModel =
  | {
      readonly kind: 'corrected';
      readonly model: GiftModel;
      readonly corrections: number;
      readonly gifts: number;
    }
  | {
      readonly kind: 'no_answer';
      /** `no_corrections`: nobody said anything · `no_convergence`: the fit did not settle; keep the model. */
      readonly reason: 'no_corrections' | 'no_convergence';
    };

interface Posterior {
  readonly loss: (x: Float64Array) => number;
  readonly gradient: (x: Float64Array, out: Float64Array) => void;
}

/**
 * The mode with all but the last >= 0. What would fall below is held at 0 and the others are fitted anew (cut off afterwards they would keep
 * what they were beside a strength that is not there), until nothing falls below and nothing held wants back. The loss is
 * strictly convex, so that there is one such point.
 */
const modeFrom0 = ({ loss, gradient }: Posterior, start: Float64Array): Float64Array | undefined => {
  const held = new Set<number>();
  const slope = new Float64Array(start.length);
  for (let round = 0; round < 4 * start.length; round++) {
    const free = [...start.keys()].filter((e) => !held.has(e));
    const whole = new Float64Array(start.length);
    const spread = (x: Float64Array): Float64Array => {
      free.forEach((e, k) => {
        whole[e] = x[k] as number;
      });
      return whole;
    };
    const found = minimise(
      (x) => loss(spread(x)),
      Float64Array.from(free, (e) => start[e] as number),
      {
        gradient: (x, out) => {
          gradient(spread(x), slope);
          free.forEach((e, k) => {
            out[k] = slope[e] as number;
          });
        },
      },
    );
    if (found.kind !== 'minimum') return undefined;
    const mode = spread(found.x);
    const below = free.filter((e) => e < start.length - 1 && (mode[e] as number) < 0);
    for (const e of below) held.add(e);
    if (below.length > 0) continue;
    gradient(mode, slope);
    const back = [...held].reduce((a, e) => ((slope[e] as number) < (slope[a] ?? -1e-6) ? e : a), -1);
    if (back < 0) return mode;
    held.delete(back);
  }
  return undefined;
};

/**
 * Weighs the evidence anew by what people said: the mode of a logistic posterior, with strong normal priors around the model
 * (sd 0.25 for each strength, 0.5 for the intercept), strengths not below 0. Some ten corrections hardly move it; hundreds do. People
 * correct what looks wrong to them, so that the intercept learns from a selection: its prior is what keeps it honest.
 *
 * @throws EngineError `length_mismatch`, `out_of_range`, `cancelled`
 * @example
 * const learned = learnFromCorrections(model, { ...lines, said });
 * if (learned.kind === 'corrected') scoreGifts(learned.model, lines);
 */
export const learnFromCorrections = (
  model: GiftModel,
  lines: GiftLines,
  watch?: Watch,
): CorrectedGiftModel => {
  const width = EVIDENCE.length;
  const rows: number[] = [];
  const outcomes: number[] = [];
  const keep = ({ row, logRatios }: LineEvidence): void => {
    const said = lines.said?.[row];
    if (said !== SAID_GIFT && said !== SAID_MINE) return;
    outcomes.push(said === SAID_GIFT ? 1 : 0);
    for (const logRatio of logRatios) rows.push(logRatio);
  };
  walkEvidence({ model, lines, watch: watchPart(watch, 0, 0.5) }, keep);
  if (outcomes.length === 0) return { kind: 'no_answer', reason: 'no_corrections' };
  tell(watch, 'corrections', 0.5);
  const base = logit(model.prior);
  const oddsOf = (x: Float64Array, line: number): number => {
    let odds = base + (x[width] as number);
    for (let e = 0; e < width; e++) odds += (x[e] as number) * (rows[line * width + e] as number);
    return odds;
  };
  const pull = (x: Float64Array, e: number): number =>
    e === width
      ? ((x[e] as number) - model.intercept) / INTERCEPT_SD
      : ((x[e] as number) - (model.strength[e] as number)) / STRENGTH_SD;
  let told = 0;
  const alive = (line: number): void => {
    if (line % CHUNK === 0) tell(watch, 'corrections', 1 - 0.5 / ++told);
  };
  const loss = (x: Float64Array): number => {
    let sum = 0;
    for (let e = 0; e <= width; e++) sum += 0.5 * pull(x, e) ** 2;
    outcomes.forEach((gift, line) => {
      alive(line);
      const odds = oddsOf(x, line);
      sum += log1pExp(odds) - gift * odds;
    });
    return sum;
  };
  const gradient = (x: Float64Array, out: Float64Array): void => {
    for (let e = 0; e <= width; e++) out[e] = pull(x, e) / (e === width ? INTERCEPT_SD : STRENGTH_SD);
    outcomes.forEach((gift, line) => {
      alive(line);
      const slope = logistic(oddsOf(x, line)) - gift;
      for (let e = 0; e < width; e++)
        out[e] = (out[e] as number) + slope * (rows[line * width + e] as number);
      out[width] = (out[width] as number) + slope;
    });
  };
  const mode = modeFrom0({ loss, gradient }, Float64Array.of(...model.strength, model.intercept));
  if (!mode) return { kind: 'no_answer', reason: 'no_convergence' };
  tell(watch, 'corrections', 1);
  return {
    kind: 'corrected',
    model: {
      ...model,
      intercept: mode[width] as number,
      strength: mode.slice(0, width),
    },
    corrections: outcomes.length,
    gifts: outcomes.reduce((a, b) => a + b, 0),
  };
};
