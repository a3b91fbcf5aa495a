import { checkLevel, checkPositive, checkProbability, engineError } from '../../errors/index.ts';
import { tell, type Watch } from '../../fitting/index.ts';
import { sketchWords } from '../drift/index.ts';
import type { HeldOut, LabelledTexts, TextModel } from '../model/index.ts';
import { type Judged, planThresholds, testThresholds } from '../selective/index.ts';
import type { ClassCertificate, TextCertificate } from './certificate.ts';
import { judgeText } from './judge.ts';
import { oneAWriter } from './one-a-writer.ts';
import { spanOf } from './periods.ts';
import { sampleWords } from './sample-words.ts';

export interface CertificateSettings {
  /** Largest share of wrong answers, one for all classes or by class; 0.1 unless said. */
  readonly target?: number | Readonly<Record<string, number>>;
  /** Chance that some class misses its target all the same; 0.05 unless said. */
  readonly delta?: number;
  /**
   * No answer below this chance, even where the average of the answers would allow it: among many plain texts a certificate has
   * room for texts that say both. 0 to 1; 1 - 2 × target, and at least 0.5, unless said.
   */
  readonly leastChance?: number;
  /** Least share of a text's words that training must know, 0 to 1; 0.5 unless said. */
  readonly knownShare?: number;
  /** Days it holds after the last calibration text, or after the last check of the words; up to a century, 90 unless said. */
  readonly validDays?: number;
}

export interface FullCertificateSettings {
  readonly targets: readonly number[];
  /** By class. */
  readonly leastChances: readonly number[];
  readonly delta: number;
  readonly knownShare: number;
  readonly validDays: number;
}

const MOST_DAYS = 36_525;

const checkDays = (days: number): number => {
  if (checkPositive('validDays', days) <= MOST_DAYS) return days;
  throw engineError('out_of_range', `validDays must be at most ${MOST_DAYS}, got ${days}`, { days });
};

export const fullCertificateSettings = (
  { target = 0.1, delta = 0.05, knownShare = 0.5, validDays = 90, leastChance }: CertificateSettings,
  classes: readonly string[],
): FullCertificateSettings => {
  if (typeof target === 'object')
    for (const name of Object.keys(target))
      if (!classes.includes(name))
        throw engineError('unknown_key', `there is no class “${name}”`, { class: name });
  const targets = classes.map((name) =>
    checkLevel(`target of ${name}`, typeof target === 'number' ? target : (target[name] ?? 0.1)),
  );
  return {
    targets,
    leastChances: targets.map((each) =>
      checkProbability('leastChance', leastChance ?? Math.max(0.5, 1 - 2 * each)),
    ),
    delta: checkLevel('delta', delta),
    knownShare: checkProbability('knownShare', knownShare),
    validDays: checkDays(validDays),
  };
};

/** Below this the test of a class would most probably fail and only take from the others. */
const LEAST_POWER = 0.02;
const DAY_MS = 86_400_000;
/** Texts read between two tells: some 20 ms. */
export const TELL_TEXTS = 256;

/** Answers of each class: its chance where it is the likeliest, and whether it is wrong. */
const byClass = (judged: Iterable<JudgedAnswer>, classes: number): readonly Judged[] => {
  const found = Array.from({ length: classes }, () => ({ scores: [] as number[], wrong: [] as number[] }));
  for (const { label, chance, truth } of judged) {
    found[label]?.scores.push(chance);
    found[label]?.wrong.push(label === truth ? 0 : 1);
  }
  return found;
};

const heldOutAnswers = ({ chances, labels }: HeldOut, classes: number) =>
  Array.from(labels, (truth, row) => {
    const own = chances.subarray(row * classes, (row + 1) * classes);
    const chance = Math.max(...own);
    return { label: own.indexOf(chance), chance, truth };
  });

const notBelow = (thresholds: readonly number[], least: number): readonly number[] => {
  const above = thresholds.filter((each) => each > least);
  return above.length < thresholds.length ? [...above, least] : above;
};

/** A text that can be read: its likeliest class, that class's chance, and the class it truly has. */
export interface JudgedAnswer {
  readonly label: number;
  readonly chance: number;
  readonly truth: number;
}

/**
 * Tests the thresholds that the held-out rows suggest on rows of a later period, each class in its own fixed sequence with its share of
 * `delta` (Bonferroni): hence the promise holds for all classes together. O(n log n).
 */
export const certifyClasses = (
  {
    classes,
    heldOut,
    judged,
  }: {
    readonly classes: readonly string[];
    readonly heldOut: HeldOut;
    readonly judged: readonly JudgedAnswer[];
  },
  { targets, leastChances, delta }: FullCertificateSettings,
): readonly ClassCertificate[] => {
  const earlier = byClass(heldOutAnswers(heldOut, classes.length), classes.length);
  const answers = byClass(judged, classes.length);
  // Plans know earlier rows, and of the calibration only how many texts lean to each class: given these numbers, scores and errors are still
  // independent draws, so that thresholds and levels may depend on them.
  const plan = (c: number, level: number) => {
    const [known, coming] = [earlier[c] as Judged, (answers[c] as Judged).scores.length];
    if (known.scores.length === 0 || coming === 0) return { thresholds: [], power: 0 };
    return planThresholds({
      ...known,
      target: targets[c] as number,
      level,
      ratio: coming / known.scores.length,
    });
  };
  const hopeful = classes.map((_, c) => plan(c, delta / classes.length).power >= LEAST_POWER);
  const level = delta / Math.max(1, hopeful.filter(Boolean).length);
  return classes.map((name, c): ClassCertificate => {
    const target = targets[c] as number;
    if (!hopeful[c]) return { class: name, target, threshold: undefined, level: 0, tests: [] };
    const thresholds = notBelow(plan(c, level).thresholds, leastChances[c] as number);
    const { threshold, tests } = testThresholds({ ...(answers[c] as Judged), thresholds, target, level });
    return { class: name, target, threshold, level, tests };
  });
};

export const certify = (
  {
    model,
    heldOut,
    calibrate: given,
  }: {
    readonly model: TextModel;
    readonly heldOut: HeldOut;
    readonly calibrate: LabelledTexts;
  },
  asked: FullCertificateSettings,
  watch?: Watch,
): TextCertificate => {
  const { delta, knownShare, validDays } = asked;
  const calibrate = oneAWriter(given);
  const judged = calibrate.texts.flatMap((text, i) => {
    if (i % TELL_TEXTS === 0) tell(watch, 'certify', i / calibrate.texts.length);
    const found = judgeText(model, text, knownShare);
    return found.kind === 'judged' ? [{ ...found, truth: calibrate.labels[i] as number }] : [];
  });
  const [fromMs, untilMs] = spanOf(calibrate);
  return {
    delta,
    perClass: certifyClasses({ classes: model.classes, heldOut, judged }, asked),
    knownShare,
    calibrated: { texts: calibrate.texts.length, fromMs, untilMs },
    validUntilMs: untilMs + validDays * DAY_MS,
    validDays,
    drifted: false,
    reference: sketchWords(sampleWords(model, calibrate.texts)),
  };
};
