import { checkCount, engineError } from '../../errors/index.ts';
import type { Estimate } from '../../fairness/index.ts';
import { type Watch, watchPart } from '../../fitting/index.ts';
import { fitBoostedLifetime, forecastBoosted } from '../boosted/fit.ts';
import { takeSnapshot } from '../boosted/snapshot.ts';
import { fitPurchases } from '../fit/index.ts';
import { steadyWatch } from '../fit/steady.ts';
import { forecastPurchases } from '../forecast/index.ts';
import type { PurchaseModelName } from '../models/parameters.ts';
import {
  type BuyingDays,
  buyingDays,
  type Calendar,
  dayOf,
  type Orders,
  summariseDays,
} from '../orders/index.ts';
import { type PurchaseBin, purchaseCalibration } from './calibration.ts';
import { type ForecastScore, meanWithin, scoreForecast } from './score.ts';

/** `naive_rate`: repeats over age, for ever; `boosted`: trees with calibrated chances. */
export type Contender = 'naive_rate' | PurchaseModelName | 'boosted';

const CONTENDERS: readonly Contender[] = ['naive_rate', 'nbd', 'mbg_nbd', 'bg_nbd', 'pareto_nbd', 'boosted'];

export interface ChoiceSettings extends Calendar {
  /** An instant of the last day observed in full. */
  readonly untilMs: number;
  /** Whole days; the last so many are what the contenders are judged by. */
  readonly horizonDays: number;
  /** 7 unless said. */
  readonly unitDays?: number;
  /** All unless said. */
  readonly contenders?: readonly Contender[];
  readonly leastRepeaters?: number;
}

/** How a contender did in the last horizon, having seen nothing of it; or why it could not take part. */
export type ContenderResult =
  | {
      readonly kind: 'scored';
      readonly contender: Contender;
      readonly score: ForecastScore;
      /** Mean (chance to buy - bought)². */
      readonly brier: Estimate;
      readonly calibration: readonly PurchaseBin[];
    }
  | { readonly kind: 'no_answer'; readonly contender: Contender; readonly reason: string };

/** The least mean error, and by how much: paired differences over people (own less other's; below 0 is better). */
export interface Pick {
  readonly contender: Contender;
  readonly error: Estimate;
  readonly against: readonly {
    readonly contender: Contender;
    readonly difference: Estimate;
    /** The interval lies below 0: not by chance. */
    readonly clear: boolean;
  }[];
}

export interface LifetimeChoice {
  readonly kind: 'choice';
  readonly people: number;
  readonly horizonDays: number;
  /** For expected purchases, by mean absolute error. */
  readonly purchases: Pick;
  /** For who buys at all (1 - churn), by Brier's score. */
  readonly chance: Pick;
  readonly results: readonly ContenderResult[];
}

export interface NoChoice {
  readonly kind: 'no_answer';
  /** `too_little_history`: nobody had bought before the last horizon. */
  readonly reason: 'too_little_history';
}

interface Forecast {
  readonly expected: Float64Array;
  readonly chanceToBuy: Float64Array;
}

interface Ground {
  readonly days: BuyingDays;
  readonly splitDay: number;
  readonly horizonDays: number;
  readonly unitDays: number;
  readonly leastRepeaters: number;
}

const forecastOf = (
  contender: Contender,
  { days, splitDay, horizonDays, unitDays, leastRepeaters }: Ground,
  watch: Watch | undefined,
): Forecast | { readonly reason: string } => {
  const rows = summariseDays(days, { untilDay: splitDay, unitDays }, watch);
  const horizon = horizonDays / unitDays;
  if (contender === 'naive_rate') {
    const expected = rows.repeats.map((x, i) =>
      (rows.age[i] as number) > 0 ? (x / (rows.age[i] as number)) * horizon : 0,
    );
    return { expected, chanceToBuy: expected.map((rate) => -Math.expm1(-rate)) };
  }
  if (contender === 'boosted') {
    const made = fitBoostedLifetime(days, { untilDay: splitDay, horizonDays }, watch);
    if (made.kind === 'no_answer') return made;
    return forecastBoosted(made, takeSnapshot(days, { day: splitDay, horizonDays }, watch));
  }
  const model = fitPurchases(rows, { model: contender, leastRepeaters }, watch);
  if (model.kind === 'no_answer') return model;
  if (model.dropout.kind === 'not_seen') return { reason: model.dropout.reason };
  const next = forecastPurchases(model, rows, { horizon, intervals: false, watch: watch });
  return { expected: next.expected.value, chanceToBuy: next.chanceToBuy.value };
};

