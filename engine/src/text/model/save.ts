import { engineError } from '../../errors/index.ts';
import { type ModelParts, readModelFile, takeArray, writeModelFile } from '../../model-file/index.ts';
import type { TextModel } from './model.ts';

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

export const partsToModel = ({ about, arrays }: Pick<ModelParts, 'about' | 'arrays'>): TextModel => {
  const { bits, ...plain } = about as unknown as Omit<TextModel, 'kind' | 'vocabulary'> & {
    readonly bits: number;
  };
  const model: TextModel = {
    kind: 'text_model',
    classes: plain.classes,
    languages: plain.languages,
    read: plain.read,
    temperature: plain.temperature,
    diagnostics: plain.diagnostics,
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
  if (
    weights.length !== size * classes.length ||
    intercepts.length !== classes.length ||
    [vocabulary.owners, vocabulary.shared, vocabulary.idf].some(({ length }) => length !== size)
  )
    throw engineError('damaged', 'the arrays of the text model do not fit each other', { size });
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
