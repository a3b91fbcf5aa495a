import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../random/index.ts';
import { type Attribute, attributeOf, detectProxies, type Feature, refusedFeatures } from './index.ts';

const people = 800;

const originOf = (random: Random): Attribute => ({
  name: 'origin',
  levels: ['a', 'b'],
  values: Int32Array.from({ length: people }, () => (random.chance(0.35) ? 1 : 0)),
});

const numbers = (name: string, of: (at: number) => number): Feature => ({
  kind: 'number',
  name,
  values: Float64Array.from({ length: people }, (_, at) => of(at)),
});
const words = (name: string, of: (at: number) => number): Feature => ({
  kind: 'category',
  name,
  values: Int32Array.from({ length: people }, (_, at) => of(at)),
});

const proxies: Readonly<Record<string, (isB: (at: number) => number, random: Random) => Feature>> = {
  postcode: (isB, random) =>
    words('postcode', (at) =>
      random.chance(0.15) ? random.integer(0, 39) : random.integer(0, 19) + 20 * isB(at),
    ),
  'first name': (isB, random) =>
    words('name', (at) =>
      random.chance(0.2) ? random.integer(0, 59) : random.integer(0, 29) + 30 * isB(at),
    ),
  'product category': (isB, random) =>
    words('category', (at) => (isB(at) && random.chance(0.6) ? 0 : random.integer(0, 7))),
  // High for neither the early nor the late: no straight line sees it.
  'browsing hour': (isB, random) =>
    numbers('hour', (at) =>
      isB(at) ? 12 + 2 * random.normal() : 12 + (random.chance(0.5) ? 6 : -6) + 2 * random.normal(),
    ),
  'device price': (isB, random) =>
    numbers('price', (at) => Math.exp(6 + 0.9 * isB(at) + 0.6 * random.normal())),
};

describe('a planted proxy', () => {
  it.each(Object.entries(proxies))('%s is flagged', (_name, plant) => {
    let flagged = 0;
    const seeds = 20;
    for (let seed = 0; seed < seeds; seed++) {
      const random = createRandom(seed, 'proxy');
      const attribute = originOf(random);
      const feature = plant((at) => attribute.values[at] as number, random);
      const report = detectProxies({ features: [feature], attribute, random });
      if (report.kind === 'assessed' && report.features[0]?.flagged) flagged++;
    }
    expect(flagged).toBe(seeds);
  });

  it('inside an embedding is flagged as a set, though each dimension tells little', () => {
    const random = createRandom('embedding');
    const attribute = originOf(random);
    const features = Array.from({ length: 16 }, (_, j) =>
      numbers(
        `e${j}`,
        (at) => random.normal() + 0.4 * (attribute.values[at] as number) * (j % 2 === 0 ? 1 : -1),
      ),
    );
    const report = detectProxies({ features, attribute, random });
    if (report.kind !== 'assessed') throw new Error(report.reason);
    expect(report.features.filter(({ flagged }) => flagged)).toEqual([]);
    expect(report.set.flagged).toBe(true);
    expect(report.set.levels[0]?.balancedError).toBeLessThan(0.35);
  });
});

it('independent noise is not flagged in 200 seeds, also with many categories', () => {
  let flagged = 0;
  for (let seed = 0; seed < 200; seed++) {
    const random = createRandom(seed, 'noise');
    const attribute = originOf(random);
    const features = [
      words('postcode', () => random.integer(0, 199)),
      numbers('noise', () => random.normal()),
    ];
    const report = detectProxies({ features, attribute, random });
    if (report.kind !== 'assessed') throw new Error(report.reason);
    if (report.set.flagged || report.features.some((feature) => feature.flagged)) flagged++;
  }
  expect(flagged).toBe(0);
});

it('an attribute of few people is not assessable; a level of few people is named', () => {
  const few = attributeOf(
    'band',
    Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? 'x' : 'y')),
  );
  const feature: Feature = { kind: 'number', name: 'noise', values: new Float64Array(60) };
  expect(detectProxies({ features: [feature], attribute: few, random: createRandom(1) })).toEqual({
    kind: 'not_assessable',
    attribute: 'band',
    reason: 'too_few_people',
  });
  const three = attributeOf(
    'band',
    Array.from({ length: 500 }, (_, at) => (at < 20 ? 'z' : at % 2 === 0 ? 'x' : 'y')),
  );
  const constant: Feature = { kind: 'number', name: 'constant', values: new Float64Array(500) };
  const report = detectProxies({ features: [constant], attribute: three, random: createRandom(1) });
  if (report.kind !== 'assessed') throw new Error(report.reason);
  expect(report.notAssessable).toEqual(['z']);
  expect(report.features[0]?.levels.map(({ level, area }) => [level, area.value])).toEqual([
    ['x', expect.closeTo(0.5, 1)],
    ['y', expect.closeTo(0.5, 1)],
  ]);
});

describe('refused features', () => {
  it.each([
    ['firstName', 'first_name'],
    ['Prénom', 'first_name'],
    ['nom_de_famille', 'surname'],
    ['lieu de naissance', 'birthplace'],
    ['nationality', 'nationality'],
    ['gps', 'precise_location'],
    ['langue parlée', 'spoken_language'],
    ['ibanCountry', 'iban_country'],
    ['bought_halal', 'religion_or_diet'],
    ['pharmacy_orders', 'health'],
    ['sexual_health_items', 'health'],
    ['trade-union', 'union'],
    ['political interest', 'politics'],
  ])('%s is %s', (name, kind) => {
    expect(refusedFeatures([{ name }])[0]?.kind).toBe(kind);
  });

  it.each([
    'orders_90_days',
    'last_category',
    'discount',
    'latency',
    'healthy_margin',
    'language',
    'union_of_segments_2',
  ])('%s is not known to it', (name) => {
    expect(refusedFeatures([{ name }]).length).toBe(name.startsWith('union') ? 1 : 0);
  });

  it('are found behind what is made from them, in rings too', () => {
    const found = refusedFeatures([
      { name: 'firstName' },
      { name: 'vector', madeFrom: ['firstName', 'cluster'] },
      { name: 'cluster', madeFrom: ['vector'] },
      { name: 'orders' },
      { name: 'x1', meaning: 'pays de naissance' },
    ]);
    expect(found.map(({ feature, kind, path }) => [feature, kind, path])).toEqual([
      ['firstName', 'first_name', ['firstName']],
      ['vector', 'first_name', ['vector', 'firstName']],
      ['cluster', 'first_name', ['cluster', 'vector', 'firstName']],
      ['x1', 'birthplace', ['x1']],
    ]);
  });
});
