import type { Actor } from '#guard/access';
import { appError } from '#platform/errors';
import type { Tx } from '#platform/postgres';
import {
  type ApprovalRefusal,
  type Campaign,
  type CampaignState,
  changedParts,
  type Parts,
  refusalOfApproval,
} from './campaign.ts';
import { found, personOf } from './drafts.ts';
import { type Standing, standingOf } from './outside.ts';
import type { CampaignsDeps } from './ports.ts';
import { latestApprovals, lockedCampaign, type Review, reviewsOf } from './read.ts';
import { changeState, insertReview, type ReviewInsert } from './store.ts';

export interface ApprovalNow {
  readonly review: Review;
  readonly valid: boolean;
  readonly changed: readonly (keyof Parts)[];
}

/** Does this approval say yes to what stands now? Version n says nothing about n + 1, even with the same content. */
export const approvalNow = (campaign: Campaign, review: Review, standing: Standing): ApprovalNow => ({
  review,
  valid: review.version === campaign.version && review.fingerprint === standing.fingerprint,
  changed: changedParts(review.parts, standing.parts),
});

const refusals: Readonly<Record<ApprovalRefusal, string>> = {
  person_needed:
    'A campaign is submitted by one person and approved by another: sign in with your own account.',
  own_work:
    'You wrote this campaign, its text or its audience, changed it last or submitted it. Somebody else has to approve it.',
};

const refuse = (reason: ApprovalRefusal): never => {
  throw appError('forbidden', { message: refusals[reason], details: { reason } });
};

interface VerdictInput {
  readonly version: number;
  readonly actor: Actor;
}

export interface Approval {
  /** `findings` are the review's errors: with any, it is refused. */
  readonly submit: (
    tx: Tx,
    id: string,
    input: VerdictInput & { readonly errors: readonly unknown[] },
  ) => Promise<Campaign>;
  readonly requestChanges: (
    tx: Tx,
    id: string,
    input: VerdictInput & { readonly comment: string },
  ) => Promise<Campaign>;
  readonly approve: (
    tx: Tx,
    id: string,
    input: VerdictInput & {
      readonly fingerprint: string;
      readonly comment: string | null;
      readonly errors: readonly unknown[];
    },
  ) => Promise<Campaign>;
  /** The approval that stands, or a conflict that says what changed since. */
  readonly require: (
    tx: Tx,
    campaign: Campaign,
  ) => Promise<{ readonly review: Review; readonly standing: Standing }>;
}

export const createApproval = (deps: CampaignsDeps): Approval => {
  const locked = async (
    tx: Tx,
    id: string,
    input: { version: number; from: readonly CampaignState[] },
  ): Promise<Campaign> => {
    const campaign = found(await lockedCampaign(tx, id));
    if (campaign.version !== input.version) {
      throw appError('conflict', { details: { reason: 'version', version: campaign.version } });
    }
    if (!input.from.includes(campaign.state)) {
      throw appError('conflict', {
        message: `This campaign is ${campaign.state} now.`,
        details: { reason: 'state', state: campaign.state },
      });
    }
    return campaign;
  };

  const say = async (
    tx: Tx,
    campaign: Campaign,
    input: {
      readonly verdict: ReviewInsert['verdict'];
      readonly standing: Standing;
      readonly comment: string | null;
      readonly actor: Actor;
      readonly to: CampaignState;
    },
  ): Promise<Campaign> => {
    const { verdict, standing, comment, actor, to } = input;
    const now = deps.clock.now();
    const { parts, fingerprint } = standing;
    await changeState(tx, campaign.id, { from: [campaign.state], to, version: campaign.version, now });
    await insertReview(tx, {
      id: deps.ids.next(),
      campaignId: campaign.id,
      version: campaign.version,
      verdict,
      fingerprint,
      parts,
      comment,
      actor: personOf(actor),
      now,
    });
    await deps.audit.record(tx, {
      actor,
      action: `campaign.${verdict}`,
      subject: { kind: 'campaign', id: campaign.id },
      before: { state: campaign.state },
      after: { state: to, version: campaign.version, fingerprint, comment },
    });
    return { ...campaign, state: to, updatedAt: now };
  };

  const refuseErrors = (errors: readonly unknown[]): void => {
    if (errors.length > 0) {
      throw appError('unprocessable', {
        message: 'The review found errors. Repair them first.',
        details: { reason: 'findings', findings: errors },
      });
    }
  };

  return {
    submit: async (tx, id, { version, actor, errors }) => {
      // The token of a machine may draft; without a person who submits, one with an account could send alone.
      if (actor.personId === null) refuse('person_needed');
      const campaign = await locked(tx, id, { version, from: ['draft'] });
      refuseErrors(errors);
      const standing = await standingOf(deps, tx, campaign);
      return say(tx, campaign, { verdict: 'submitted', standing, comment: null, actor, to: 'in_review' });
    },
    requestChanges: async (tx, id, { version, actor, comment }) => {
      const campaign = await locked(tx, id, { version, from: ['in_review', 'approved'] });
      const standing = await standingOf(deps, tx, campaign);
      return say(tx, campaign, { verdict: 'changes_requested', standing, comment, actor, to: 'draft' });
    },
    approve: async (tx, id, { version, actor, fingerprint, comment, errors }) => {
      const campaign = await locked(tx, id, { version, from: ['in_review'] });
      const standing = await standingOf(deps, tx, campaign);
      const submitter =
        (await reviewsOf(tx, id)).findLast(({ verdict }) => verdict === 'submitted')?.by.id ?? null;
      const refusal = refusalOfApproval(campaign, actor.personId, [...standing.outside.writers, submitter]);
      if (refusal) refuse(refusal);
      refuseErrors(errors);
      if (standing.fingerprint !== fingerprint) {
        throw appError('conflict', {
          message: 'Something changed since you looked at it. Look at the review again.',
          details: { reason: 'fingerprint' },
        });
      }
      return say(tx, campaign, { verdict: 'approved', standing, comment, actor, to: 'approved' });
    },
    require: async (tx, campaign) => {
      const standing = await standingOf(deps, tx, campaign);
      const review = (await latestApprovals(tx, [campaign.id])).get(campaign.id);
      if (!review) {
        throw appError('conflict', {
          message: 'Nobody has approved this campaign.',
          details: { reason: 'not_approved' },
        });
      }
      const { valid, changed } = approvalNow(campaign, review, standing);
      if (!valid) {
        throw appError('conflict', {
          message: `What was approved is not what stands now (${changed.join(', ') || 'version'}). It needs a new approval.`,
          details: { reason: 'approval_void', changed },
        });
      }
      return { review, standing };
    },
  };
};
