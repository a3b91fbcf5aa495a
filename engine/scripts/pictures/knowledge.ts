import { createRandom } from '../../src/random/index.ts';
import { riskCoverage } from '../../src/text/index.ts';
import { fitTiming, readTiming } from '../../src/timing/index.ts';
import { createMonitor, observeBucket } from '../../src/trend/index.ts';
import { drawChart } from './chart.ts';

const percent = (tick: number): string => `${Math.round(tick * 1000) / 10} %`;

/** One item of 200 doubles its sales on day 150: counts, what was expected, and the day on which it is said. */
const trendSignal = (): string => {
  const random = createRandom('trend signal');
  const [series, days, changed] = [200, 200, 150];
  const monitor = createMonitor({ series });
  const x: number[] = [];
  const count: number[] = [];
  const usual: number[] = [];
  let said = -1;
  for (let day = 0; day < days; day++) {
    const counts = Float64Array.from({ length: series }, (_, item) => {
      const weekend = day % 7 > 4 ? 0.6 : 1;
      return random.poisson(20 * weekend * (item === 0 && day >= changed ? 2 : 1));
    });
    const { opened } = observeBucket(monitor, { slot: day % 7 }, counts);
    if (said < 0 && opened.some((signal) => signal.series === 0)) said = day;
    if (day < 120) continue;
    x.push(day);
    count.push(counts[0] ?? 0);
    usual.push(20 * (day % 7 > 4 ? 0.6 : 1));
  }
  return drawChart({
    title: `Sales double on day ${changed} among 200 items; it is said on day ${said}`,
    xLabel: 'day',
    yLabel: 'sold a day',
    xTicks: [120, 140, 160, 180, 200],
    yTicks: [0, 15, 30, 45, 60],
    series: [
      { label: 'sold', colour: '#2563eb', x, y: count },
      { label: 'as before', colour: '#9ca3af', x, y: usual, dashed: true },
      { label: 'said', colour: '#b45309', x: [said, said], y: [0, 60], dashed: true },
    ],
  });
};

/** Somebody with five events against everybody: drawn towards the group where little is known. */
const hourOfWeek = (): string => {
  const random = createRandom('hour of the week');
  const people = { count: 300, zones: ['Europe/Paris'] };
  const [person, atMs]: [number[], number[]] = [[], []];
  for (let who = 0; who < people.count; who++) {
    const hour = who % 2 === 0 ? 8 : 20;
    const events = who < 2 ? 5 : 12;
    for (let event = 0; event < events; event++) {
      person.push(who);
      const local = Math.min(23, Math.max(0, hour + Math.round(random.normal() * 1.5)));
      atMs.push(Date.UTC(2026, 0, 5 + random.integer(0, 55), local - 1, random.integer(0, 59)));
    }
  }
  const model = fitTiming({ people, events: { person, atMs: Float64Array.from(atMs) } });
  if (model.kind === 'no_answer') throw new Error(model.reason);
  const read = readTiming(model);
  const byHour = (shares: Float64Array): number[] =>
    Array.from({ length: 24 }, (_, hour) =>
      Array.from({ length: 7 }, (_day, day) => shares[24 * day + hour] ?? 0).reduce((a, b) => a + b, 0),
    );
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  return drawChart({
    title: 'When two people act, after five clicks each, and everybody',
    xLabel: 'hour of the day, on each person’s clock',
    yLabel: 'share of what they do',
    xTicks: [0, 6, 12, 18, 23],
    yTicks: [0, 0.1, 0.2, 0.3],
    yWords: percent,
    series: [
      { label: 'clicked in the morning', colour: '#2563eb', x: hours, y: byHour(read.shares(0)) },
      { label: 'clicked at night', colour: '#1e3a8a', x: hours, y: byHour(read.shares(1)) },
      { label: 'everybody', colour: '#9ca3af', x: hours, y: byHour(model.groupShares), dashed: true },
    ],
  });
};

/** What abstaining buys, for scores that know something. */
const coverage = (): string => {
  const random = createRandom('risk and coverage');
  const scores = Float64Array.from({ length: 3000 }, () => random.between(0.5, 1));
  const wrong = Uint8Array.from(scores, (score) => (random.chance(1 - score) ? 1 : 0));
  const curve = riskCoverage({ scores, wrong });
  const kept = Array.from(curve.coverage, (_, i) => i).filter((i) => i >= 30 && i % 20 === 0);
  const of = (values: Float64Array): number[] => kept.map((i) => values[i] ?? 0);
  return drawChart({
    title: 'Risk and coverage: who answers less is wrong less often',
    xLabel: 'share of texts answered',
    yLabel: 'share of the answers that are wrong',
    xTicks: [0, 0.25, 0.5, 0.75, 1],
    yTicks: [0, 0.1, 0.2, 0.3],
    yWords: percent,
    series: [{ label: 'the surest first', colour: '#2563eb', x: of(curve.coverage), y: of(curve.risk) }],
  });
};

export const knowledgePictures: Readonly<Record<string, () => string>> = {
  'trend-signal.svg': trendSignal,
  'hour-of-week.svg': hourOfWeek,
  'risk-coverage.svg': coverage,
};
