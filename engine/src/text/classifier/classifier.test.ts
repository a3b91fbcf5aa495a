import { beforeAll, describe, expect, it } from 'vitest';
import { generateReviews } from '../../../testing/generated-reviews.ts';
import { readTweets } from '../../../testing/tweets.ts';
import { createRandom } from '../../random/index.ts';
import { sketchWords } from '../drift/index.ts';
import { fitTextModel, textChances } from '../model/index.ts';
import {
  checkWords,
  classifyText,
  type FittedTextClassifier,
  fitTextClassifier,
  loadTextClassifier,
  macroF1,
  renewCertificate,
  reportOn,
  saveTextClassifier,
  splitPeriods,
  type TextClassifier,
  textsFromStars,
} from './index.ts';
import { sampleWords } from './sample-words.ts';

const DAY = 86_400_000;
const reviews = (seed: number, count: number, more = {}) =>
  generateReviews(createRandom(seed), { language: 'fr', count, fromMs: 0, untilMs: 200 * DAY, ...more });
const fit = (seed: number, count: number, target: number): FittedTextClassifier => {
  const periods = splitPeriods(textsFromStars(reviews(seed, count)), [0.45, 0.35]);
  const made = fitTextClassifier(periods, { model: { languages: ['fr'] }, certificate: { target } });
  if (made.kind === 'no_answer') throw new Error(made.reason);
  return made;
};

const now = 200 * DAY;
let made: FittedTextClassifier;
let classifier: TextClassifier;
beforeAll(() => {
  made = fit(1, 2500, 0.1);
  ({ classifier } = made);
});

const reasonOf = (text: string, atMs = now, by = classifier): string => {
  const found = classifyText(by, text, atMs);
  return found.kind === 'answer' ? found.class : found.reason;
};

