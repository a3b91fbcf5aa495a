import { engineError } from '../errors/index.ts';
import { murmur3OfText } from '../random/index.ts';

export interface Arm {
  /** Unique in the experiment. */
  readonly key: string;
  /** In (0, 1]; the arms' shares sum to 1. */
  readonly share: number;
}

export interface ArmAssignment {
  readonly arm: string;
  /** The probability with which this person got this arm: its share. */
  readonly probability: number;
}

/**
 * The point in [0, 1) of a unit (a person) under a salt: the first 53 bits of MurmurHash3_x86_128 over the UTF-8 bytes of
 * `salt NUL unit`. Stable for ever; other salts give independent points.
 *
 * @example hashPoint('spring', '018f…') // always the same number
 */
export const hashPoint = (salt: string, unit: string): number => {
  const [high, low] = murmur3OfText(`${salt}\0${unit}`);
  return (high * 2097152 + (low >>> 11)) * 2 ** -53;
};

const SHARE_TOLERANCE = 1e-9;

/**
 * Shares in (0, 1] that sum to 1, unique keys.
 *
 * @throws EngineError `empty_input`, `nan`, `out_of_range`, `weights_do_not_sum`
 * @example checkArms([{ key: 'a', share: 0.5 }]) // throws weights_do_not_sum
 */
export const checkArms = (arms: readonly Arm[]): void => {
  if (arms.length === 0) throw engineError('empty_input', 'arms: the list is empty');
  for (const { key, share } of arms) {
    if (share > 0 && share <= 1) continue;
    const code = Number.isNaN(share) ? 'nan' : 'out_of_range';
    throw engineError(code, `arms: the share of ${key} must be in (0, 1], got ${share}`, { arm: key });
  }
  const total = arms.reduce((sum, arm) => sum + arm.share, 0);
  if (Math.abs(total - 1) > SHARE_TOLERANCE) {
    const shares = arms.map((arm) => arm.share).join(' + ');
    throw engineError('weights_do_not_sum', `arms: shares must sum to 1, got ${shares}`, { total });
  }
  if (new Set(arms.map((arm) => arm.key)).size !== arms.length)
    throw engineError('out_of_range', 'arms: two have the same key');
};

/**
 * The arm whose interval of [0, 1), in the order given, holds the point. Shares are taken as checked.
 *
 * @example armAt(0.3, [{ key: 'a', share: 0.5 }, { key: 'b', share: 0.5 }]) // { arm: 'a', probability: 0.5 }
 */
export const armAt = (point: number, arms: readonly Arm[]): ArmAssignment => {
  let edge = 0;
  for (const arm of arms) {
    edge += arm.share;
    if (point < edge) return { arm: arm.key, probability: arm.share };
  }
  // Shares like 1/3 + 1/3 + 1/3 may sum to a hair below 1.
  const last = arms[arms.length - 1];
  if (last === undefined) throw engineError('empty_input', 'arms: the list is empty');
  return { arm: last.key, probability: last.share };
};

/**
 * Salted, sticky assignment of a person to an arm.
 *
 * @example assignArm({ salt: 'spring', unit: profileId, arms: [{ key: 'holdout', share: 0.1 }, { key: 'a', share: 0.9 }] })
 */
export const assignArm = (input: {
  readonly salt: string;
  readonly unit: string;
  readonly arms: readonly Arm[];
}): ArmAssignment => {
  checkArms(input.arms);
  return armAt(hashPoint(input.salt, input.unit), input.arms);
};

/**
 * Whether a person belongs to the share held out under this salt. Growing the share keeps everybody who was in it.
 *
 * @example isHeldOut({ salt: 'global', unit: 'person-1', share: 0.05 }) // false
 */
export const isHeldOut = (input: {
  readonly salt: string;
  readonly unit: string;
  readonly share: number;
}): boolean => {
  if (!(input.share >= 0 && input.share <= 1))
    throw engineError('out_of_range', `share must be in [0, 1], got ${input.share}`);
  return hashPoint(input.salt, input.unit) < input.share;
};
