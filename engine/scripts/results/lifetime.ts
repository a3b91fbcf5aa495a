// Result tables of @mesure/engine/lifetime, as Markdown: node engine/scripts/results/lifetime.ts
// From simulated people whose truth is known, and from CDNOW and Online Retail in ../shared/data beside the project where they are there.
import {
  type ContenderResult,
  chooseLifetime,
  expectedPurchases,
  fitPurchases,
  forecastPurchases,
  type Orders,
  type Pick,
  type PurchaseParameters,
  parameterIntervals,
  summarise,
} from '../../src/lifetime/index.ts';
import { findData } from '../../testing/beside-the-project.ts';
import { simulateLifetimeShop } from '../../testing/lifetime-shop.ts';
import { cdnowOrders, findRetailOrders } from '../../testing/shops.ts';
import { say, signed, table } from '../print-tables.ts';

const DAY = 86_400_000;

const pickText = ({ contender, error, against }: Pick): string => {
  const next = against.toSorted((a, b) => b.difference.value - a.difference.value)[0];
  if (!next) return `${contender} (${error.value.toFixed(4)}), alone`;
  const { low, high, value } = next.difference;
  return `**${contender}** (${error.value.toFixed(4)}); ${signed(value)} [${signed(low)}, ${signed(high)}] against ${next.contender}, ${next.clear ? 'clear' : 'not clear'}`;
};

const rowOf = (result: ContenderResult): readonly (string | number)[] => {
  if (result.kind === 'no_answer') return [result.contender, result.reason, '', '', '', '', ''];
  const { score, brier, calibration, contender } = result;
  return [
    contender,
    score.predicted.toFixed(0),
    score.mae.value.toFixed(4),
    score.rmse.toFixed(4),
    score.auc?.value.toFixed(4) ?? '–',
    brier.value.toFixed(4),
    `${calibration.filter(({ agrees }) => agrees).length} of ${calibration.length}`,
  ];
};

interface Case {
  readonly title: string;
  readonly orders: Orders;
  readonly untilMs: number;
  readonly horizonDays: number;
}

const compare = ({ title, orders, untilMs, horizonDays }: Case): void => {
  const choice = chooseLifetime(orders, { untilMs, horizonDays });
  if (choice.kind === 'no_answer') {
    say(`**${title}**: ${choice.reason}`);
    return;
  }
  const scored = choice.results.flatMap((each) => (each.kind === 'scored' ? [each] : []));
  say(
    `**${title}**: ${choice.people} people, the last ${horizonDays} days held out, ${scored[0]?.score.actual} purchases in them.`,
  );
  say();
  table(
    ['model', 'predicted', 'MAE', 'RMSE', 'AUC (any purchase)', 'Brier (any purchase)', 'bins that agree'],
    choice.results.map(rowOf),
  );
  say(
    `Purchases (by MAE): ${pickText(choice.purchases)}. Chance to buy (by Brier): ${pickText(choice.chance)}.`,
  );
  say();
  const best = scored.find(({ contender }) => contender === choice.purchases.contender);
  if (!best) return;
  say('Calibration of that pick, by expected purchases:');
  say();
  table(
    ['people', 'expected from', 'to', 'mean expected', 'mean actual [95 %]'],
    best.calibration.map(({ people, low, high, meanExpected, actual }) => [
      people,
      low.toFixed(3),
      high.toFixed(3),
      meanExpected.toFixed(3),
      `${actual.value.toFixed(3)} [${actual.low.toFixed(3)}, ${actual.high.toFixed(3)}]`,
    ]),
  );
};

const pareto: PurchaseParameters = { model: 'pareto_nbd', r: 0.6, alpha: 10, s: 0.6, beta: 12 };
const nbd: PurchaseParameters = { model: 'nbd', r: 0.7, alpha: 9 };
const plan = { people: 6000, seed: 'results', joinDays: 180, days: 728 };
const shop = (parameters: PurchaseParameters): Orders => simulateLifetimeShop({ ...plan, parameters }).orders;

