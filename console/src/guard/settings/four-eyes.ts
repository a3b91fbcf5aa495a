import type { Role } from '@mesure/contract';

interface Person {
  readonly roles: readonly Role[];
  readonly disabled: boolean;
}

/** Whether two different people are there: one who writes, another who approves. One account can never send. */
export const canSendTogether = (team: readonly Person[]): boolean => {
  const active = team.filter(({ disabled }) => !disabled);
  const approvers = active.filter(({ roles }) => roles.includes('approver') || roles.includes('admin'));
  const writers = active.filter(({ roles }) => roles.includes('marketer') || roles.includes('admin'));
  return approvers.some((approver) => writers.some((writer) => writer !== approver));
};
