import { describe, expect, it } from 'vitest';
import { findOracle } from '../../testing/beside-the-project.ts';
import { findRetailLines } from '../../testing/online-retail.ts';
import { splitRetail } from '../../testing/taste-data.ts';
import { evaluateRanking, rankingTask } from './evaluate/index.ts';
import {
  collectInteractions,
  collectPurchases,
  type Purchases,
  popularity,
  rebuyScores,
  type TasteEvents,
} from './index.ts';

const oracle = findOracle('recommend.json');
const lines = oracle && findRetailLines();

const purchasesOf = (events: TasteEvents): Purchases =>
  collectPurchases({ ...events, order: events.order ?? new Uint32Array(events.person.length) });

describe.runIf(lines !== undefined)('purchases of UCI Online Retail against the reference', () => {
  const split = splitRetail(lines ?? [], { trainBefore: '2011-07-01' });
  const train = purchasesOf(split.train);
  const popular = popularity(train);
  const before = collectInteractions(split.train);
  const after = collectInteractions(split.test);

  it.each([
    ['ALL', 'POP'],
    ['NEW', 'POP'],
    ['ALL', 'REBUY'],
  ])('%s %s', (wanted, model) => {
    const task = rankingTask({ before, after, want: wanted === 'NEW' ? 'new' : 'all' });
    const found = evaluateRanking(
      task,
      (person, out) => out.set(model === 'POP' ? popular : rebuyScores(train, popular, person)),
      { cutoffs: [10, 20] },
    );
    const expected = oracle?.find(({ name }) => name === `online_retail_${wanted}_${model}`)
      ?.expected as Readonly<Record<string, number>>;
    if (found.kind !== 'evaluated') throw new Error(found.reason);
    const [at10, at20] = found.at;
    expect(found.people).toBe(expected['users']);
    expect(Math.abs((at10?.ndcg.mean ?? 0) - (expected['ndcg@10'] as number))).toBeLessThan(5e-4);
    expect(Math.abs((at20?.recall.mean ?? 0) - (expected['recall@20'] as number))).toBeLessThan(5e-4);
    expect(Math.abs((at20?.coverage.items ?? 0) / (expected['coverage@20'] as number) - 1)).toBeLessThan(
      0.02,
    );
  });
});
