import { checkCount, checkFinite, checkPositive, engineError } from '../../../errors/index.ts';

/** Names as in Rendle, Krichene, Zhang and Koren 2021 (arXiv 2110.14037), in brackets. */
export interface IalsSettings {
  /** Length of a factor (d), 1 to 512; made a multiple of 4. 64 unless said: the main knob for long-tailed catalogues. */
  readonly factors?: number;
  /** Weight of every pair that did not happen (α0), > 0. 0.1 unless said. */
  readonly unobservedWeight?: number;
  /** λ > 0 of the penalty λ (|I_u| + α0 |I|)^ν |w_u|². 0.01 unless said. */
  readonly regularisation?: number;
  /** ν in [0, 1]: 1 punishes people and items with many pairs more, 0 all alike. 1 unless said. */
  readonly frequencyExponent?: number;
  /** Times that all people and then all items are solved. 16 unless said. */
  readonly epochs?: number;
  /** Factors start as normals of standard deviation `initialDeviation`/√d. 0.1 unless said. */
  readonly initialDeviation?: number;
  /**
   * What a pair that happened weighs: its share of own taste (`one`, unless said; 1 where nothing is a gift), or its weight (`weight`),
   * as Hu, Koren and Volinsky 2008.
   */
  readonly confidence?: 'one' | 'weight';
  readonly seed?: number | string;
  /** 2 takes a second thread where there is one; the answer is the same to the last bit. 1 unless said. */
  readonly threads?: 1 | 2;
}

export type IalsChosen = Readonly<Required<IalsSettings>>;

export const MOST_FACTORS = 512;

/** @throws EngineError `out_of_range`, `nan`, `not_finite`, `negative_count` */
export const chooseIals = (settings: IalsSettings): IalsChosen => {
  const asked = checkCount('factors', settings.factors ?? 64);
  if (asked < 1 || asked > MOST_FACTORS)
    throw engineError('out_of_range', `factors must be in [1, ${MOST_FACTORS}], got ${asked}`, { asked });
  const frequencyExponent = checkFinite('frequencyExponent', settings.frequencyExponent ?? 1);
  if (frequencyExponent < 0 || frequencyExponent > 1)
    throw engineError('out_of_range', `frequencyExponent must be in [0, 1], got ${frequencyExponent}`);
  return {
    factors: 4 * Math.ceil(asked / 4),
    unobservedWeight: checkPositive('unobservedWeight', settings.unobservedWeight ?? 0.1),
    regularisation: checkPositive('regularisation', settings.regularisation ?? 0.01),
    frequencyExponent,
    epochs: checkCount('epochs', settings.epochs ?? 16),
    initialDeviation: checkPositive('initialDeviation', settings.initialDeviation ?? 0.1),
    confidence: settings.confidence ?? 'one',
    seed: settings.seed ?? 'ials',
    threads: settings.threads ?? 1,
  };
};

/** λ (pairs + α0 others)^ν, pairs counted by their shares of own taste: what is added to the diagonal of one person's or item's equations. */
export const ridgeOf = (
  settings: Pick<IalsChosen, 'regularisation' | 'unobservedWeight' | 'frequencyExponent'>,
  pairs: number,
  others: number,
): number =>
  settings.regularisation * (pairs + settings.unobservedWeight * others) ** settings.frequencyExponent;
