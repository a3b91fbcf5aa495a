import { createRandom, type Random } from '../../../src/random/index.ts';
import { burstingWords, type WordUses } from '../../../src/trend/index.ts';

const WORDS = 5000;
const PEOPLE = { before: 8000, now: 1500 };
const USES = 6;
/** Rank of the planted words: said by about one person in 60. */
const PLANTED = [40, 45, 50, 55, 60];

/** Cumulated chances of words like 1/(rank + 3), drawn by halving. */
const vocabulary = (boost: number): Float64Array => {
  let sum = 0;
  return Float64Array.from({ length: WORDS }, (_, word) => {
    sum += (PLANTED.includes(word) ? boost : 1) / (word + 3);
    return sum;
  });
};

const draw = (sums: Float64Array, random: Random): number => {
  const point = random.uniform() * (sums.at(-1) ?? 0);
  let [low, high] = [0, WORDS - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) > point) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** People say words; one of the time now says the planted ones `shouts` times more. */
const talk = (
  seed: string,
  { people, boost, shouts }: { people: number; boost: number; shouts: number },
): WordUses => {
  const random = createRandom(seed);
  const sums = vocabulary(boost);
  const word: number[] = [];
  const person: number[] = [];
  const count: number[] = [];
  for (let who = 0; who < people; who++)
    for (let use = 0; use < USES; use++) {
      word.push(draw(sums, random));
      person.push(who);
      count.push(1);
    }
  for (const own of shouts > 0 ? PLANTED : []) {
    word.push(own);
    person.push(0);
    count.push(shouts);
  }
  return { word, person, count };
};

/** Over some looks: share of the planted words on the list, and named as few people's; other words listed, a look. */
export const burstRow = (boost: number, shouts: number, looks: number) => {
  const sums = { listed: 0, few: 0, other: 0 };
  for (let look = 0; look < looks; look++) {
    const before = talk(`before/${look}`, { people: PEOPLE.before, boost: 1, shouts: 0 });
    const now = talk(`now/${look}`, { people: PEOPLE.now, boost, shouts });
    const found = burstingWords({ words: WORDS, now, before });
    if (found.kind === 'no_answer') continue;
    for (const { word } of found.bursting) {
      if (PLANTED.includes(word)) sums.listed += 1;
      else sums.other += 1;
    }
    sums.few += found.fewPeople.filter(({ word }) => PLANTED.includes(word)).length;
  }
  const all = PLANTED.length * looks;
  return { listed: sums.listed / all, few: sums.few / all, otherALook: sums.other / looks };
};
