import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateReviews } from '../../testing/generated-reviews.ts';
import { randomEvents } from '../../testing/random-events.ts';
import * as calibration from '../calibration/index.ts';
import { isEngineError } from '../errors/index.ts';
import * as lifetime from '../lifetime/index.ts';
import { matrix } from '../linear/index.ts';
import * as lines from '../linear-models/index.ts';
import { createRandom, murmur3 } from '../random/index.ts';
import * as taste from '../recommend/index.ts';
import * as text from '../text/index.ts';
import * as timing from '../timing/index.ts';
import * as trees from '../trees/index.ts';
import * as trend from '../trend/index.ts';
import * as uplift from '../uplift/index.ts';

const DAY = 86_400_000;
const random = createRandom('every kind');

/** What a fit answered, or a failed test. */
const model = <T extends object>(made: T): Exclude<T, { readonly kind: 'no_answer' }> => {
  if ('kind' in made && made.kind === 'no_answer') throw new Error(JSON.stringify(made));
  return made as Exclude<T, { readonly kind: 'no_answer' }>;
};

const features = matrix(
  240,
  2,
  Float64Array.from({ length: 480 }, () => (random.chance(0.1) ? Number.NaN : random.normal())),
);
const outcomes = Float64Array.from({ length: 240 }, () => random.integer(0, 1));
const rows = { features, outcomes };
const basis = { kind: 'held_out' } as const;
const scores = outcomes.map((y) => y + random.normal());
const treatedRows = {
  features: matrix(240, 1, scores),
  outcomes,
  treated: Uint8Array.from(outcomes, () => random.integer(0, 1)),
  propensities: 0.5,
};
const logits = matrix(
  240,
  2,
  Float64Array.from({ length: 480 }, (_, k) => (k % 2) * (scores[k >> 1] as number)),
);

const events = randomEvents({ people: 20, items: 12, events: 300, seed: 5 });
const interactions = taste.collectInteractions(events);
const ials = taste.fitIals(interactions, { factors: 4, epochs: 1 });
const content = taste.contentModel({
  items: 12,
  category: {
    tree: { parent: Int32Array.of(-1, 0, 0) },
    node: Int32Array.from({ length: 12 }, (_, i) => i % 3),
  },
});

const orders = (() => {
  const [person, atMs, amount]: [number[], number[], number[]] = [[], [], []];
  for (let who = 0; who < 400; who++)
    for (let day = random.between(0, 90); day < 364; day += random.exponential(0.02)) {
      person.push(who);
      atMs.push(day * DAY);
      amount.push(random.lognormal(3, 0.5));
    }
  return {
    people: 400,
    person: Uint32Array.from(person),
    atMs: Float64Array.from(atMs),
    amount: Float64Array.from(amount),
  };
})();
const summary = lifetime.summarise(orders, { untilMs: 364 * DAY });

const week = (level: number) =>
  Array.from({ length: 120 }, (_, day) => random.poisson(level * (1 + (day % 7) / 6)));
const labelled = text.textsFromStars(
  generateReviews(random, { language: 'fr', count: 1000, fromMs: 0, untilMs: 200 * DAY }),
);
const textSettings = { languages: ['fr'], bits: 12, inversePenalties: [1] } as const;
const clicks = {
  person: Array.from({ length: 200 }, (_, k) => k % 20),
  atMs: Float64Array.from({ length: 200 }, () => random.integer(0, 4000) * 3_600_000),
};
const people = { count: 20, zones: ['UTC'] };

/** Files of every kind, by the function that loads them. */
const kinds: Readonly<
  Record<string, readonly [(bytes: Uint8Array) => unknown, () => readonly Uint8Array[]]>
