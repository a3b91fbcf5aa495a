import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../../errors/index.ts';
import type { TasteHistory } from '../interactions/index.ts';
import {
  type CatalogueRules,
  type EligibilityRequest,
  eligibleItems,
  openCatalogue,
  refusalsOf,
  topEligible,
  UNKNOWN_AGE,
  UNKNOWN_REGIONS,
  UNKNOWN_TOPICS,
} from './index.ts';

const DAY = 86_400_000;

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return isEngineError(error) ? error.code : String(error);
  }
  return 'nothing thrown';
};

const past = (entries: readonly (readonly [item: number, day: number])[]): TasteHistory => ({
  item: Uint32Array.from(entries, ([item]) => item),
  weight: new Float64Array(entries.length).fill(1),
  firstAtMs: Float64Array.from(entries, ([, day]) => day * DAY),
  lastAtMs: Float64Array.from(entries, ([, day]) => day * DAY),
  orders: new Uint32Array(entries.length).fill(1),
});

const rules: CatalogueRules = {
  items: 10,
  available: Uint8Array.of(1, 0, 2, 1, 1, 1, 1, 1, 1, 1),
  rebuyDays: Float64Array.of(30, 0, 0, Infinity, Number.NaN, 0, 0, 0, 0, 0),
  topics: Uint32Array.of(0, 0, 0, 0, 0, 0b10, UNKNOWN_TOPICS, 0, 0, 0),
  minimumAge: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 18, UNKNOWN_AGE, 0),
  regionGroup: Uint16Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
  regionGroups: ['all', new Set(['FR', 'BE'])],
};

const allowed = (request: Partial<EligibilityRequest>): number[] => {
  const { mask } = eligibleItems(rules, { nowMs: 100 * DAY, ...request });
  return [...mask.keys()].filter((item) => mask[item] === 1);
};

