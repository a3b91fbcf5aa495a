import { beforeAll, describe, expect, it } from 'vitest';
import { generateReviews } from '../../../testing/generated-reviews.ts';
import { isEngineError } from '../../errors/index.ts';
import { createRandom } from '../../random/index.ts';
import { textsFromStars } from '../classifier/index.ts';
import { readCorpus } from './corpus.ts';
import { buildDesign } from './design.ts';
import {
  fitTextModel,
  type LabelledTexts,
  loadTextModel,
  saveTextModel,
  type TextModel,
  textChances,
} from './index.ts';
import { fullSettings } from './settings.ts';
import { fitSoftmax, softmaxScores } from './softmax.ts';
import { classWeightsOf } from './tune.ts';
import { createLookup, learnVocabulary } from './vocabulary.ts';

const draw = (seed: number, count: number): LabelledTexts =>
  textsFromStars(generateReviews(createRandom(seed), { language: 'fr', count, fromMs: 0, untilMs: 1e10 }));

const fitted = (given: LabelledTexts): TextModel => {
  const made = fitTextModel(given, { languages: ['fr'] });
  if (made.kind === 'no_answer') throw new Error(made.reason);
  return made;
};

let train: LabelledTexts;
let test: LabelledTexts;
let model: TextModel;
beforeAll(() => {
  train = draw(1, 900);
  test = draw(2, 600);
  model = fitted(train);
});

const accuracy = (made: TextModel, { texts, labels }: LabelledTexts): number =>
  texts.filter((text, i) => {
    const chances = textChances(made, text);
    return chances.indexOf(Math.max(...chances)) === labels[i];
  }).length / texts.length;

describe('a text model', () => {
  it('learns what the words say, with chances that come true', () => {
    expect(accuracy(model, test)).toBeGreaterThan(0.85);
    let [expected, came] = [0, 0];
    test.texts.forEach((text, i) => {
      expected += textChances(model, text)[2] as number;
      came += test.labels[i] === 2 ? 1 : 0;
    });
    // 600 texts: a standard deviation is below 12.
    expect(Math.abs(expected - came)).toBeLessThan(30);
  });

  it('understands negation', () => {
    const [yes, no] = ['je recommande', 'je ne recommande pas'].map(
      (text) => textChances(model, text)[2] as number,
    );
    expect((yes as number) - (no as number)).toBeGreaterThan(0.3);
  });

  it('does not mind the order of the rows, to the last bit', () => {
    const order = createRandom(9).shuffle([...train.texts.keys()]);
    const moved = {
      texts: order.map((i) => train.texts[i] as string),
      labels: order.map((i) => train.labels[i] as number),
      atMs: order.map((i) => train.atMs[i] as number),
    };
    expect(saveTextModel(fitted(moved))).toEqual(saveTextModel(model));
  });

  it('is the same to the bit after saving and loading, in milliseconds, and a damaged file is refused', () => {
    const bytes = saveTextModel(model);
    const loaded = loadTextModel(bytes);
    expect(loaded).toEqual(model);
    for (const text of test.texts.slice(0, 50))
      expect(textChances(loaded, text)).toEqual(textChances(model, text));
    const damaged = bytes.slice();
    damaged[bytes.length - 5] = (damaged[bytes.length - 5] as number) ^ 1;
    expect(() => loadTextModel(damaged)).toThrow(expect.objectContaining({ code: 'damaged' }));
  });

  it('takes no weight for an n-gram it has never seen', () => {
    const { buckets, owners, shared } = model.vocabulary;
    const place = createLookup(model.vocabulary);
    let alone = 0;
    buckets.forEach((_, at) => {
      if (shared[at] === 1) return;
      alone++;
      const owner = owners[at] as number;
      expect(place(owner)).toBe(at);
      // Another name with the same number.
      expect(place((owner ^ 0x80000000) >>> 0)).toBe(-1);
    });
    expect(alone).toBeGreaterThan(1000);
  });

  it('gives chances by the real shares of the classes, although the fit weighs them alike', () => {
    const dim = (seed: number) =>
      textsFromStars(
        generateReviews(createRandom(seed), {
          language: 'fr',
          count: 900,
          fromMs: 0,
          untilMs: 1e10,
          clarity: 0.1,
        }),
      );
    const made = fitted(dim(11));
    const later = dim(12);
    const mean = [0, 0, 0];
    for (const text of later.texts)
      textChances(made, text).forEach((chance, c) => {
        mean[c] = (mean[c] as number) + chance / 900;
      });
    for (const c of [0, 1, 2]) {
      const share = Array.from(later.labels).filter((label) => label === c).length / 900;
      expect(Math.abs((mean[c] as number) - share)).toBeLessThan(0.06);
    }
  });

  it('is told and can be stopped', () => {
    const stages = new Set<string>();
    let last = 0;
    fitTextModel(draw(3, 300), { inversePenalties: [1] }, ({ stage, done }) => {
      stages.add(stage);
      expect(done).toBeGreaterThanOrEqual(last - 1e-9);
      last = done;
    });
    expect([...stages]).toEqual(expect.arrayContaining(['read', 'weights']));
    try {
      fitTextModel(draw(3, 300), {}, ({ stage }) => (stage === 'weights' ? 'stop' : undefined));
      expect.unreachable();
    } catch (error) {
      expect(isEngineError(error, 'cancelled')).toBe(true);
    }
  });
});

