import { type Arm, type ArmAssignment, assignArm, isHeldOut } from '@mesure/engine/experiment';
import { uuidFrom } from '#platform/ids';

/** People who get no marketing at all. */
export const GLOBAL_HOLDOUT = 'global_holdout';
/** People of a campaign's audience who do not get this campaign. */
export const HOLDOUT = 'holdout';

export interface Assignment extends ArmAssignment {
  readonly profileId: string;
  /** First eligibility: outcomes count from here, in every arm. */
  readonly eligibleAt: Date;
}

export interface NewAssignment extends Assignment {
  /** Id of the experiment: a campaign's own id, or `globalHoldoutExperiment(workspaceId)`. */
  readonly experiment: string;
}

/** The one experiment of a workspace whose arms are `global_holdout` and `in_programme`. */
export const globalHoldoutExperiment = (workspaceId: string): string =>
  uuidFrom('global-holdout', workspaceId);

/** Made of ids alone, so that it is the same after a restore and on every machine. */
export const workspaceSalt = (workspaceId: string): string => `mesure/${workspaceId}`;

/** A salt of its own per campaign: being held out of one says nothing about the next. */
export const campaignSalt = (workspaceId: string, campaignId: string): string =>
  `${workspaceSalt(workspaceId)}/campaign/${campaignId}`;

export const globalHoldout = (salt: string, profileId: string, share: number): boolean =>
  isHeldOut({ salt: `${salt}/global-holdout`, unit: profileId, share });

export const assign = (input: {
  readonly salt: string;
  readonly profileId: string;
  readonly arms: readonly Arm[];
}): ArmAssignment => assignArm({ salt: input.salt, unit: input.profileId, arms: input.arms });

/** A campaign's arms: its holdout, then its variants in the order given, their weights scaled to what is left. */
export const campaignArms = (input: {
  readonly variants: readonly { readonly key: string; readonly weight: number }[];
  /** In [0, 1). */
  readonly holdoutShare: number;
}): readonly Arm[] => {
  const total = input.variants.reduce((sum, variant) => sum + variant.weight, 0);
  const variants = input.variants.map(({ key, weight }) => ({
    key,
    share: (1 - input.holdoutShare) * (weight / total),
  }));
  return input.holdoutShare > 0 ? [{ key: HOLDOUT, share: input.holdoutShare }, ...variants] : variants;
};
