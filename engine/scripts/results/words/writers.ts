import { createRandom } from '../../../src/random/index.ts';
import { oneAWriter } from '../../../src/text/classifier/one-a-writer.ts';
import { planThresholds, testThresholds } from '../../../src/text/index.ts';

const TARGET = 0.1;
const LEVEL = 0.05;
/** Wrong just above the limit at every score: each threshold that passes is a miss. */
const WRONG = 0.1001;

/**
 * How often the promise is missed when one person wrote several of the calibration texts and the errors of one person go together: a person is
 * wrong with a chance of their own, beta distributed around 10.01 % with correlation `alike` between two texts.
 */
export const missesByWriters = (
  { textsEach, alike }: { readonly textsEach: number; readonly alike: number },
  { runs, texts }: { readonly runs: number; readonly texts: number },
): { readonly all: number; readonly one: number } => {
  const misses = { all: 0, one: 0 };
  const spread = 1 / alike - 1;
  for (let run = 0; run < runs; run++) {
    const random = createRandom(`writers ${textsEach} ${alike} ${run}`);
    const draw = (count: number) => {
      const writers = Array.from({ length: count }, (_, i) => Math.floor(i / textsEach));
      const chances = Array.from({ length: Math.ceil(count / textsEach) }, () => {
        const [wrong, right] = [random.gamma(WRONG * spread, 1), random.gamma((1 - WRONG) * spread, 1)];
        return wrong / (wrong + right);
      });
      const labels = writers.map((writer) => (random.chance(chances[writer] as number) ? 1 : 0));
      return { texts: writers.map(() => `${random.uniform()}`), labels, atMs: writers, writers };
    };
    const columns = ({ texts: said, labels }: ReturnType<typeof oneAWriter>) => ({
      scores: said.map(Number),
      wrong: Array.from(labels),
    });
    const [earlier, rows] = [draw(texts / 2), draw(texts)];
    for (const kind of ['all', 'one'] as const) {
      const keep = kind === 'one' ? oneAWriter : (all: ReturnType<typeof draw>) => all;
      const { thresholds } = planThresholds({
        ...columns(keep(earlier)),
        target: TARGET,
        level: LEVEL,
        ratio: 2,
      });
      const found = testThresholds({ ...columns(keep(rows)), thresholds, target: TARGET, level: LEVEL });
      if (found.threshold !== undefined) misses[kind]++;
    }
  }
  return { all: misses.all / runs, one: misses.one / runs };
};
