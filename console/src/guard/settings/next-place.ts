import type { Role } from '@mesure/contract';
import type { HomeBody, HomeStepCode } from '@mesure/contract/home';
import type { Section } from './sections.ts';

/** Where each step of the set-up is done. */
export const stepPlaces: Readonly<Record<HomeStepCode, string>> = {
  sender_identity: '/settings/sender',
  transport: '/settings/delivery',
  approver: '/settings/team',
  data: '/imports/new',
  audience: '/audiences/new',
  message: '/messages/new',
  campaign: '/campaigns/new',
};

/** Who may do each step. */
export const stepRoles: Readonly<Record<HomeStepCode, readonly Role[]>> = {
  sender_identity: ['admin'],
  transport: ['admin'],
  approver: ['admin'],
  data: ['marketer', 'admin'],
  audience: ['marketer', 'approver', 'admin'],
  message: ['marketer', 'admin'],
  campaign: ['marketer', 'admin'],
};

const stepOf: Partial<Readonly<Record<Section, HomeStepCode>>> = {
  sender: 'sender_identity',
  delivery: 'transport',
  team: 'approver',
};

/** What comes after a page whose own step is done; null while it is not, or when everything is. */
export const nextStep = (section: Section, steps: HomeBody['steps']): HomeStepCode | null => {
  const own = stepOf[section];
  const isDone = steps.some(({ code, done }) => code === own && done);
  return isDone ? (steps.find(({ done }) => !done)?.code ?? null) : null;
};
