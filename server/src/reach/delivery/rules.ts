import type { DeliveryDeps } from './ports.ts';
import { countedSince, standingHold } from './read.ts';
import type { Moment, Rule } from './rule.ts';
import { createBrake } from './rules/brake.ts';
import { createConsent } from './rules/consent.ts';
import { createPause } from './rules/pause.ts';
import { createPressure } from './rules/pressure.ts';
import { createPurchase } from './rules/purchase.ts';
import { quietHours } from './rules/quiet-hours.ts';
import { createRestoreHold } from './rules/restore-hold.ts';
import { createSender } from './rules/sender.ts';
import { createSuppression } from './rules/suppression.ts';

type RulePorts = Pick<DeliveryDeps, 'brake' | 'consent' | 'suppression' | 'pauses' | 'recommend' | 'sender'>;

/**
 * Every rule, in the order in which they are asked. A block comes before a hold, so that nobody waits overnight for a
 * message that is not allowed; pressure comes last, because within a batch it counts those that all others allowed.
 */
export const createRules = (ports: RulePorts): readonly Rule[] => [
  createRestoreHold({ standingHold }),
  createBrake(ports.brake),
  createSender(ports.sender),
  createSuppression(ports.suppression),
  createConsent(ports.consent),
  createPause(ports.pauses),
  createPurchase(ports.recommend),
  quietHours,
  createPressure({ countedSince }),
];

export const rulesAt = (rules: readonly Rule[], moment: Moment): readonly Rule[] =>
  rules.filter(({ moments }) => moments.includes(moment));