const pickOf = (losses: ReadonlyMap<Contender, Float64Array>): Pick => {
  const means = [...losses].map(([contender, values]) => ({ contender, values, error: meanWithin(values) }));
  const best = means.reduce((a, b) => (b.error.value < a.error.value ? b : a));
  return {
    contender: best.contender,
    error: best.error,
    against: means
      .filter(({ contender }) => contender !== best.contender)
      .map(({ contender, values }) => {
        const difference = meanWithin(best.values.map((loss, i) => loss - (values[i] as number)));
        return { contender, difference, clear: difference.high < 0 };
      }),
  };
};

/**
 * Lets the models compete on the last horizon of the data, which none of them sees, and says which was best and by how much. The naive rate
 * takes part, and may win; a model that collapses to the NBD takes part as the NBD. The winner is the least error, not the clearest:
 * `against` says whether chance may have decided. Cost: one fit of each contender.
 *
 * @throws EngineError as `summarise` and `fitPurchases`; `empty_input` for no contenders
 * @example
 * const choice = chooseLifetime(orders, { untilMs, horizonDays: 91 });
 * if (choice.kind === 'choice') choice.purchases.contender; // 'pareto_nbd'
 */
export const chooseLifetime = (
  orders: Orders,
  settings: ChoiceSettings,
  told?: Watch,
): LifetimeChoice | NoChoice => {
  const { horizonDays, unitDays = 7, contenders = CONTENDERS, leastRepeaters = 20 } = settings;
  if (checkCount('horizonDays', horizonDays) === 0)
    throw engineError('out_of_range', 'a horizon needs a day', { horizonDays });
  if (contenders.length === 0) throw engineError('empty_input', 'a choice needs contenders');
  const { watch } = steadyWatch(told);
  const days = buyingDays(orders, settings, watch);
  const splitDay = dayOf(settings.untilMs, settings) - horizonDays;
  const { purchases: actual } = takeSnapshot(days, { day: splitDay, horizonDays }, watch);
  if (actual.length === 0) return { kind: 'no_answer', reason: 'too_little_history' };
  const bought = actual.map((count) => (count > 0 ? 1 : 0));
  const ground = { days, splitDay, horizonDays, unitDays, leastRepeaters };
  const absolute = new Map<Contender, Float64Array>();
  const squared = new Map<Contender, Float64Array>();
  const results = contenders.map((contender, i): ContenderResult => {
    const part = watchPart(watch, i / contenders.length, (i + 1) / contenders.length);
    const made = forecastOf(contender, ground, part);
    if ('reason' in made) return { kind: 'no_answer', contender, reason: made.reason };
    const { expected, chanceToBuy } = made;
    const brier = chanceToBuy.map((p, row) => (p - (bought[row] as number)) ** 2);
    absolute.set(
      contender,
      expected.map((each, row) => Math.abs(each - (actual[row] as number))),
    );
    squared.set(contender, brier);
    return {
      kind: 'scored',
      contender,
      score: scoreForecast(expected, actual),
      brier: meanWithin(brier),
      calibration: purchaseCalibration({ expected, actual, axis: expected, bins: 10 }),
    };
  });
  if (absolute.size === 0) return { kind: 'no_answer', reason: 'too_little_history' };
  return {
    kind: 'choice',
    people: actual.length,
    horizonDays,
    purchases: pickOf(absolute),
    chance: pickOf(squared),
    results,
  };
};