say('## Which model, and by how much');
say();
compare({ title: 'Simulated Pareto/NBD', orders: shop(pareto), untilMs: 727 * DAY, horizonDays: 91 });
compare({
  title: 'Simulated NBD, where nobody leaves',
  orders: shop(nbd),
  untilMs: 727 * DAY,
  horizonDays: 91,
});
const cdnow = findData('cdnow/CDNOW_master.txt.gz');
if (cdnow) {
  const orders = cdnowOrders(cdnow);
  const untilMs = Date.UTC(1998, 5, 30);
  compare({ title: 'CDNOW, 39 weeks ahead', orders, untilMs, horizonDays: 273 });
  compare({ title: 'CDNOW, 13 weeks ahead', orders, untilMs, horizonDays: 91 });
}
const retail = findRetailOrders();
if (retail) {
  const untilMs = Date.UTC(2011, 7, 31);
  compare({ title: 'Online Retail, 60 days ahead', orders: retail, untilMs, horizonDays: 60 });
}

say('## What intervals hold');
say();
const runs = 60;
const customer = { repeats: 2, recency: 28, age: 39 };
const one = { repeats: Float64Array.of(2), recency: Float64Array.of(28), age: Float64Array.of(39) };
const coverageOf = (parameters: PurchaseParameters, people: number): readonly (string | number)[] => {
  let [seen, covered, profiles, asked, open] = [0, 0, 0, 0, 0];
  for (let seed = 0; seed < runs; seed++) {
    const { orders } = simulateLifetimeShop({ people, parameters, seed, joinDays: 84, days: 273 });
    const rows = summarise(orders, { untilMs: 273 * DAY });
    const made = fitPurchases(rows, { model: parameters.model });
    if (made.kind === 'no_answer' || made.dropout.kind === 'not_seen') continue;
    seen++;
    const truth = expectedPurchases(parameters, customer, 39);
    const { low, high } = forecastPurchases(made, one, { horizon: 39 }).expected;
    if ((low?.[0] ?? 0) <= truth && truth <= (high?.[0] ?? 0)) covered++;
    for (const each of parameterIntervals(made, rows)) {
      const value = (parameters as unknown as Record<string, number>)[each.name] ?? 0;
      asked++;
      if (each.low <= value && value <= each.high) profiles++;
      if (each.openAbove || each.openBelow) open++;
    }
  }
  const share = (part: number, all: number): string => `${((100 * part) / all).toFixed(0)} %`;
  return [parameters.model, people, share(seen, runs), share(covered, seen), share(profiles, asked), open];
};
const bg: PurchaseParameters = { model: 'bg_nbd', r: 0.25, alpha: 4.4, a: 0.8, b: 2.4 };
const weak: PurchaseParameters = { model: 'bg_nbd', r: 0.25, alpha: 4.4, a: 0.02, b: 2.4 };
table(
  ['truth', 'people', 'dropout seen', 'expected purchases covered', 'parameters covered', 'open ends'],
  [
    coverageOf(bg, 500),
    coverageOf(bg, 2000),
    coverageOf(pareto, 500),
    coverageOf(pareto, 1500),
    coverageOf(weak, 1000),
  ],
);
let mistaken = 0;
for (let seed = 0; seed < runs; seed++) {
  const { orders } = simulateLifetimeShop({ people: 500, parameters: nbd, seed, joinDays: 84, days: 273 });
  const made = fitPurchases(summarise(orders, { untilMs: 273 * DAY }), { model: 'bg_nbd' });
  if (made.kind === 'purchases' && made.dropout.kind === 'seen') mistaken++;
}
say(
  `Where nobody leaves (500 people, ${runs} runs) BG/NBD claims to see somebody leave in ${mistaken} of ${runs} (at most 5 % promised).`,
);
