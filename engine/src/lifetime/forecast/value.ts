import { checkLength } from '../../errors/index.ts';
import { tell, watchPart } from '../../fitting/index.ts';
import type { PurchaseModel } from '../fit/model.ts';
import type { PurchaseRows } from '../orders/index.ts';
import { type NoSpendModel, type SpendModel, spendWithin } from '../spend/index.ts';
import { type Column, type ForecastSettings, forecastPurchases, type PurchaseForecast } from './forecast.ts';

/** Where a person's expected amount comes from, by code. */
export const SPEND_SOURCES = ['unknown', 'population', 'own_and_population'] as const;

export interface ValueForecast extends PurchaseForecast {
  /**
   * Expected amount of a purchase, and expected value of all purchases within the horizon: purchases × amount, which the model takes as
   * independent. `no_answer` gives the spend model's reason, or `mean_not_finite`: then purchases can be said, money cannot.
   */
  readonly value:
    | {
        readonly kind: 'known';
        readonly perPurchase: Column;
        readonly total: Column;
        /**
         * Index into `SPEND_SOURCES`: `population` where the person has no paid repeat purchase; `unknown` where the mean is infinite: amounts
         * are 0 there and mean nothing.
         */
        readonly source: Uint8Array;
      }
    | { readonly kind: 'no_answer'; readonly reason: NoSpendModel['reason'] | 'mean_not_finite' };
}

const FAR = 1e300;

/**
 * Purchases and money together. Intervals combine those of both parts as independent, on logarithms. Cost: that of `forecastPurchases`
 * and about 1 µs a person.
 *
 * @throws EngineError as `forecastPurchases`
 * @example
 * const next = forecastValue({ purchases, spend }, summaries, { horizon: 52, discountPerYear: 0.1 });
 * if (next.value.kind === 'known') next.value.total.value; // money per person
 */
export const forecastValue = (
  { purchases, spend }: { readonly purchases: PurchaseModel; readonly spend: SpendModel | NoSpendModel },
  rows: PurchaseRows & { readonly meanSpend: Float64Array },
  settings: ForecastSettings,
): ValueForecast => {
  const next = forecastPurchases(purchases, rows, { ...settings, watch: watchPart(settings.watch, 0, 0.8) });
  const n = rows.repeats.length;
  checkLength('meanSpend', rows.meanSpend.length, n);
  if (spend.kind === 'no_answer') return { ...next, value: { kind: 'no_answer', reason: spend.reason } };
  const columns = [0, 0, 0, 0, 0, 0].map(() => new Float64Array(n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [each, eachLow, eachHigh, total, totalLow, totalHigh] = columns;
  const source = new Uint8Array(n);
  let answered = 0;
  for (let i = 0; i < n; i++) {
    if ((i & 0xfff) === 0) tell(settings.watch, 'value', 0.8 + (0.2 * i) / n);
    const repeats = rows.repeats[i] as number;
    const meanSpend = rows.meanSpend[i] as number;
    const found = spendWithin(spend.region, { repeats, meanSpend });
    if (!found) continue;
    answered++;
    source[i] = repeats > 0 && meanSpend > 0 ? 2 : 1;
    const bought = next.expected.value[i] as number;
    each[i] = found.value;
    eachLow[i] = found.low;
    eachHigh[i] = Math.min(FAR, found.high);
    total[i] = bought * found.value;
    const [low, high] = [next.expected.low?.[i] ?? bought, next.expected.high?.[i] ?? bought];
    if (!(bought > 0)) continue;
    const down = Math.hypot(Math.log(low / bought), Math.log(found.low / found.value));
    const up = Math.hypot(Math.log(high / bought), Math.log((eachHigh[i] as number) / found.value));
    totalLow[i] = (total[i] as number) * Math.exp(-down);
    totalHigh[i] = Math.min(FAR, (total[i] as number) * Math.exp(up));
  }
  if (answered === 0) return { ...next, value: { kind: 'no_answer', reason: 'mean_not_finite' } };
  const wanted = settings.intervals ?? true;
  return {
    ...next,
    value: {
      kind: 'known',
      perPurchase: wanted ? { value: each, low: eachLow, high: eachHigh } : { value: each },
      total: wanted ? { value: total, low: totalLow, high: totalHigh } : { value: total },
      source,
    },
  };
};
