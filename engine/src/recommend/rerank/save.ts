import { type Plain, readModelFile, takeArray, writeModelFile } from '../../model-file/index.ts';
import { checkSaved, savedNumbers } from '../models/saved.ts';
import { DIALS, type Dial, type LearnedCost } from './learned-cost.ts';

/** The learned cost as bytes. */
export const saveLearnedCost = ({
  kind,
  dial,
  count,
  candidates,
  curve,
  before,
  people,
  level,
  points,
}: LearnedCost): Uint8Array => {
  const column = (name: keyof LearnedCost['points'][number]): Float64Array =>
    Float64Array.from(points, (point) => point[name]);
  return writeModelFile({
    kind,
    version: 1,
    about: { dial, curve, count, people, level, ...candidates, ...before },
    arrays: {
      strength: column('strength'),
      estimate: column('estimate'),
      low: column('low'),
      high: column('high'),
    },
  });
};

const NUMBERS = ['count', 'people', 'level', 'fewest', 'most', ...DIALS] as const;

const saidOf = (about: Plain): Pick<LearnedCost, 'dial' | 'curve'> => {
  const { dial, curve } = about as { readonly dial?: unknown; readonly curve?: unknown };
  checkSaved('it does not say its dial', DIALS.includes(dial as Dial) && typeof curve === 'boolean');
  return { dial: dial as Dial, curve: curve as boolean };
};

/**
 * What `saveLearnedCost` wrote.
 *
 * @throws EngineError `damaged`, `version_mismatch`
 * @example rerank(candidates, { count: 10, novelty: { bits, mostCost: 0.03, learned: loadLearnedCost(bytes) } })
 */
export const loadLearnedCost = (bytes: Uint8Array): LearnedCost => {
  const { about, arrays } = readModelFile(bytes, { kind: 'learned_cost', versions: [1] });
  const { count, people, level, fewest, most, ...before } = savedNumbers(about, NUMBERS);
  const [strength, estimate, low, high] = ['strength', 'estimate', 'low', 'high'].map((name) =>
    takeArray(arrays, name, Float64Array),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const alike = [estimate, low, high].every(({ length }) => length === strength.length);
  const ascends = strength.every((value, k) => (k === 0 ? value === 0 : value > (strength[k - 1] as number)));
  checkSaved('its strengths and costs do not fit each other', alike && ascends && strength.length > 0);
  const points = Array.from(strength, (value, k) => ({
    strength: value,
    estimate: estimate[k] as number,
    low: low[k] as number,
    high: high[k] as number,
  }));
  return {
    kind: 'learned_cost',
    ...saidOf(about),
    count,
    candidates: { fewest, most },
    before,
    people,
    level,
    points,
  };
};
