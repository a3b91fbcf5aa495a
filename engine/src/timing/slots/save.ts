import { engineError } from '../../errors/index.ts';
import { readModelFile, takeArray, writeModelFile } from '../../model-file/index.ts';
import type { SlotModel } from './model.ts';

const FILE = { kind: 'timing-slots', version: 2 } as const;

type About = Pick<
  SlotModel,
  'people' | 'slots' | 'groups' | 'shape' | 'activityWeight' | 'sharing' | 'diagnostics'
>;

/**
 * The model as bytes: 200 B a person with 12 slots, 300 B with activity.
 *
 * @example loadSlots(saveSlots(model)) // the same model, to the bit
 */
export const saveSlots = (model: SlotModel): Uint8Array => {
  const { people, slots, groups, shape, activityWeight, sharing, diagnostics } = model;
  const { sends, engaged, group, rates, factor, activity, profiles } = model;
  return writeModelFile({
    ...FILE,
    about: { people, slots, groups, shape, activityWeight, sharing, diagnostics: { ...diagnostics } },
    arrays: {
      sends,
      engaged,
      group,
      rates,
      factor,
      activity,
      profileWeights: profiles.weights,
      profileFactors: profiles.factors,
    },
  });
};

/**
 * What `saveSlots` wrote; arrays are views of `bytes` where they can be.
 *
 * @throws EngineError `version_mismatch`, `damaged`
 */
export const loadSlots = (bytes: Uint8Array): SlotModel => {
  const { about, arrays } = readModelFile(bytes, { kind: FILE.kind, versions: [FILE.version] });
  const known = about as unknown as About;
  const group = takeArray(arrays, 'group', Uint32Array);
  if (group.length !== known.people)
    throw engineError('damaged', 'the slot model’s people do not fit', { people: known.people });
  return {
    kind: 'slots',
    ...known,
    group,
    sends: takeArray(arrays, 'sends', Float32Array),
    engaged: takeArray(arrays, 'engaged', Float32Array),
    rates: takeArray(arrays, 'rates', Float64Array),
    factor: takeArray(arrays, 'factor', Float32Array),
    activity: takeArray(arrays, 'activity', Float32Array),
    profiles: {
      weights: takeArray(arrays, 'profileWeights', Float64Array),
      factors: takeArray(arrays, 'profileFactors', Float64Array),
    },
  };
};
