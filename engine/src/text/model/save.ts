import { type ModelParts, readModelFile, takeArray, writeModelFile } from '../../model-file/index.ts';
import type { TextModel } from './model.ts';
import { checkSaved, hasNumbers, isRecord, savedAs } from './saved.ts';
import { fullSettings } from './settings.ts';

const KIND = 'text-model';

/** The parts of a model as a file holds them; a classifier's file has them too. */
export const modelParts = (model: TextModel): Pick<ModelParts, 'about' | 'arrays'> => {
  const { classes, languages, read, temperature, diagnostics, vocabulary, weights, intercepts } = model;
  const { bits, buckets, owners, shared, idf, knownWords } = vocabulary;
  return {
    about: {
      classes,
      languages,
      read: { ...read },
      temperature,
      bits,
      diagnostics: { ...diagnostics, tried: diagnostics.tried.map((each) => ({ ...each })) },
    },
    arrays: { buckets, owners, shared, idf, knownWords, weights, intercepts },
  };
};

const isDiagnostics = (value: unknown, classes: number): boolean =>
  isRecord(value) &&
  hasNumbers(value, ['texts', 'fromMs', 'untilMs', 'inversePenalty']) &&
  typeof value['settled'] === 'boolean' &&
  Array.isArray(value['perClass']) &&
  value['perClass'].length === classes &&
  value['perClass'].every(Number.isFinite) &&
  Array.isArray(value['tried']) &&
  value['tried'].every((each) => hasNumbers(each, ['inversePenalty', 'logLoss']));

/** Every setting that scoring needs, as it was checked before the fit. */
const settingsOf = (about: ModelParts['about']) =>
  savedAs('its settings are none of a text model', () => {
    const { classes, languages, read, bits, temperature, diagnostics } = about as unknown as Omit<
      TextModel,
      'kind' | 'vocabulary'
    > & { readonly bits: number };
    const lists = [classes, languages, read.pieces].every(Array.isArray);
    const numbers = hasNumbers(read, ['bits', 'words', 'negationReach']);
    const strings = [...classes, ...languages].every((each) => typeof each === 'string');
    // Throws what a fit throws.
    const full = fullSettings({ classes, languages, ...read });
    checkSaved('its settings contradict each other', lists && numbers && strings && full.bits === bits);
    checkSaved('its temperature is none', Number.isFinite(temperature) && temperature > 0);
    checkSaved('it does not say how it was fitted', isDiagnostics(diagnostics, classes.length));
    return { classes, languages, read, temperature, diagnostics, bits };
  });

const rises = (values: Uint32Array, limit: number): boolean =>
  values.every((value, i) => value < limit && (i === 0 || value > (values[i - 1] as number)));

export const partsToModel = ({ about, arrays }: Pick<ModelParts, 'about' | 'arrays'>): TextModel => {
  const { bits, ...plain } = settingsOf(about);
  const model: TextModel = {
    kind: 'text_model',
    ...plain,
    vocabulary: {
      bits,
      buckets: takeArray(arrays, 'buckets', Uint32Array),
      owners: takeArray(arrays, 'owners', Uint32Array),
      shared: takeArray(arrays, 'shared', Uint8Array),
      idf: takeArray(arrays, 'idf', Float32Array),
      knownWords: takeArray(arrays, 'knownWords', Uint32Array),
    },
    weights: takeArray(arrays, 'weights', Float32Array),
    intercepts: takeArray(arrays, 'intercepts', Float64Array),
  };
  const { vocabulary, weights, intercepts, classes } = model;
  const size = vocabulary.buckets.length;
  checkSaved(
    'the arrays of the text model do not fit each other',
    weights.length === size * classes.length &&
      intercepts.length === classes.length &&
      [vocabulary.owners, vocabulary.shared, vocabulary.idf].every(({ length }) => length === size) &&
      rises(vocabulary.buckets, 2 ** bits),
  );
  return model;
};

/** Only n-grams in use are written: 13 bytes and 4 for each class. @example saveTextModel(model).length // about 600 kB for 2,000 tweets */
export const saveTextModel = (model: TextModel): Uint8Array<ArrayBuffer> =>
  writeModelFile({ kind: KIND, version: 1, ...modelParts(model) });

/**
 * Milliseconds: the arrays are views of the bytes; a table of 4 × 2^bits bytes is made at the first text.
 *
 * @throws EngineError `version_mismatch`, `damaged`
 * @example loadTextModel(saveTextModel(model))
 */
export const loadTextModel = (bytes: Uint8Array): TextModel =>
  partsToModel(readModelFile(bytes, { kind: KIND, versions: [1] }));
