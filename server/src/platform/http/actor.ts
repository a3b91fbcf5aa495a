import type { Role } from '@mesure/contract';

/** Who is acting. Made by guard's authenticator, or by a job for `system`. */
export interface Actor {
  readonly kind: 'account' | 'token' | 'system';
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly workspaceId: string;
  /**
   * The person who answers for this act: the account itself, or the account that made the token; null for the local
   * command line and for jobs. Four-eyes rules compare this, so that nobody approves through a token of their own.
   */
  readonly personId: string | null;
}