> = {
  loadCalibrator: [
    calibration.loadCalibrator,
    () => [
      calibration.saveCalibrator(model(calibration.fitPlatt({ scores, outcomes, basis }))),
      calibration.saveCalibrator(model(calibration.fitIsotonic({ scores, outcomes, basis }))),
      calibration.saveCalibrator(model(calibration.fitTemperature({ logits, labels: outcomes, basis }))),
    ],
  ],
  loadLinear: [
    lines.loadLinear,
    () => [lines.saveLinear(model(lines.fitLinearModel({ ...rows, link: 'logistic' })))],
  ],
  loadBoosted: [
    trees.loadBoosted,
    () => [
      trees.saveBoosted(model(trees.fitBoostedTrees({ ...rows, loss: 'logistic', settings: { trees: 2 } }))),
    ],
  ],
  loadUplift: [
    uplift.loadUplift,
    () =>
      (['s', 't', 'dr', 'class_transformation'] as const).map((learner) =>
        uplift.saveUplift(uplift.fitUplift(treatedRows, { learner, base: { kind: 'linear' } })),
      ),
  ],
  loadLifetime: [
    lifetime.loadLifetime,
    () => [
      lifetime.saveLifetime(model(lifetime.fitPurchases(summary, { model: 'nbd' }))),
      lifetime.saveLifetime(model(lifetime.fitSpend(summary))),
    ],
  ],
  loadBoostedLifetime: [
    lifetime.loadBoostedLifetime,
    () => {
      const days = lifetime.buyingDays(orders, {});
      return [
        lifetime.saveBoostedLifetime(
          model(lifetime.fitBoostedLifetime(days, { untilDay: 360, horizonDays: 60 })),
        ),
      ];
    },
  ],
  loadForecast: [
    trend.loadForecast,
    () =>
      [30, 0.4].map((level) =>
        trend.saveForecast(
          model(trend.fitForecast({ values: Float64Array.from(week(level)), period: 7, horizon: 7 })),
        ),
      ),
  ],
  loadMonitor: [trend.loadMonitor, () => [trend.saveMonitor(trend.createMonitor({ series: 3 }))]],
  loadTiming: [
    timing.loadTiming,
    () => [timing.saveTiming(model(timing.fitTiming({ people, events: clicks })))],
  ],
  loadSlots: [
    timing.loadSlots,
    () => [
      timing.saveSlots(
        timing.fitSlots({ people, sends: { person: [1], day: [0], slot: [2], engaged: [1] } }),
      ),
    ],
  ],
  loadTextModel: [
    text.loadTextModel,
    () => [text.saveTextModel(model(text.fitTextModel(labelled, textSettings)))],
  ],
  loadTextClassifier: [
    text.loadTextClassifier,
    () => [
      text.saveTextClassifier(
        model(text.fitTextClassifier(text.splitPeriods(labelled), { model: textSettings })).classifier,
      ),
    ],
  ],
  loadEase: [taste.loadEase, () => [taste.saveEase(taste.fitEase(interactions))]],
  loadIals: [taste.loadIals, () => [taste.saveIals(ials)]],
  loadLinks: [
    (bytes) => taste.loadLinks(bytes, 'rp3beta'),
    () => [taste.saveLinks(taste.fitRp3beta(interactions))],
  ],
  loadPopularity: [taste.loadPopularity, () => [taste.savePopularity(taste.fitPopularity(interactions))]],
  loadRebuy: [taste.loadRebuy, () => [taste.saveRebuy(taste.fitRebuy(interactions))]],
  loadSequence: [taste.loadSequence, () => [taste.saveSequence(taste.fitSequence(events))]],
  loadContent: [taste.loadContent, () => [taste.saveContent(content)]],
  loadFallback: [
    taste.loadFallback,
    () => [
      taste.saveFallback(
        taste.fitFallback({
          main: taste.ialsTaste(ials),
          content: taste.contentTaste(content),
          interactions,
        }),
      ),
    ],
  ],
  loadGiftModel: [taste.loadGiftModel, () => [taste.saveGiftModel(taste.fitGiftModel({ events }))]],
  loadBlend: [
    taste.loadBlend,
    () => [
      taste.saveBlend({ kind: 'blend', items: 12, names: ['ease'], weights: Float64Array.of(1), nowMs: 9 }),
    ],
  ],
  loadLearnedCost: [
    taste.loadLearnedCost,
    () => [
      taste.saveLearnedCost({
        kind: 'learned_cost',
        dial: 'novelty',
        count: 10,
        candidates: { fewest: 20, most: 50 },
        curve: false,
        before: { price_band: 0, novelty: 0, diversity: 0, surprise: 0 },
        people: 100,
        level: 0.95,
        points: [{ strength: 0, estimate: 0, low: 0, high: 0 }],
      }),
    ],
  ],
  loadTrend: [
    taste.loadTrend,
    () => [taste.saveTrend(taste.fitTrend({ all: interactions, recent: interactions }))],
  ],
};

/** A policy's state is an object: `as` and the checks of its own area guard it. */
const NO_BYTES = ['loadPolicy'];

it('every kind of file at the doors is here', async () => {
  const manifest = new URL('../../package.json', import.meta.url);
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { exports: Record<string, string> };
  const names: string[] = [];
  for (const door of Object.values(exports)) {
    const opened = (await import(new URL(door, manifest).href)) as object;
    names.push(...Object.keys(opened).filter((name) => /^load[A-Z]/.test(name)));
  }
  expect(names.toSorted()).toEqual([...Object.keys(kinds), ...NO_BYTES].toSorted());
});

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
interface Header {
  about: Json;
  arrays: { name: string; type: string; length: number; at: number }[];
}

const headerLength = (bytes: Uint8Array): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
const headerOf = (bytes: Uint8Array): Header =>
  JSON.parse(new TextDecoder().decode(bytes.subarray(32, 32 + headerLength(bytes)))) as Header;

