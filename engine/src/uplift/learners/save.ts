import { engineError } from '../../errors/index.ts';
import { loadLinear, saveLinear } from '../../linear-models/index.ts';
import { type ModelParts, readModelFile, takeArray, writeModelFile } from '../../model-file/index.ts';
import { loadBoosted, saveBoosted } from '../../trees/index.ts';
import type { BaseModel } from './base-model.ts';
import type { UpliftModel } from './learner.ts';

const FILE = { kind: 'uplift', version: 1 } as const;

interface About {
  readonly learner: UpliftModel['learner'];
  readonly columns: number;
  readonly transformed?: 'class' | 'outcome';
  /** Kind of each base model, and the value of a constant one. */
  readonly models?: Readonly<Record<string, { readonly kind: BaseModel['kind']; readonly value?: number }>>;
}

const basesOf = (model: UpliftModel): Readonly<Record<string, BaseModel>> =>
  model.learner === 't' ? { treated: model.treated, control: model.control } : { model: model.model };

const bytesOf = (base: BaseModel): Uint8Array => {
  if (base.kind === 'constant') return new Uint8Array(0);
  return base.kind === 'linear' ? saveLinear(base) : saveBoosted(base);
};

/**
 * The model as bytes, with the files of its base models inside.
 *
 * @example loadUplift(saveUplift(model)) // the same model, to the bit
 */
export const saveUplift = (model: UpliftModel): Uint8Array => {
  const bases = Object.entries(basesOf(model));
  const models = Object.fromEntries(
    bases.map(([name, base]) => [
      name,
      base.kind === 'constant' ? { kind: base.kind, value: base.value } : { kind: base.kind },
    ]),
  );
  const { learner, columns } = model;
  const arrays: Record<string, Uint8Array | Float64Array> = Object.fromEntries(
    bases.map(([name, base]) => [name, bytesOf(base)]),
  );
  if (model.learner === 's') arrays['centre'] = model.centre;
  const more = model.learner === 'class_transformation' ? { transformed: model.transformed } : {};
  return writeModelFile({ ...FILE, about: { learner, columns, models, ...more }, arrays });
};

/**
 * What `saveUplift` wrote; arrays are views of `bytes` where they can be.
 *
 * @throws EngineError `version_mismatch`, `damaged`
 */
export const loadUplift = (bytes: Uint8Array): UpliftModel => {
  const { about, arrays }: ModelParts = readModelFile(bytes, { kind: FILE.kind, versions: [FILE.version] });
  const { learner, columns, models, transformed } = about as unknown as About;
  const base = (name: string): BaseModel => {
    const found = models?.[name];
    if (found?.kind === 'constant' && Number.isFinite(found.value))
      return { kind: 'constant', value: found.value as number };
    if (found?.kind !== 'linear' && found?.kind !== 'trees')
      throw engineError('damaged', `the uplift model has no “${name}”`, { name });
    const inside = takeArray(arrays, name, Uint8Array);
    return found.kind === 'linear' ? loadLinear(inside) : loadBoosted(inside);
  };
  switch (learner) {
    case 's':
      return { learner, columns, model: base('model'), centre: takeArray(arrays, 'centre', Float64Array) };
    case 't':
      return { learner, columns, treated: base('treated'), control: base('control') };
    case 'dr':
      return { learner, columns, model: base('model') };
    case 'class_transformation':
      return { learner, columns, model: base('model'), transformed: transformed ?? 'outcome' };
    default:
      throw engineError('damaged', 'the uplift model does not say its learner', { learner: String(learner) });
  }
};
