import { engineError } from '../errors/index.ts';
import { readModelFile, takeArray, writeModelFile } from '../model-file/index.ts';
import type { LinearModel } from './model.ts';

const FILE = { kind: 'linear-model', version: 1 } as const;

type About = Pick<LinearModel, 'link' | 'columns' | 'intercept' | 'missing' | 'diagnostics'>;

/**
 * The model as bytes, 24 B a feature.
 *
 * @example loadLinear(saveLinear(model)) // the same model, to the bit
 */
export const saveLinear = (model: LinearModel): Uint8Array => {
  const { link, columns, intercept, missing, diagnostics, coefficients, standardErrors, centre } = model;
  return writeModelFile({
    ...FILE,
    about: {
      link,
      columns,
      intercept,
      missing: missing.map((flag) => ({ ...flag })),
      diagnostics: { ...diagnostics },
    },
    arrays: { coefficients, standardErrors, centre },
  });
};

/**
 * What `saveLinear` wrote; arrays are views of `bytes` where they can be.
 *
 * @throws EngineError `version_mismatch`, `damaged`
 */
export const loadLinear = (bytes: Uint8Array): LinearModel => {
  const { about, arrays } = readModelFile(bytes, { kind: FILE.kind, versions: [FILE.version] });
  const { link, columns, intercept, missing, diagnostics } = about as unknown as About;
  const coefficients = takeArray(arrays, 'coefficients', Float64Array);
  if (coefficients.length !== columns)
    throw engineError('damaged', 'the coefficients do not fit', { columns });
  return {
    kind: 'linear',
    link,
    columns,
    intercept,
    coefficients,
    standardErrors: takeArray(arrays, 'standardErrors', Float64Array),
    centre: takeArray(arrays, 'centre', Float64Array),
    missing,
    diagnostics,
  };
};
