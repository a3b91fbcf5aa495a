import { createHmac } from 'node:crypto';
import { appError } from '#platform/errors';
import type { Tx } from '#platform/postgres';
import type { AccessDeps } from './access-deps.ts';
import { countFailures } from './read.ts';
import { forgetFailures, recordFailures } from './session-store.ts';

const windowMs = 15 * 60_000;

/** Failures per window after which sign-in pauses. From one network, so that a stranger can hardly lock somebody out. */
const limits = [
  { of: 'account from one network', failures: 10 },
  { of: 'account', failures: 50 },
  { of: 'network', failures: 100 },
] as const;

export interface SignInBrake {
  /** Refuses with `rate_limited` after too many failures, whether the account exists or not (S-23). */
  readonly check: (emailKey: string, network: string) => Promise<void>;
  readonly failed: (emailKey: string, network: string) => Promise<void>;
  /** Part of the transaction that signs in. */
  readonly succeeded: (tx: Tx, emailKey: string, network: string) => Promise<void>;
}

type Deps = Pick<AccessDeps, 'database' | 'wallClock' | 'secrets'>;

export const createSignInBrake = ({ database, wallClock, secrets }: Deps): SignInBrake => {
  const key = secrets.key('sign-in-failures');
  const subject = (...parts: readonly string[]): Buffer =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest();
  /** In the order of `limits`. */
  const subjects = (emailKey: string, network: string): Buffer[] => [
    subject('account', emailKey, network),
    subject('account', emailKey),
    subject('network', network),
  ];
  return {
    check: async (emailKey, network) => {
      const since = new Date(wallClock.now().getTime() - windowMs);
      const counts = await database.inSystem((tx) => countFailures(tx, subjects(emailKey, network), since));
      if (!limits.some((limit, index) => (counts[index] ?? 0) >= limit.failures)) return;
      throw appError('rate_limited', {
        message: 'Too many failed sign-ins. Wait fifteen minutes and try again.',
        details: { retryAfterSeconds: windowMs / 1000 },
      });
    },
    failed: async (emailKey, network) => {
      await database.inSystem((tx) => recordFailures(tx, subjects(emailKey, network), wallClock.now()));
    },
    succeeded: async (tx, emailKey, network) => {
      const since = new Date(wallClock.now().getTime() - windowMs);
      await forgetFailures(tx, [subject('account', emailKey, network)], since);
    },
  };
};
