import { checkFinite, engineError } from '../errors/index.ts';

/**
 * Which rows a calibrator learned from. `later_period`: rows that came after those of the model, as the rows to be scored will;
 * `held_out`: other rows of the model's own time, which say nothing of how the scores age. Rows that the model was fitted on are
 * never a basis: on them it looks surer than it is.
 */
export type CalibrationBasis =
  | {
      readonly kind: 'later_period';
      /** Last instant that the model learned from, ms since 1970. */
      readonly modelUntilMs: number;
      /** The calibrator's rows: from (inclusive), until (exclusive). */
      readonly fromMs: number;
      readonly untilMs: number;
    }
  | { readonly kind: 'held_out' };

/** @throws EngineError `out_of_range` for a period that is empty or begins before the model's ends */
export const checkBasis = (basis: CalibrationBasis): CalibrationBasis => {
  if (basis.kind === 'held_out') return { kind: 'held_out' };
  const modelUntilMs = checkFinite('modelUntilMs', basis.modelUntilMs);
  const fromMs = checkFinite('fromMs', basis.fromMs);
  const untilMs = checkFinite('untilMs', basis.untilMs);
  if (fromMs < modelUntilMs)
    throw engineError('out_of_range', 'a calibrator needs a later period than the model’s', {
      fromMs,
      modelUntilMs,
    });
  if (!(untilMs > fromMs))
    throw engineError('out_of_range', 'the calibration period is empty', { fromMs, untilMs });
  return { kind: 'later_period', modelUntilMs, fromMs, untilMs };
};
