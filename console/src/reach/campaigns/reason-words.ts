import { say } from '#words';

const known = [
  'no_consent',
  'withdrawn',
  'topic_withdrawn',
  'profile_removed',
  'no_address',
  'suppressed',
  'person_paused',
  'pressure',
  'purchase',
  'no_product',
  'quiet_hours',
  'template',
  'content_changed',
  'address',
  'deferred',
  'deferred_too_often',
  'refused',
  'transport',
  'bounce',
  'no_answer',
  'worker_lost',
  'stopped',
  'settled_by_hand',
  'brake_global',
  'brake_campaign',
  'restore_hold',
  'rule_failed',
  'claim_failed',
  'sender',
  'sender_changed',
  'not_approved',
  'approval_void',
  'empty_audience',
  'unknown',
] as const;
type Known = (typeof known)[number];

const isKnown = (code: string): code is Known => (known as readonly string[]).includes(code);

/** Why somebody is left out, waits, or got nothing, in words; the code itself where there are none yet. */
export const reasonWords = (code: string): string =>
  isKnown(code) ? say(`campaigns.reason.${code}`) : code.replaceAll('_', ' ');
