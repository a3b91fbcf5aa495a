import { createRandom } from '../../../src/random/index.ts';
import {
  certifyClasses,
  fullCertificateSettings,
  type JudgedAnswer,
} from '../../../src/text/classifier/certify.ts';
import { judgeText } from '../../../src/text/classifier/judge.ts';
import { fullSettings, type LabelledTexts, learnText } from '../../../src/text/model/index.ts';

/** One model and what it makes of a population of texts with known classes. */
export const judgePopulation = (
  { train, population }: { readonly train: LabelledTexts; readonly population: LabelledTexts },
  language: 'fr' | 'en',
) => {
  const learned = learnText(train, fullSettings({ languages: [language] }));
  if (learned.kind === 'no_answer') throw new Error(learned.reason);
  const judged = population.texts.map((text, i): JudgedAnswer | undefined => {
    const found = judgeText(learned.model, text, 0.5);
    return found.kind === 'judged' ? { ...found, truth: population.labels[i] as number } : undefined;
  });
  return { classes: learned.model.classes, heldOut: learned.heldOut, judged };
};

/**
 * The promise as a whole: certificates from fresh calibration texts drawn from the population. One misses when any of its classes is wrong
 * more often than its target in the population.
 */
export const wholeMissRate = (
  { classes, heldOut, judged }: ReturnType<typeof judgePopulation>,
  { runs, texts, target }: { readonly runs: number; readonly texts: number; readonly target: number },
) => {
  const asked = fullCertificateSettings({ target }, classes);
  const random = createRandom(`certificates ${texts} ${target}`);
  let [missed, certified, coverage] = [0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const drawn = Array.from({ length: texts }, () => random.choice(judged));
    const perClass = certifyClasses(
      { classes, heldOut, judged: drawn.filter((each) => each !== undefined) },
      asked,
    );
    const answered = classes.map(() => 0);
    const wrong = classes.map(() => 0);
    for (const each of judged) {
      if (!each || !(each.chance >= (perClass[each.label]?.threshold ?? Infinity))) continue;
      answered[each.label] = (answered[each.label] as number) + 1;
      if (each.truth !== each.label) wrong[each.label] = (wrong[each.label] as number) + 1;
    }
    if (wrong.some((count, c) => count > target * (answered[c] as number))) missed++;
    if (answered.some((count) => count > 0)) certified++;
    coverage += answered.reduce((a, b) => a + b, 0) / judged.length;
  }
  return { missed: missed / runs, certified: certified / runs, coverage: coverage / runs };
};