describe('the fit', () => {
  it('stands where a naive gradient is 0', () => {
    const settings = fullSettings({});
    const corpus = readCorpus(draw(4, 150), settings);
    const vocabulary = learnVocabulary(corpus, [0, corpus.size], settings);
    const design = buildDesign(corpus, [0, corpus.size], vocabulary);
    const classWeights = classWeightsOf(design.labels, 3, true);
    const start = new Float64Array((design.columns + 1) * 3);
    const { weights, settled } = fitSoftmax({ design, classes: 3, classWeights, inversePenalty: 2 }, start);
    expect(settled).toBe(true);
    const scores = softmaxScores(design, weights, 3);
    const gradient = weights.map((weight, i) => (i < design.columns * 3 ? weight : 0));
    for (let row = 0; row < design.rows; row++) {
      const own = [...scores.subarray(row * 3, row * 3 + 3)].map(Math.exp);
      const total = own.reduce((a, b) => a + b, 0);
      const label = design.labels[row] as number;
      own.forEach((each, c) => {
        const pull = 2 * (classWeights[label] as number) * (each / total - (c === label ? 1 : 0));
        const at = design.columns * 3 + c;
        gradient[at] = (gradient[at] as number) + pull;
        for (let k = design.starts[row] as number; k < (design.starts[row + 1] as number); k++) {
          const place = (design.columnOf[k] as number) * 3 + c;
          gradient[place] = (gradient[place] as number) + pull * (design.values[k] as number);
        }
      });
    }
    // Without any weights the gradient is in the tens.
    for (const each of gradient) expect(Math.abs(each)).toBeLessThan(0.5);
  });

  it('says what it cannot learn', () => {
    const few = draw(5, 60);
    expect(fitTextModel(few)).toMatchObject({ kind: 'no_answer', reason: 'too_few_texts', limit: 20 });
    const random = createRandom(6);
    const texts = Array.from({ length: 400 }, () => `w${random.integer(0, 50)} w${random.integer(0, 50)}`);
    const labels = texts.map(() => random.integer(0, 2));
    const noise = fitTextModel({ texts, labels, atMs: texts.map((_, i) => i) }, { minTexts: 1 });
    if (noise.kind === 'text_model')
      expect(Math.max(...textChances(noise, texts[0] as string))).toBeLessThan(0.6);
    else expect(noise.reason).toBe('words_say_nothing');
    const empty = fitTextModel({ texts: labels.map(() => ''), labels, atMs: labels.map((_, i) => i) });
    expect(empty).toMatchObject({ kind: 'no_answer', reason: 'words_say_nothing' });
  });

  it('refuses a file whose arrays do not fit each other', () => {
    const cut = { ...model, weights: model.weights.slice(1) };
    const { vocabulary } = model;
    const unsorted = { ...model, vocabulary: { ...vocabulary, buckets: vocabulary.buckets.toReversed() } };
    for (const odd of [cut, unsorted])
      expect(() => loadTextModel(saveTextModel(odd))).toThrow(expect.objectContaining({ code: 'damaged' }));
  });

  it.each([
    ['empty_input', { texts: [], labels: [], atMs: [] }],
    ['length_mismatch', { texts: ['a'], labels: [], atMs: [0] }],
    ['nan', { texts: ['a'], labels: [0], atMs: [Number.NaN] }],
    ['out_of_range', { texts: ['a'], labels: [3], atMs: [0] }],
    ['out_of_range', { texts: ['a'], labels: [-1], atMs: [0] }],
    ['out_of_range', { texts: [null as unknown as string], labels: [0], atMs: [0] }],
    ['length_mismatch', { texts: ['a'], labels: [0], atMs: [0], writers: [] }],
  ] as const)('throws %s', (code, given) => {
    expect(() => fitTextModel(given)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['out_of_range', { bits: 40 }],
    ['out_of_range', { classes: ['a', 'a'] }],
    ['empty_input', { languages: [] }],
    ['unknown_key', { languages: ['de' as 'fr'] }],
    ['out_of_range', { pieces: [3, 2] as const }],
    ['out_of_range', { inversePenalties: [0] }],
  ] as const)('throws %s for settings', (code, settings) => {
    expect(() => fitTextModel(draw(7, 50), settings)).toThrow(expect.objectContaining({ code }));
  });
});
