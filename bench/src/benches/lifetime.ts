import { loadavg } from 'node:os';
import {
  buyingDays,
  dayOf,
  fitPurchases,
  fitSpend,
  forecastPurchases,
  type PurchaseModelName,
  type Summaries,
  scoreForecast,
  snapshotAt,
  summarise,
} from '@mesure/engine/lifetime';
import type { Bench } from '../bench.ts';
import { oracleOf, readCdnow } from '../lifetime/cdnow.ts';
import { median, round } from '../measure/median.ts';

const ROUNDS = 9;
const UNTIL = Date.UTC(1997, 8, 30);
const HORIZON_DAYS = 273;
const MODELS = { BgNbd: 'bg_nbd', MbgNbd: 'mbg_nbd', Pareto: 'pareto_nbd' } as const satisfies Record<
  string,
  PurchaseModelName
>;

/** Milliseconds of each run, wall and processor, after one that warms up. */
const timed = (run: () => void) => {
  run();
  const [wall, cpu]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < ROUNDS; turn++) {
    const before = process.cpuUsage();
    const started = performance.now();
    run();
    wall.push(performance.now() - started);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
  }
  return { wall: round(median(wall), 1), cpu: round(median(cpu), 1) };
};

/** How the fit and its forecast compare with the reference: differences of figures, not ratios. */
const quality = (rows: Summaries, actual: Float64Array, part: string): [string, number | null][] =>
  Object.entries(MODELS).flatMap(([name, model]): [string, number | null][] => {
    const made = fitPurchases(rows, { model, estimate: 'ml' });
    if (made.kind === 'no_answer') throw new Error(made.reason);
    const next = forecastPurchases(made, rows, { horizon: HORIZON_DAYS / 7, intervals: false });
    const { mae, rmse, auc } = scoreForecast(next.expected.value, actual);
    const wanted = oracleOf(`holdout_cdnow_${part.toLowerCase()}_${model}`);
    const against = (found: number, key: string): number | null =>
      wanted ? Number((found - (wanted[key] ?? Number.NaN)).toPrecision(2)) : null;
    return [
      [`logLikelihood${name}${part}`, round(made.logLikelihood, 5)],
      [`logLikelihoodOff${name}${part}`, against(made.logLikelihood, 'log_likelihood')],
      [`mae${name}${part}`, round(mae.value, 4)],
      [`maeOff${name}${part}`, against(mae.value, 'mae')],
      [`rmse${name}${part}`, round(rmse, 4)],
      [`rmseOff${name}${part}`, against(rmse, 'rmse')],
      [`auc${name}${part}`, round(auc?.value ?? 0, 4)],
      [`aucOff${name}${part}`, against(auc?.value ?? 0, 'auc_any_purchase_by_expected')],
    ];
  });

export const lifetime: Bench = {
  name: 'lifetime',
  about:
    'purchase and spend models on CDNOW (../shared/data/cdnow): likelihoods, fits in ms, holdout of 39 weeks',
  run: ({ say }) => {
    const load = round(loadavg()[0] ?? 0, 1);
    const figures: [string, number | null][] = [];
    for (const part of ['Sample', 'Full'] as const) {
      const orders = readCdnow(part === 'Full' ? 'full' : 'sample');
      const rows = summarise(orders, { untilMs: UNTIL });
      const days = buyingDays(orders, {});
      const { purchases } = snapshotAt(days, dayOf(UNTIL, {}), HORIZON_DAYS);
      figures.push(...quality(rows, purchases, part));
      for (const [name, model] of Object.entries(MODELS)) {
        const { wall, cpu } = timed(() => void fitPurchases(rows, { model, estimate: 'ml' }));
        const map = timed(() => void fitPurchases(rows, { model }));
        say(`${name} on ${part.toLowerCase()}: ${wall} ms (${cpu} of processor), with priors ${map.wall} ms`);
        figures.push(
          [`fitMs${name}${part}`, wall],
          [`fitCpuMs${name}${part}`, cpu],
          [`fitMapMs${name}${part}`, map.wall],
        );
      }
      const spend = fitSpend(rows, { estimate: 'ml' });
      if (spend.kind === 'no_answer') throw new Error(spend.reason);
      figures.push(
        [`logLikelihoodGammaGamma${part}`, round(spend.logLikelihood, 4)],
        [`fitMsGammaGamma${part}`, timed(() => void fitSpend(rows, { estimate: 'ml' })).wall],
        [`summariseMs${part}`, timed(() => void summarise(orders, { untilMs: UNTIL })).wall],
      );
      const made = fitPurchases(rows);
      if (made.kind === 'no_answer') throw new Error(made.reason);
      figures.push([
        `forecastMsPareto${part}`,
        timed(() => void forecastPurchases(made, rows, { horizon: 39 })).wall,
      ]);
    }
    return Promise.resolve({
      figures: { ...Object.fromEntries(figures), loadAverage: load },
      notes: [
        `Medians of ${ROUNDS} after a warm-up. A fit is grouping, the NBD, three starts, the best of them to the end, the test for the boundary and the region for intervals.`,
        '…Off: less the reference (lifetimes 0.11.3). forecastMs: expected purchases and chances of all people with intervals.',
        'Gamma-Gamma here reads daily sums of the transaction file; the reference reads the published summary (a test compares).',
      ],
    });
  },
};
