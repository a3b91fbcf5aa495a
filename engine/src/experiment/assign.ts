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

/** Throws RangeError unless there is an arm, keys are unique, shares are in (0, 1] and sum to 1. */
export const checkArms = (arms: readonly Arm[]): void => {
  const total = arms.reduce((sum, arm) => sum + arm.share, 0);
  if (arms.some((arm) => !(arm.share > 0 && arm.share <= 1)) || !(Math.abs(total - 1) <= SHARE_TOLERANCE)) {
    throw new RangeError(
      `arms: shares must be in (0, 1] and sum to 1, got ${arms.map((arm) => arm.share).join(' + ')}`,
    );
  }
  if (new Set(arms.map((arm) => arm.key)).size !== arms.length)
    throw new RangeError('arms: two have the same key');
};

/** The arm whose interval of [0, 1), in the order given, holds the point. Shares are taken as checked. */
export const armAt = (point: number, arms: readonly Arm[]): ArmAssignment => {
  let edge = 0;
  for (const arm of arms) {
    edge += arm.share;
    if (point < edge) return { arm: arm.key, probability: arm.share };
  }
  // Shares like 1/3 + 1/3 + 1/3 may sum to a hair below 1.
  const last = arms[arms.length - 1];
  if (last === undefined) throw new RangeError('arms: the list is empty');
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

/** Whether a person belongs to the share held out under this salt. Growing the share keeps everybody who was in it. */
export const isHeldOut = (input: {
  readonly salt: string;
  readonly unit: string;
  readonly share: number;
}): boolean => {
  if (!(input.share >= 0 && input.share <= 1))
    throw new RangeError(`share must be in [0, 1], got ${input.share}`);
  return hashPoint(input.salt, input.unit) < input.share;
};
