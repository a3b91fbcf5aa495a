import type { LeafRule, PreviewBody, Rule } from '@mesure/contract/segments';
import { formatDate, formatMoney, formatNumber } from '#platform/format';
import { say } from '#words';
import { readPath, ruleAt } from './tree/path.ts';

type Reason = PreviewBody['samples'][number]['reasons'][number];

const leafOf = (rule: Rule, written: string): LeafRule | undefined => {
  const { path } = readPath(written === '' ? [] : written.split('.'));
  const leaf = ruleAt(rule, path);
  return leaf === undefined || leaf.kind === 'all' || leaf.kind === 'any' || leaf.kind === 'not'
    ? undefined
    : leaf;
};

/** What a condition saw of one person, in words: “FR”, “3 times, last on 2 May”, “€120.00”. */
export const seenValue = (rule: Rule, { rule: written, value, lastAt }: Reason): string | undefined => {
  const leaf = leafOf(rule, written);
  const last = lastAt === null ? undefined : say('audiences.samples.last', { date: formatDate(lastAt) });
  if (leaf?.kind === 'recency') return last;
  if (value === null || value === '') return last;
  if (leaf?.kind === 'spent' && typeof value === 'number') return formatMoney(value, leaf.currency);
  if (leaf?.kind === 'event' && typeof value === 'number') {
    const times = say('audiences.samples.times', { count: value });
    return last === undefined ? times : `${times}, ${last}`;
  }
  return typeof value === 'number' ? formatNumber(value) : value;
};
