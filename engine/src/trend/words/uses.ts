import { checkCount, checkLength, engineError } from '../../errors/index.ts';

/** Rows: a person used a word so often; a pair may come in several rows. */
export interface WordUses {
  /** 0 to words - 1. */
  readonly word: ArrayLike<number>;
  readonly person: ArrayLike<number>;
  /** Whole numbers >= 0; 1 each unless said. */
  readonly count?: ArrayLike<number>;
}

/** By word. */
export interface UsesByWord {
  /** Uses, at most `perPerson` of each person: what evidence is made of. */
  readonly capped: Float64Array;
  readonly uses: Float64Array;
  /** Distinct people. */
  readonly people: Float64Array;
  /** Σ of squared uses of each person. */
  readonly squares: Float64Array;
  /** Who used it most (the smaller number of equals), and how often. */
  readonly first: Float64Array;
  readonly most: Float64Array;
  /** Σ capped. */
  readonly total: number;
}

/** O(rows); the order of the rows is nothing. Throws `out_of_range`, `negative_count`, `length_mismatch`, `nan`. */
export const usesByWord = (
  { word, person, count }: WordUses,
  { words, perPerson }: { readonly words: number; readonly perPerson: number },
): UsesByWord => {
  checkLength('person', person.length, word.length);
  if (count) checkLength('count', count.length, word.length);
  const pairs = new Map<number, number>();
  for (let row = 0; row < word.length; row++) {
    const own = checkCount('word', word[row] as number);
    const who = checkCount('person', person[row] as number);
    if (own >= words) throw engineError('out_of_range', `word ${own} of ${words}`, { word: own, words });
    if ((who + 1) * words > 2 ** 53)
      throw engineError('out_of_range', `person ${who} × ${words} words is beyond 2^53`, { who, words });
    const times = count ? checkCount('count', count[row] as number) : 1;
    if (times > 0) pairs.set(who * words + own, (pairs.get(who * words + own) ?? 0) + times);
  }
  const make = (): Float64Array => new Float64Array(words);
  const found = {
    capped: make(),
    uses: make(),
    people: make(),
    squares: make(),
    first: make().fill(-1),
    most: make(),
  };
  let total = 0;
  for (const [pair, times] of pairs) {
    const own = pair % words;
    const who = (pair - own) / words;
    const kept = Math.min(times, perPerson);
    total += kept;
    found.capped[own] = (found.capped[own] as number) + kept;
    found.uses[own] = (found.uses[own] as number) + times;
    found.people[own] = (found.people[own] as number) + 1;
    found.squares[own] = (found.squares[own] as number) + times * times;
    const most = found.most[own] as number;
    if (times > most || (times === most && who < (found.first[own] as number))) {
      found.most[own] = times;
      found.first[own] = who;
    }
  }
  return { ...found, total };
};
