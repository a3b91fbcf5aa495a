import { type Calibrator, loadCalibrator, saveCalibrator } from '../../calibration/index.ts';
import {
  type ArrayOfType,
  type Plain,
  readModelFile,
  takeArray,
  writeModelFile,
} from '../../model-file/index.ts';
import type { BoostedTrees, Tree } from '../../trees/index.ts';
import type { BoostedLifetime } from './fit.ts';

const KIND = 'boosted-lifetime';

const FIELDS = {
  feature: Int32Array,
  left: Int32Array,
  right: Int32Array,
  missingLeft: Uint8Array,
  threshold: Float64Array,
  value: Float64Array,
  cover: Float64Array,
} as const;
type Field = keyof typeof FIELDS;
const NAMES = Object.keys(FIELDS) as Field[];

type Arrays = Record<string, ArrayOfType>;

/** The trees end to end, one array a field, and where each begins. */
const packTrees = (name: string, { trees, gain }: BoostedTrees): Arrays => {
  const starts = Uint32Array.from({ length: trees.length + 1 }, () => 0);
  trees.forEach((tree, i) => {
    starts[i + 1] = (starts[i] as number) + tree.feature.length;
  });
  const arrays: Arrays = { [`${name}.starts`]: starts, [`${name}.gain`]: Float64Array.from(gain) };
  for (const field of NAMES) {
    const all = new FIELDS[field](starts[trees.length] as number);
    trees.forEach((tree, i) => all.set(tree[field], starts[i]));
    arrays[`${name}.${field}`] = all;
  }
  return arrays;
};

const aboutTrees = ({ kind, loss, columns, base, diagnostics }: BoostedTrees): Plain => ({
  kind,
  loss,
  columns,
  base,
  diagnostics: { ...diagnostics },
});

const unpackTrees = (name: string, about: Plain, arrays: Readonly<Arrays>): BoostedTrees => {
  const starts = takeArray(arrays, `${name}.starts`, Uint32Array);
  const whole = Object.fromEntries(
    NAMES.map((field) => [field, takeArray<ArrayOfType>(arrays, `${name}.${field}`, FIELDS[field])]),
  );
  const trees = Array.from({ length: starts.length - 1 }, (_, i) =>
    Object.fromEntries(NAMES.map((field) => [field, whole[field]?.slice(starts[i], starts[i + 1])])),
  );
  return {
    ...(about as unknown as BoostedTrees),
    gain: takeArray(arrays, `${name}.gain`, Float64Array),
    trees: trees as unknown as readonly Tree[],
  };
};

/**
 * Boosted trees with their calibrator as bytes; `loadBoostedLifetime` gives them back to the bit.
 *
 * @example loadBoostedLifetime(saveBoostedLifetime(made))
 */
export const saveBoostedLifetime = (model: BoostedLifetime): Uint8Array<ArrayBuffer> => {
  const { chance, purchases, calibrator, ...rest } = model;
  return writeModelFile({
    kind: KIND,
    version: 1,
    about: { ...rest, chance: aboutTrees(chance), purchases: aboutTrees(purchases) },
    arrays: {
      calibrator: saveCalibrator(calibrator),
      ...packTrees('chance', chance),
      ...packTrees('purchases', purchases),
    },
  });
};

/** @throws EngineError `version_mismatch`, `damaged` */
export const loadBoostedLifetime = (bytes: Uint8Array): BoostedLifetime => {
  const { about, arrays } = readModelFile(bytes, { kind: KIND, versions: [1] });
  const saved = about as unknown as BoostedLifetime & { readonly chance: Plain; readonly purchases: Plain };
  return {
    ...saved,
    chance: unpackTrees('chance', saved.chance, arrays),
    purchases: unpackTrees('purchases', saved.purchases, arrays),
    calibrator: loadCalibrator(takeArray(arrays, 'calibrator', Uint8Array)) as Calibrator,
  };
};
