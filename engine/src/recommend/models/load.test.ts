import { describe, expect, it } from 'vitest';
import { randomEvents } from '../../../testing/random-events.ts';
import { isEngineError } from '../../errors/index.ts';
import { collectInteractions } from '../interactions/index.ts';
import {
  fitEase,
  fitPopularity,
  fitRp3beta,
  fitSequence,
  loadEase,
  loadLinks,
  loadPopularity,
  loadSequence,
  saveEase,
  saveLinks,
  savePopularity,
  saveSequence,
} from './index.ts';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return isEngineError(error) ? error.code : String(error);
  }
  return 'nothing thrown';
};

const events = randomEvents({ people: 20, items: 12, events: 300, seed: 5 });
const interactions = collectInteractions(events);
const groups = (length: number) => ({ of: Uint32Array.from({ length }, (_, k) => k % 2), count: 2 });

/** Files whose checksum fits what they hold, but whose arrays do not fit each other. */
describe('a well-formed file of arrays that do not fit', () => {
  const beyond = (start: Uint32Array): Uint32Array => start.with(1, 4_000_000_000);

  it('is refused by links', () => {
    const model = fitRp3beta(interactions);
    const load = (odd: Partial<typeof model>) => loadLinks(saveLinks({ ...model, ...odd }), 'rp3beta');
    expect(load({})).toEqual(model);
    expect(codeOf(() => load({ start: beyond(model.start) }))).toBe('damaged');
    expect(codeOf(() => load({ start: model.start.with(0, 1) }))).toBe('damaged');
    expect(codeOf(() => load({ item: model.item.with(0, 12) }))).toBe('damaged');
  });

  it('is refused by a sequence', () => {
    const model = fitSequence(events);
    const load = (odd: Partial<typeof model>) => loadSequence(saveSequence({ ...model, ...odd }));
    expect(codeOf(() => load({ start: beyond(model.start) }))).toBe('damaged');
    expect(codeOf(() => load({ item: model.item.with(0, 12) }))).toBe('damaged');
  });

  it('is refused by EASE', () => {
    const model = fitEase(interactions);
    const load = (odd: Partial<typeof model>) => loadEase(saveEase({ ...model, ...odd }));
    expect(codeOf(() => load({ active: model.active.toReversed() }))).toBe('damaged');
    expect(codeOf(() => load({ items: 3 }))).toBe('damaged');
  });

  it('is refused by popularity', () => {
    const model = fitPopularity(interactions, { category: groups(12), region: groups(20) });
    const load = (odd: Partial<typeof model>) => loadPopularity(savePopularity({ ...model, ...odd }));
    expect(load({})).toEqual(model);
    expect(codeOf(() => load({ regionStart: beyond(model.regionStart) }))).toBe('damaged');
    expect(codeOf(() => load({ regionItem: model.regionItem.with(0, 12) }))).toBe('damaged');
    expect(codeOf(() => load({ regionPeople: new Uint32Array(1) }))).toBe('damaged');
    expect(codeOf(() => load({ category: new Uint32Array(3) }))).toBe('damaged');
    expect(codeOf(() => load({ category: model.category.with(0, 2) }))).toBe('damaged');
  });
});
