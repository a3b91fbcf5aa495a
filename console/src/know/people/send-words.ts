import type { SendState } from '@mesure/contract/sends';
import type { Tone } from '#platform/theme';
import { knows, say } from '#words';

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

type Known = 'no_consent';

/** Why a message did not come, or not yet, as a sentence about one person; a reason without words is told by its code. */
export const reasonWords = (reason: string): string =>
  knows(`people.reason.${reason}`) ? say(`people.reason.${reason as Known}`) : reason.replaceAll('_', ' ');