/** The file with another header, and a checksum that fits. */
const resealed = (bytes: Uint8Array, alter: (header: Header) => unknown): Uint8Array => {
  const length = headerLength(bytes);
  const altered = alter(headerOf(bytes));
  const written = altered instanceof Uint8Array ? altered : new TextEncoder().encode(JSON.stringify(altered));
  const begin = (of: number): number => 16 * Math.ceil((32 + of) / 16);
  const made = new Uint8Array(begin(written.length) + bytes.length - begin(length));
  made.set(bytes.subarray(0, 32));
  made.set(written, 32);
  made.set(bytes.subarray(begin(length)), begin(written.length));
  const prefix = new DataView(made.buffer);
  prefix.setUint32(8, written.length, true);
  murmur3(made.subarray(32), written.length ^ made.length).forEach((word, i) =>
    prefix.setUint32(16 + 4 * i, word, true),
  );
  return made;
};

/** Every way to one value of a header: where it stands, and what else could stand there. */
type Replacement = readonly [path: readonly string[], instead: Json | undefined];
const OTHERS = [undefined, null, [], {}, 'x', -1, 0.5, 2 ** 32, 1e300];
const replacements = (value: Json): readonly Replacement[] => {
  const inside = Object.entries(typeof value === 'object' && value !== null ? value : {}).flatMap(
    ([key, each]) => replacements(each).map(([path, instead]): Replacement => [[key, ...path], instead]),
  );
  const others = OTHERS.filter((other) => other !== value);
  return [...inside, ...others.map((other): Replacement => [[], other])];
};

const replaced = (value: Json, [key, ...path]: readonly string[], instead: Json | undefined): unknown => {
  if (key === undefined) return instead;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? [...value]
    : { ...(value as { [key: string]: Json }) };
  const at = copy as Record<string, unknown>;
  at[key] = replaced(at[key] as Json, path, instead);
  return copy;
};

const TWICE = { name: 'twice', type: 'u8', length: 0, at: 0 };
const REFUSED = ['damaged', 'version_mismatch'];
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return isEngineError(error) ? error.code : String(error);
  }
  return 'loaded';
};

describe.each(Object.entries(kinds))('%s', (_name, [load, make]) => {
  const files = make();

  it('refuses what was cut, changed, or is another kind', () => {
    for (const bytes of files) {
      expect(codeOf(() => load(bytes))).toBe('loaded');
      const odd: Uint8Array[] = [new Uint8Array(0), new Uint8Array(64)];
      for (let k = 0; k < 12; k++) odd.push(bytes.slice(0, Math.floor((k * bytes.length) / 12)));
      for (let k = 0; k < 60; k++) {
        // The spare word, 12 to 15, says nothing.
        const at = k < 20 ? 16 + k : random.integer(32, bytes.length - 1);
        odd.push(bytes.with(at, (bytes[at] as number) ^ (1 << random.integer(0, 7))));
      }
      for (const length of [0xffffffff, 0x80000000, bytes.length]) {
        const long = bytes.slice();
        new DataView(long.buffer).setUint32(8, length, true);
        odd.push(long);
      }
      for (const header of [{ kind: 'other' }, { version: 0 }, { version: 99 }])
        odd.push(resealed(bytes, (own) => ({ ...own, ...header })));
      for (const each of odd) expect(REFUSED).toContain(codeOf(() => load(each)));
    }
  });

  it('refuses arrays that a sealed header puts where they are not', () => {
    for (const bytes of files) {
      const odd = [
        ...[null, 7, [], 'x', {}].map((header) => resealed(bytes, () => header)),
        ...['', '{', '['.repeat(1e5), '\xff'].map((header) =>
          resealed(bytes, () => Uint8Array.from(header, (c) => c.charCodeAt(0))),
        ),
        resealed(bytes, (header) => ({ ...header, arrays: [...header.arrays, null] })),
        resealed(bytes, (header) => ({ ...header, arrays: [...header.arrays, TWICE, TWICE] })),
      ];
      const { arrays } = headerOf(bytes);
      for (const i of arrays.keys())
        for (const wrong of [
          { length: 2 ** 40 },
          { length: -1 },
          { length: 1.5 },
          { at: 2 ** 50 },
          { at: -16 },
          { at: 1e300 },
          { type: 'constructor' },
          { type: 7 },
          { name: '__proto__' },
          ...(arrays[i]?.type === 'f64' ? [{ at: 4 }] : []),
        ])
          odd.push(
            resealed(bytes, (header) => ({
              ...header,
              arrays: header.arrays.map((own, j) => (i === j ? { ...own, ...wrong } : own)),
            })),
          );
      for (const each of odd) expect(REFUSED).toContain(codeOf(() => load(each)));
    }
  });

  it('refuses or takes any other settings with a checksum that fits, without an error of its own', () => {
    for (const bytes of files) {
      const { about } = headerOf(bytes);
      const before = process.memoryUsage().arrayBuffers;
      for (const [path, instead] of replacements(about)) {
        const odd = resealed(bytes, (header) => ({ ...header, about: replaced(about, path, instead) }));
        const code = codeOf(() => load(odd));
        expect([path.join('.'), instead, [...REFUSED, 'loaded'].includes(code) ? '' : code]).toEqual([
          path.join('.'),
          instead,
          '',
        ]);
      }
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e9);
    }
  });
});
