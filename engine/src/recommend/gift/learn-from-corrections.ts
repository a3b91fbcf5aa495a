import { tell, type Watch } from '../../fitting/index.ts';
import { minimise } from '../../optimise/index.ts';
import { log1pExp, logistic, logit } from '../../special/index.ts';
import { EVIDENCE } from './evidence.ts';
import { type GiftLines, SAID_GIFT, SAID_MINE } from './gift-lines.ts';
import type { GiftModel } from './gift-model.ts';
import { walkEvidence } from './walk-evidence.ts';

/** How far strengths and the intercept may be expected to be from what was assumed: the sd of their normal priors. */
const STRENGTH_SD = 0.25;
const INTERCEPT_SD = 0.5;
/** Lines between two words to the watch: some 10 ms. */
const TOLD_LINES = 4096;

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
  let visited = 0;
  walkEvidence(model, lines, ({ row, logRatios }) => {
    if (visited++ % TOLD_LINES === 0)
      tell(watch, 'evidence', (0.5 * visited) / (lines.said?.length ?? visited));
    const said = lines.said?.[row];
    if (said !== SAID_GIFT && said !== SAID_MINE) return;
    outcomes.push(said === SAID_GIFT ? 1 : 0);
    rows.push(...logRatios);
  });
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
  const loss = (x: Float64Array): number => {
    tell(watch, 'corrections', 1 - 0.5 / ++told);
    let sum = 0;
    for (let e = 0; e <= width; e++) sum += 0.5 * pull(x, e) ** 2;
    outcomes.forEach((gift, line) => {
      const odds = oddsOf(x, line);
      sum += log1pExp(odds) - gift * odds;
    });
    return sum;
  };
  const gradient = (x: Float64Array, out: Float64Array): void => {
    for (let e = 0; e <= width; e++) out[e] = pull(x, e) / (e === width ? INTERCEPT_SD : STRENGTH_SD);
    outcomes.forEach((gift, line) => {
      const slope = logistic(oddsOf(x, line)) - gift;
      for (let e = 0; e < width; e++)
        out[e] = (out[e] as number) + slope * (rows[line * width + e] as number);
      out[width] = (out[width] as number) + slope;
    });
  };
  const found = minimise(loss, Float64Array.of(...model.strength, model.intercept), { gradient });
  if (found.kind !== 'minimum') return { kind: 'no_answer', reason: 'no_convergence' };
  tell(watch, 'corrections', 1);
  return {
    kind: 'corrected',
    model: {
      ...model,
      intercept: found.x[width] as number,
      strength: found.x.slice(0, width).map((strength) => Math.max(0, strength)),
    },
    corrections: outcomes.length,
    gifts: outcomes.reduce((a, b) => a + b, 0),
  };
};
