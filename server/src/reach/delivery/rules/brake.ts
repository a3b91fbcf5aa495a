import type { Tx } from '#platform/postgres';
import type { Rule } from '../rule.ts';

export interface BrakePort {
  /** The brake that stands in the way, or null. What is missing or unreadable counts as engaged. */
  readonly engagedFor: (
    tx: Tx,
    target: { readonly campaignId: string },
  ) => Promise<{ readonly scope: string } | null>;
}

/** The emergency brake keeps rows where they are: they leave when it is released, or are cancelled with the campaign. */
export const createBrake = (port: BrakePort): Rule => ({
  name: 'brake',
  moments: ['claim', 'attempt'],
  gate: async ({ tx, run }) => {
    const engaged = await port.engagedFor(tx, { campaignId: run.campaignId });
    return engaged ? `brake_${engaged.scope}` : null;
  },
});