describe('a certified classifier', () => {
  it('answers what it may, with its promise', () => {
    expect(classifyText(classifier, 'Parfait, je recommande, service au top', now)).toMatchObject({
      kind: 'answer',
      class: 'positive',
      errorAtMost: 0.1,
      confidence: 0.95,
    });
    expect(reasonOf('arrivé cassé, très déçue, à éviter')).toBe('negative');
    expect(made.report.abstained.unsure).toBeGreaterThan(0);
    expect(made.report.coverage).toBeGreaterThan(0.4);
    for (const { answered, errors } of made.report.perClass)
      expect(errors).toBeLessThanOrEqual(0.15 * answered + 3);
    expect(made.report.macroF1).toBeGreaterThan(0.7);
    expect(made.report.reliability.calibrationError.value).toBeLessThan(0.08);
  });

  it.each([
    ['', 'no_words'],
    ['😀😀', 'no_words'],
    ['!!! 12 :)', 'no_words'],
    ['très bien '.repeat(3000), 'too_long'],
    ['das ist sehr schlecht', 'other_language'],
    ['this is not what i have ordered', 'other_language'],
    ['zorglub bulgroz', 'unseen_words'],
    ['parfait 🙄', 'playful'],
    ['je recommande mdr', 'playful'],
    ['et de la pour', 'unseen_words'],
  ])('%s: %s', (text, reason) => {
    expect(classifyText(classifier, text.slice(0, 1e6), now)).toEqual({ kind: 'no_answer', reason });
  });

  it('says nothing of a megabyte, at once', () => {
    const text = 'livraison rapide '.repeat(60_000);
    const started = performance.now();
    expect(reasonOf(text)).toBe('too_long');
    expect(performance.now() - started).toBeLessThan(50);
  });

  it('abstains entirely where no class holds its promise', () => {
    const strict = fit(2, 800, 0.002);
    expect(strict.classifier.certificate.perClass.map((each) => each.threshold)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(strict.report.coverage).toBe(0);
    expect(reasonOf('parfait', now, strict.classifier)).toBe('class_not_certified');
    expect(strict.report.perClass[0]?.error).toBeUndefined();
  });

  it('is the same after saving and loading, undefined thresholds too', () => {
    expect(loadTextClassifier(saveTextClassifier(classifier))).toEqual(classifier);
    const { certificate } = classifier;
    // Without an end, without a class, or with another's words a certificate must not be taken for one that holds.
    for (const odd of [
      { drifted: 'no' as unknown as boolean },
      { validUntilMs: 'never' as unknown as number },
      { perClass: certificate.perClass.slice(1) },
      { reference: { ...certificate.reference, texts: 3 } },
    ])
      expect(() =>
        loadTextClassifier(saveTextClassifier({ ...classifier, certificate: { ...certificate, ...odd } })),
      ).toThrow(expect.objectContaining({ code: 'damaged' }));
    const bytes = saveTextClassifier(classifier);
    expect(() => loadTextClassifier(bytes.slice(0, -40))).toThrow(
      expect.objectContaining({ code: 'damaged' }),
    );
  });

  it('counts one text a writer in calibration, report and check, where writers are known', () => {
    const given = textsFromStars({
      ...reviews(12, 900),
      writers: Array.from({ length: 900 }, (_, i) => i % 50),
    });
    const periods = splitPeriods(given);
    expect(periods.test.writers).toEqual(
      Array.from({ length: periods.test.texts.length }, (_, i) => (765 + i) % 50),
    );
    const found = fitTextClassifier(periods, {
      model: { languages: ['fr'], inversePenalties: [3], bits: 14 },
    });
    if (found.kind === 'no_answer') throw new Error(found.reason);
    expect(found.classifier.certificate.calibrated.texts).toBe(50);
    expect(found.report.texts).toBe(50);
    expect(checkWords(classifier, given)).toMatchObject({ reason: 'too_few_texts', found: 50 });
  });

  it('does not mind the order of the rows', () => {
    const given = textsFromStars(reviews(3, 700));
    const order = createRandom(4).shuffle([...given.texts.keys()]);
    const moved = {
      texts: order.map((i) => given.texts[i] as string),
      labels: order.map((i) => given.labels[i] as number),
      atMs: order.map((i) => given.atMs[i] as number),
    };
    const settings = { model: { languages: ['fr'], inversePenalties: [3] } } as const;
    const [a, b] = [given, moved].map((each) => fitTextClassifier(splitPeriods(each), settings));
    expect(b).toEqual(a);
  });
});

describe('the certificate', () => {
  it('ends with its days', () => {
    const end = classifier.certificate.validUntilMs;
    expect(end - classifier.certificate.calibrated.untilMs).toBe(90 * DAY);
    expect(reasonOf('parfait, je recommande', end)).toBe('positive');
    expect(reasonOf('parfait, je recommande', end + 1)).toBe('certificate_expired');
  });

  it('begins with the calibration, and no call changes the next: a clock may go backwards', () => {
    const { calibrated, validUntilMs } = classifier.certificate;
    const [text, first] = ['parfait, je recommande', calibrated.fromMs];
    const said = [validUntilMs + 1, validUntilMs, first, first - 1, first].map((atMs) =>
      reasonOf(text, atMs),
    );
    expect(said).toEqual(['certificate_expired', 'positive', 'positive', 'before_certificate', 'positive']);
    for (const atMs of [Number.NaN, Infinity]) expect(() => classifyText(classifier, text, atMs)).toThrow();
  });

  it('is renewed up to when texts were seen, not up to a wrong clock, and never shortened', () => {
    const { texts, atMs } = reviews(5, 600, { fromMs: 250 * DAY, untilMs: 300 * DAY });
    const wrong = checkWords(classifier, {
      texts,
      atMs: atMs.map((at, i) => (i % 12 === 0 ? 9000 * DAY : at)),
    });
    if (wrong.kind === 'no_answer') throw new Error(wrong.reason);
    expect(wrong.untilMs).toBe(9000 * DAY);
    const renewed = renewCertificate(classifier, wrong).certificate;
    expect(renewed.validUntilMs).toBe(wrong.seenUntilMs + 90 * DAY);
    expect(wrong.seenUntilMs).toBeLessThanOrEqual(300 * DAY);
    const early = checkWords(classifier, { texts, atMs: atMs.map(() => 0) });
    expect(renewCertificate(classifier, early).certificate).toEqual(classifier.certificate);
    const silent = reportOn(
      { ...classifier, certificate: { ...classifier.certificate, drifted: true } },
      textsFromStars(reviews(3, 40)),
    );
    expect(silent.abstained).toEqual({ certificate_expired: 40 });
    expect(() => reportOn(classifier, { texts: [], labels: [], atMs: [] })).toThrow(
      expect.objectContaining({ code: 'empty_input' }),
    );
  });

  it('is renewed while the words hold, and ends for ever when they drift', () => {
    const later = (more: object) => reviews(5, 600, { fromMs: 250 * DAY, untilMs: 300 * DAY, ...more });
    const held = checkWords(classifier, later({}));
    expect(held.kind).toBe('words_hold');
    const renewed = renewCertificate(classifier, held);
    const longAfter = 350 * DAY;
    expect(reasonOf('parfait, je recommande', longAfter)).toBe('certificate_expired');
    expect(reasonOf('parfait, je recommande', longAfter, renewed)).toBe('positive');

    const changed = checkWords(classifier, later({ season: 1 }));
    expect(changed).toMatchObject({ kind: 'words_drifted', pUnknown: 0.001 });
    const expired = renewCertificate(renewed, changed);
    expect(reasonOf('parfait, je recommande', now, expired)).toBe('certificate_expired');
    expect(renewCertificate(expired, held).certificate.drifted).toBe(true);
    expect(loadTextClassifier(saveTextClassifier(expired)).certificate.drifted).toBe(true);

    const few = checkWords(classifier, { texts: ['a'], atMs: [0] });
    expect(few).toEqual({ kind: 'no_answer', reason: 'too_few_texts', found: 1, limit: 100 });
    expect(renewCertificate(classifier, few)).toBe(classifier);
  });
});

describe('the sample of words', () => {
  it('has copies of one text as often as they are written', () => {
    const texts = Array.from({ length: 3000 }, (_, i) =>
      i % 3 === 0 ? 'parfait' : `bon produit numéro${i}x`,
    );
    const chosen = sampleWords(classifier.model, texts);
    const copies = chosen.filter(({ names }) => names.length === 1).length;
    expect(chosen.length).toBe(1000);
    expect(Math.abs(copies - 333)).toBeLessThan(60);
    expect(sampleWords(classifier.model, texts.toReversed())).toEqual(chosen);
  });

  it('holds where the same short texts come again and again', () => {
    const random = createRandom(8);
    const draw = (n: number): string[] =>
      reviews(9, n).texts.map((text) =>
        random.chance(0.4) ? 'Très bien' : `${text} ${random.integer(0, 1e6)}`,
      );
    const reference = sketchWords(sampleWords(classifier.model, draw(900)));
    const same = { ...classifier, certificate: { ...classifier.certificate, reference } };
    const texts = draw(6000);
    expect(checkWords(same, { texts, atMs: texts.map(() => now) }).kind).toBe('words_hold');
  });

  it('is not compared at a level at which nothing could be found', () => {
    const recent = { texts: ['a'], atMs: [0] };
    expect(() => checkWords(classifier, recent, { level: 0.001 })).toThrow(
      expect.objectContaining({ code: 'out_of_range' }),
    );
  });
});

describe('periods of bad labels', () => {
  it('are refused, not read as negative', () => {
    const texts = ['a', 'b', 'c', 'd', 'e', 'f'];
    const atMs = [1, 2, 3, 4, 5, 6];
    const labels = [Number.NaN, 0, 0, 256, 0, 0];
    expect(() => fitTextClassifier(splitPeriods({ texts, labels, atMs }))).toThrow(
      expect.objectContaining({ code: 'out_of_range' }),
    );
    expect(() => splitPeriods({ texts, labels: [1], atMs })).toThrow(
      expect.objectContaining({ code: 'length_mismatch' }),
    );
  });

  it('tell while they are read', () => {
    const stages = new Set<string>();
    const periods = splitPeriods(textsFromStars(reviews(10, 600)));
    const settings = { model: { languages: ['fr'], inversePenalties: [3], bits: 14 } } as const;
    fitTextClassifier(periods, settings, ({ stage }) => void stages.add(stage));
    expect([...stages]).toEqual(expect.arrayContaining(['certify', 'report']));
    for (const last of ['certify', 'report'])
      expect(() =>
        fitTextClassifier(periods, settings, ({ stage }) => (stage === last ? 'stop' : undefined)),
      ).toThrow(expect.objectContaining({ code: 'cancelled' }));
  });
});

describe('periods and stars', () => {
  it('may not overlap', () => {
    const part = (fromMs: number, untilMs: number) => textsFromStars(reviews(6, 60, { fromMs, untilMs }));
    const [train, calibrate, test] = [part(0, 10), part(10, 20), part(20, 30)];
    const refused = expect.objectContaining({ code: 'out_of_range' });
    expect(() => fitTextClassifier({ train, calibrate: part(9, 20), test })).toThrow(refused);
    expect(() => fitTextClassifier({ train, calibrate, test: part(15, 30) })).toThrow(refused);
    expect(() => fitTextClassifier({ train, calibrate, test: calibrate })).toThrow(refused);
    expect(fitTextClassifier({ train, calibrate, test })).toMatchObject({ reason: 'too_few_texts' });
  });

  it('are cut where time passes', () => {
    const texts = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { train, calibrate, test } = splitPeriods(
      { texts, labels: [0, 1, 2, 0, 1, 2], atMs: [5, 1, 1, 2, 2, 3] },
      [0.4, 0.4],
    );
    expect([train.texts, calibrate.texts, test.texts]).toEqual([['b', 'c'], ['d', 'e', 'f'], ['a']]);
    expect([...(test.labels as Uint8Array)]).toEqual([0]);
    const once = { texts, labels: [0, 0, 0, 0, 0, 0], atMs: new Float64Array(6) };
    expect(() => splitPeriods(once)).toThrow(expect.objectContaining({ code: 'out_of_range' }));
  });

  it('become classes', () => {
    const given = { texts: ['', '', '', '', ''], stars: [1, 2, 3, 4, 5], atMs: [0, 0, 0, 0, 0] };
    expect([...(textsFromStars(given).labels as Uint8Array)]).toEqual([0, 0, 1, 2, 2]);
    expect([...(textsFromStars(given, { negativeUpTo: 3, positiveFrom: 5 }).labels as Uint8Array)]).toEqual([
      0, 0, 0, 1, 2,
    ]);
    expect(() => textsFromStars({ ...given, stars: [1, 2, 3, 4, Number.NaN] })).toThrow(
      expect.objectContaining({ code: 'nan' }),
    );
    expect(() => textsFromStars(given, { negativeUpTo: 4 })).toThrow(
      expect.objectContaining({ code: 'out_of_range' }),
    );
  });

  it('know macro-F1 and settings', () => {
    expect(macroF1([0, 1, 2, 2], [0, 1, 2, 1], 3)).toBeCloseTo((1 + 2 / 3 + 2 / 3) / 3, 12);
    expect(macroF1([0, 1], [0, 0], 2)).toBeCloseTo(1 / 3, 12);
    const periods = splitPeriods(textsFromStars(reviews(7, 100)));
    expect(() => fitTextClassifier(periods, { certificate: { target: { ironic: 0.1 } } })).toThrow(
      expect.objectContaining({ code: 'unknown_key' }),
    );
    expect(() => fitTextClassifier(periods, { certificate: { validDays: 1e300 } })).toThrow(
      expect.objectContaining({ code: 'out_of_range' }),
    );
    expect(() => fitTextClassifier(periods, { certificate: { delta: 0 } })).toThrow(
      expect.objectContaining({ code: 'probability_out_of_range' }),
    );
  });
});

describe('tweets beside the project', () => {
  const sets = (['sentiment-french', 'sentiment-english'] as const).map((set) => {
    return { set, train: readTweets(set, 'train'), val: readTweets(set, 'val') };
  });
  it.each(sets)('$set: macro-F1 near a linear reference', ({ set, train, val }) => {
    if (!train || !val) return;
    const model = fitTextModel(
      { ...train, atMs: train.texts.map((_, i) => i) },
      { languages: [set === 'sentiment-french' ? 'fr' : 'en'], inversePenalties: [1] },
    );
    if (model.kind === 'no_answer') throw new Error(model.reason);
    const predicted = val.texts.map((text) => {
      const chances = textChances(model, text);
      return chances.indexOf(Math.max(...chances));
    });
    // TF-IDF and a linear model elsewhere: .601 and .516 on their test parts; 324 tweets give ± .05.
    expect(macroF1(predicted, val.labels, 3)).toBeGreaterThan(set === 'sentiment-french' ? 0.57 : 0.5);
  });

  it('irony mostly ends in abstention, and other words end the certificate', () => {
    const [train, ironic] = [sets[1]?.train, readTweets('irony-english', 'val')];
    if (!train || !ironic) return;
    const part = (from: number, to: number) => ({
      texts: train.texts.slice(from, to),
      labels: train.labels.slice(from, to),
      atMs: train.texts.slice(from, to).map((_, i) => from + i),
    });
    const made = fitTextClassifier(
      { train: part(0, 1100), calibrate: part(1100, 1700), test: part(1700, 1839) },
      { model: { languages: ['en'], inversePenalties: [1] }, certificate: { target: 0.4 } },
    );
    if (made.kind === 'no_answer') throw new Error(made.reason);
    const said = ironic.texts.map((text) => classifyText(made.classifier, text, 1839).kind);
    expect(said.filter((kind) => kind === 'answer').length / said.length).toBeLessThan(0.25);
    const checked = checkWords(made.classifier, { texts: ironic.texts, atMs: ironic.texts.map(() => 1839) });
    expect(checked.kind).toBe('words_drifted');
  });
});
