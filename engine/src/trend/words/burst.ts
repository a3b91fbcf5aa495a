import { checkCount, checkLevel, checkPositive, engineError } from '../../errors/index.ts';
import { binomialTail } from '../../special/index.ts';
import { benjaminiHochberg } from '../../verdicts/index.ts';
import { type UsesByWord, usesByWord, type WordUses } from './uses.ts';

export interface BurstInput {
  /** Size of the vocabulary. */
  readonly words: number;
  readonly now: WordUses;
  readonly before: WordUses;
}

export interface BurstSettings {
  /** Expected share of wrong words on the list (default 0.05), whatever their dependence (Benjamini and Yekutieli). */
  readonly falseDiscoveryRate?: number;
  /** A word counts as rising only beyond this many times its share before (default 1.25): words wander by themselves. */
  readonly leastRatio?: number;
  /** Fewer people now are no burst (default 5). */
  readonly leastPeople?: number;
  /**
   * Uses of one person that count as evidence (default 1: people are counted, not uses). Above 1 the test takes uses of one person for
   * independent, which they are not: its p-values are then too small.
   */
  readonly perPerson?: number;
  /** Weight of the prior in uses (default 500): how many uses of all words pull a word's odds to those of both times together. */
  readonly prior?: number;
}

export interface BurstingWord {
  readonly word: number;
  /** Log-odds ratio now against before, with an informative Dirichlet prior, and its standard score. */
  readonly logOdds: number;
  readonly z: number;
  /** Exact chance of so many uses now, had the share risen by `leastRatio` only; and adjusted for all words tested. */
  readonly pValue: number;
  readonly adjusted: number;
  /** Uses (at most `perPerson` of each), now and expected from before. */
  readonly observed: number;
  readonly expected: number;
  /** Who carries it: distinct people, (Σ uses)²/Σ uses², the first of them and its share of the uses. */
  readonly people: number;
  readonly effectivePeople: number;
  readonly firstPerson: number;
  readonly firstShare: number;
}

export interface Bursts {
  readonly kind: 'bursts';
  /** Largest z first, equal ones by word. */
  readonly bursting: readonly BurstingWord[];
  /** Uses rose, but fewer people than `leastPeople` make them: not a trend. Most uses first. */
  readonly fewPeople: readonly Pick<
    BurstingWord,
    'word' | 'people' | 'effectivePeople' | 'firstPerson' | 'firstShare'
  >[];
  /** Words that were tested: the family of the false discovery rate. */
  readonly tested: number;
}

/** `nothing_now`, `nothing_before`: no uses at all to compare. */
export interface NoBursts {
  readonly kind: 'no_answer';
  readonly reason: 'nothing_now' | 'nothing_before';
}

/** Monroe, Colaresi and Quinn 2008, Political Analysis 16, eqs. 16, 20 and 22; the prior is the word's share of both times. */
const logOddsOf = (
  word: number,
  { now, before, prior }: { readonly now: UsesByWord; readonly before: UsesByWord; readonly prior: number },
): Pick<BurstingWord, 'logOdds' | 'z'> => {
  const [one, other] = [now.capped[word] as number, before.capped[word] as number];
  const own = (prior * (one + other)) / (now.total + before.total);
  const odds = (uses: number, total: number): number => Math.log((uses + own) / (total + prior - uses - own));
  // Only one word in the vocabulary: odds are infinite in both times, and nothing can rise.
  if (one === now.total && other === before.total) return { logOdds: 0, z: 0 };
  const logOdds = odds(one, now.total) - odds(other, before.total);
  return { logOdds, z: logOdds / Math.sqrt(1 / (one + own) + 1 / (other + own)) };
};

/**
 * Words that are used more now than before, by many people. Evidence counts people (each at most `perPerson` uses of a word), tested by
 * the exact binomial given both times' uses; the order is by the log-odds ratio with an informative Dirichlet prior. One look's
 * family: for a look every day, monitor the words' daily people as series. O(rows + words).
 *
 * @throws EngineError `out_of_range`, `negative_count`, `length_mismatch`, `probability_out_of_range`, `nan`, `not_finite`
 * @example burstingWords({ words: 3, now: { word, person }, before }, { falseDiscoveryRate: 0.1 })
 */
export const burstingWords = (input: BurstInput, settings: BurstSettings = {}): Bursts | NoBursts => {
  const {
    falseDiscoveryRate = 0.05,
    leastRatio = 1.25,
    leastPeople = 5,
    perPerson = 1,
    prior = 500,
  } = settings;
  checkLevel('falseDiscoveryRate', falseDiscoveryRate);
  checkPositive('leastRatio', leastRatio);
  checkPositive('prior', prior);
  checkCount('leastPeople', leastPeople);
  if (checkCount('perPerson', perPerson) === 0)
    throw engineError('out_of_range', 'perPerson must be at least 1');
  const words = checkCount('words', input.words);
  const now = usesByWord(input.now, { words, perPerson });
  const before = usesByWord(input.before, { words, perPerson });
  if (now.total === 0) return { kind: 'no_answer', reason: 'nothing_now' };
  if (before.total === 0) return { kind: 'no_answer', reason: 'nothing_before' };
  const share = (leastRatio * now.total) / (leastRatio * now.total + before.total);
  const tested: number[] = [];
  const pValues: number[] = [];
  const few: number[] = [];
  const usesNow = now.uses.reduce((sum, uses) => sum + uses, 0);
  const usesBefore = before.uses.reduce((sum, uses) => sum + uses, 0);
  for (let word = 0; word < words; word++) {
    const one = now.capped[word] as number;
    const both = one + (before.capped[word] as number);
    const uses = now.uses[word] as number;
    const isRising = uses * usesBefore > leastRatio * (before.uses[word] as number) * usesNow;
    if (isRising && uses >= 2 * leastPeople && effectiveOf(now, word) < leastPeople) few.push(word);
    // How many uses there are in both times says nothing of when they were: this filter leaves the p-values as they are.
    if (both < leastPeople) continue;
    tested.push(word);
    pValues.push((now.people[word] as number) < leastPeople ? 1 : binomialTail(one, both, share));
  }
  const { rejected, adjusted } = benjaminiHochberg(pValues, falseDiscoveryRate, 'any');
  const bursting = tested.flatMap((word, k): BurstingWord[] =>
    rejected[k]
      ? [
          {
            word,
            ...logOddsOf(word, { now, before, prior }),
            pValue: pValues[k] as number,
            adjusted: adjusted[k] as number,
            observed: now.capped[word] as number,
            expected: ((before.capped[word] as number) * now.total) / before.total,
            ...carriedBy(now, word),
          },
        ]
      : [],
  );
  bursting.sort((a, b) => b.z - a.z || a.word - b.word);
  few.sort((a, b) => (now.uses[b] as number) - (now.uses[a] as number) || a - b);
  const fewPeople = few.map((word) => ({ word, ...carriedBy(now, word) }));
  return { kind: 'bursts', bursting, fewPeople, tested: tested.length };
};

const effectiveOf = (now: UsesByWord, word: number): number =>
  (now.uses[word] as number) ** 2 / (now.squares[word] as number);

const carriedBy = (now: UsesByWord, word: number) => ({
  people: now.people[word] as number,
  effectivePeople: effectiveOf(now, word),
  firstPerson: now.first[word] as number,
  firstShare: (now.most[word] as number) / (now.uses[word] as number),
});