describe('what may be proposed', () => {
  it('by each rule', () => {
    expect(allowed({})).toEqual([0, 3, 4]);
    expect(allowed({ age: 17 })).not.toContain(7);
    expect(allowed({ age: 18 })).toContain(7);
    expect(allowed({ age: 300 })).not.toContain(8);
    expect(allowed({ region: 'BE' })).toContain(9);
    expect(allowed({ region: 'DE' })).not.toContain(9);
    expect(allowed({ agreedTopics: 0b10 })).toContain(5);
    expect(allowed({ agreedTopics: 0b01 })).not.toContain(5);
    // All topics but one agreed to: what is unknown stays out.
    expect(allowed({ agreedTopics: 0xff_ff_ff_fe })).not.toContain(6);
    const bought = past([
      [0, 71],
      [3, 0],
      [4, 0],
    ]);
    expect(allowed({ history: bought })).toEqual([]);
    expect(allowed({ history: bought, nowMs: 101 * DAY })).toEqual([0]);
  });

  it('takes a rebuy delay below 0 for one that nobody knows', () => {
    const odd = { ...openCatalogue(3), rebuyDays: Float64Array.of(-1, Number.NEGATIVE_INFINITY, 0) };
    const history = past([
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
    expect([...eligibleItems(odd, { nowMs: DAY, history }).mask]).toEqual([0, 0, 1]);
  });

  it('says why not, all reasons, and counts the first', () => {
    const request = { nowMs: 100 * DAY, history: past([[3, 0]]) };
    expect(refusalsOf(rules, request, 3)).toEqual(['bought']);
    expect(refusalsOf(rules, request, 1)).toEqual(['unavailable']);
    expect(refusalsOf(rules, request, 0)).toEqual([]);
    const strict = { ...rules, minimumAge: rules.minimumAge.slice().fill(18, 1, 2) };
    expect(refusalsOf(strict, request, 1)).toEqual(['unavailable', 'age']);
    const { refused, count } = eligibleItems(rules, request);
    expect(refused).toEqual({ unavailable: 2, bought: 1, sensitive: 2, age: 2, region: 1 });
    expect(count + 8).toBe(10);
  });

  it('refuses requests and catalogues that make no sense, rather than proposing', () => {
    expect(codeOf(() => eligibleItems(rules, { nowMs: Number.NaN }))).toBe('nan');
    expect(codeOf(() => eligibleItems(rules, { nowMs: 0, age: Number.NaN }))).toBe('nan');
    expect(codeOf(() => eligibleItems(rules, { nowMs: 0, age: -1 }))).toBe('out_of_range');
    expect(codeOf(() => eligibleItems(rules, { nowMs: 0, agreedTopics: UNKNOWN_TOPICS }))).toBe(
      'out_of_range',
    );
    expect(codeOf(() => eligibleItems(rules, { nowMs: 0, agreedTopics: -1 }))).toBe('out_of_range');
    expect(codeOf(() => eligibleItems(rules, { nowMs: 0, history: past([[10, 0]]) }))).toBe('out_of_range');
    expect(codeOf(() => eligibleItems(rules, { nowMs: 0, history: past([[1, Number.NaN]]) }))).toBe('nan');
    expect(codeOf(() => eligibleItems({ ...rules, topics: new Uint32Array(9) }, { nowMs: 0 }))).toBe(
      'length_mismatch',
    );
    const { minimumAge: _, ...without } = rules;
    expect(codeOf(() => eligibleItems(without as CatalogueRules, { nowMs: 0 }))).toBe('unknown_key');
  });

  it('answers for no items, and for a million in a blink', () => {
    expect(eligibleItems(openCatalogue(0), { nowMs: 0 }).count).toBe(0);
    const million = eligibleItems(openCatalogue(1_000_000), { nowMs: 0, history: past([[999_999, 0]]) });
    expect(million.count).toBe(1_000_000);
    expect(codeOf(() => openCatalogue(-1))).toBe('negative_count');
  });
});

/** The rules told once more, item by item, by somebody who does not know the code. */
const forbidden = (catalogue: CatalogueRules, request: EligibilityRequest, item: number): boolean => {
  const least = catalogue.minimumAge[item] as number;
  const topics = catalogue.topics[item] as number;
  const group = catalogue.regionGroups[catalogue.regionGroup[item] as number];
  const bought = [...(request.history?.item ?? [])].indexOf(item);
  const days = catalogue.rebuyDays[item] as number;
  if (catalogue.available[item] !== 1) return true;
  if (least > 0 && (least === 255 || request.age === undefined || request.age < least)) return true;
  if (topics === 2 ** 32 - 1) return true;
  for (let bit = 0; bit < 32; bit++)
    if (
      Math.floor(topics / 2 ** bit) % 2 === 1 &&
      Math.floor((request.agreedTopics ?? 0) / 2 ** bit) % 2 === 0
    )
      return true;
  if (group === undefined) return true;
  if (group !== 'all' && (request.region === undefined || !group.has(request.region))) return true;
  if (bought < 0) return false;
  if (Number.isNaN(days) || days < 0) return true;
  return request.nowMs < (request.history?.lastAtMs[bought] as number) + days * DAY;
};

describe('a forbidden item', () => {
  const items = 12;
  const column = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: items, maxLength: items });
  const catalogues = fc
    .record({
      available: column(fc.constantFrom(0, 1, 1, 1, 2, 255)),
      rebuyDays: column(fc.constantFrom(0, 5, 30, Infinity, Number.NaN, -1)),
      topics: column(fc.constantFrom(0, 0, 1, 2, 2 ** 31, 3, UNKNOWN_TOPICS)),
      minimumAge: column(fc.constantFrom(0, 0, 12, 18, UNKNOWN_AGE)),
      regionGroup: column(fc.constantFrom(0, 0, 1, 2, 7, UNKNOWN_REGIONS)),
    })
    .map(
      (columns): CatalogueRules => ({
        items,
        available: Uint8Array.from(columns.available),
        rebuyDays: Float64Array.from(columns.rebuyDays),
        topics: Uint32Array.from(columns.topics),
        minimumAge: Uint8Array.from(columns.minimumAge),
        regionGroup: Uint16Array.from(columns.regionGroup),
        regionGroups: ['all', new Set(['FR']), new Set()],
      }),
    );
  const requests = fc.record(
    {
      nowMs: fc.integer({ min: 0, max: 60 }).map((day) => day * DAY),
      age: fc.constantFrom(0, 11, 12, 18, 90),
      region: fc.constantFrom('FR', 'DE', ''),
      agreedTopics: fc.constantFrom(0, 1, 2, 3, 2 ** 31, 0xff_ff_ff_fe),
      history: fc
        .uniqueArray(fc.tuple(fc.nat(items - 1), fc.integer({ min: 0, max: 70 })), {
          selector: ([item]) => item,
        })
        .map(past),
    },
    { requiredKeys: ['nowMs'] },
  );
  const scores = column(
    fc.oneof(
      fc.double(),
      fc.constantFrom(Number.NaN, Infinity, -Infinity, Number.MAX_VALUE, -Number.MAX_VALUE),
    ),
  );

  it('never appears, whatever the catalogue, the request and the scores', () => {
    fc.assert(
      fc.property(fc.tuple(catalogues, requests, scores, fc.nat(20)), ([catalogue, request, values, k]) => {
        const eligible = eligibleItems(catalogue, request);
        const { item, score } = topEligible(Float64Array.from(values), eligible, k);
        for (const one of item) expect(forbidden(catalogue, request, one)).toBe(false);
        expect(new Set(item).size).toBe(item.length);
        // And nothing that may be proposed is lost.
        const open = values.filter((value, i) => Number.isFinite(value) && !forbidden(catalogue, request, i));
        expect([...score]).toEqual(open.sort((a, b) => b - a).slice(0, k));
        for (let i = 0; i < items; i++)
          expect(refusalsOf(catalogue, request, i).length === 0).toBe(eligible.mask[i] === 1);
      }),
      { numRuns: 400 },
    );
  });

  it('is refused where the columns do not fit', () => {
    const eligible = eligibleItems(openCatalogue(3), { nowMs: 0 });
    expect(codeOf(() => topEligible(new Float64Array(4), eligible, 2))).toBe('length_mismatch');
    expect(codeOf(() => topEligible(new Float64Array(3), { ...eligible, mask: new Uint8Array(2) }, 2))).toBe(
      'length_mismatch',
    );
    expect(codeOf(() => topEligible(new Float64Array(3), eligible, -1))).toBe('negative_count');
  });
});
