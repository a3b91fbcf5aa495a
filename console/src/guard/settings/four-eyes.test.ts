import type { Role } from '@mesure/contract';
import { describe, expect, it } from 'vitest';
import { canSendTogether } from './four-eyes.ts';

const person = (...roles: Role[]) => ({ roles, disabled: false });

describe('a team that can send', () => {
  it.each([
    [[person('marketer', 'approver', 'admin')], false],
    [[person('marketer', 'approver', 'admin'), person('approver')], true],
    [[person('marketer'), person('marketer')], false],
    [[person('approver'), person('approver')], false],
    [[person('admin'), person('admin')], true],
    [[person('admin'), { ...person('approver'), disabled: true }], false],
  ])('%j: %s', (team, can) => {
    expect(canSendTogether(team)).toBe(can);
  });
});
