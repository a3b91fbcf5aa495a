import type { SendStateCount } from './ports.ts';
import type { Ledger } from './report.ts';

/** People of an audience, each in exactly one place: held out, or in one state of the send ledger. */
export const ledgerOf = (input: {
  readonly audience: number;
  readonly holdout: number;
  readonly globalHoldout: number;
  readonly sends: readonly SendStateCount[];
}): Ledger => {
  const states: Record<string, number> = {};
  const blocked = new Map<string, number>();
  for (const { state, reason, count } of input.sends) {
    states[state] = (states[state] ?? 0) + count;
    if (state === 'blocked')
      blocked.set(reason ?? 'unknown', (blocked.get(reason ?? 'unknown') ?? 0) + count);
  }
  const inLedger = Object.values(states).reduce((sum, count) => sum + count, 0);
  return {
    audience: input.audience,
    holdout: input.holdout,
    globalHoldout: input.globalHoldout,
    states,
    blocked: [...blocked]
      .map(([reason, people]) => ({ reason, people }))
      .sort((a, b) => b.people - a.people || (a.reason < b.reason ? -1 : 1)),
    unaccounted: input.audience - input.holdout - input.globalHoldout - inLedger,
  };
};

/** State → people of one variant. */
export const sendsOfVariant = (sends: readonly SendStateCount[], variant: string): Record<string, number> => {
  const states: Record<string, number> = {};
  for (const send of sends)
    if (send.variant === variant) states[send.state] = (states[send.state] ?? 0) + send.count;
  return states;
};
