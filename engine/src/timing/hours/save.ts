import { engineError } from '../../errors/index.ts';
import { readModelFile, takeArray, writeModelFile } from '../../model-file/index.ts';
import type { Mix } from './mix.ts';
import type { TimingModel } from './model.ts';

const FILE = { kind: 'timing', version: 1 } as const;

const LEVELS = ['population', 'group', 'person'] as const;

interface About {
  readonly people: number;
  readonly groups: number;
  readonly mixes?: Readonly<
    Partial<
      Record<
        (typeof LEVELS)[number],
        { readonly concentration?: number; readonly rows?: number; readonly weights?: readonly number[] }
      >
    >
  >;
  readonly diagnostics: TimingModel['diagnostics'];
}

const plainMix = ({ concentration, rows, weights }: Mix) => ({ concentration, rows, weights: [...weights] });

/**
 * The model as bytes: 5 B an hour of a person with events, 8 B a person, 1.3 kB a group.
 *
 * @example loadTiming(saveTiming(model)) // the same model, to the bit
 */
export const saveTiming = (model: TimingModel): Uint8Array => {
  const { people, groups, mixes, diagnostics } = model;
  const { group, population, groupShares, exposure, start, hour, weight } = model;
  return writeModelFile({
    ...FILE,
    about: {
      people,
      groups,
      mixes: {
        population: plainMix(mixes.population),
        group: plainMix(mixes.group),
        person: plainMix(mixes.person),
      },
      diagnostics: { ...diagnostics },
    },
    arrays: { group, population, groupShares, exposure, start, hour, weight },
  });
};

/**
 * What `saveTiming` wrote; arrays are views of `bytes` where they can be.
 *
 * @throws EngineError `version_mismatch`, `damaged`
 */
export const loadTiming = (bytes: Uint8Array): TimingModel => {
  const { about, arrays } = readModelFile(bytes, { kind: FILE.kind, versions: [FILE.version] });
  const { people, groups, mixes, diagnostics } = about as unknown as About;
  const mixOf = (level: (typeof LEVELS)[number]): Mix => {
    const { concentration, rows, weights } = mixes?.[level] ?? {};
    if (!Number.isFinite(concentration) || !Number.isFinite(rows) || !Array.isArray(weights))
      throw engineError('damaged', 'the timing model does not say how its levels lean', { level });
    return { concentration, rows, weights: Float64Array.from(weights) } as Mix;
  };
  const start = takeArray(arrays, 'start', Uint32Array);
  if (start.length !== people + 1)
    throw engineError('damaged', 'the timing model’s people do not fit', { people });
  return {
    kind: 'timing',
    people,
    groups,
    group: takeArray(arrays, 'group', Uint32Array),
    population: takeArray(arrays, 'population', Float64Array),
    groupShares: takeArray(arrays, 'groupShares', Float64Array),
    exposure: takeArray(arrays, 'exposure', Float64Array),
    mixes: { population: mixOf('population'), group: mixOf('group'), person: mixOf('person') },
    start,
    hour: takeArray(arrays, 'hour', Uint8Array),
    weight: takeArray(arrays, 'weight', Float32Array),
    diagnostics,
  };
};
