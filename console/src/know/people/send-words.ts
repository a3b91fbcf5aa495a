import type { SendState } from '@mesure/contract/sends';
import type { Tone } from '#platform/theme';
import { say } from '#words';

export const sendTones: Readonly<Record<SendState, Tone>> = {
  queued: 'active',
  held: 'caution',
  claimed: 'active',
  attempting: 'active',
  accepted: 'good',
  rejected: 'bad',
  uncertain: 'caution',
  blocked: 'neutral',
  cancelled: 'neutral',
};

const reasons = [
  'no_consent',
  'withdrawn',
  'topic_withdrawn',
  'no_address',
  'profile_removed',
  'suppressed',
  'person_paused',
  'pressure',
  'quiet_hours',
  'purchase',
  'no_product',
  'brake_global',
  'brake_campaign',
  'sender_changed',
  'restore_hold',
  'bounce',
  'refused',
  'transport',
  'deferred',
  'deferred_too_often',
  'no_answer',
  'worker_lost',
  'template',
  'content_changed',
  'address',
  'claim_failed',
  'stopped',
  'settled_by_hand',
] as const;

/** Why a message did not come, or not yet; a reason without words is told by its code. */
export const reasonWords = (reason: string): string => {
  const known = reasons.find((each) => each === reason);
  return known ? say(`people.reason.${known}`) : reason.replaceAll('_', ' ');
};
