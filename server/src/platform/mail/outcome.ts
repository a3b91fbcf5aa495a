/** One message as it leaves: a single recipient, and bytes that are already complete MIME. */
export interface OutgoingMail {
  readonly envelope: { readonly from: string; readonly to: string };
  readonly raw: Buffer;
}

/**
 * What became of one attempt.
 * - `accepted`: the server took responsibility (final 2xx).
 * - `rejected`: a final 5xx about this message. `stage: 'recipient'` is a bounce of the address; `'message'` is about
 *   the content or the relay's policy and says nothing about the address.
 * - `deferred`: nothing was taken; trying later cannot make a duplicate. Includes refusals of the whole session
 *   (authentication, sender address): those are the operator's to repair, no recipient bounced.
 * - `uncertain`: the bytes had begun to leave and no final answer came. It may or may not have been delivered.
 */
export type SmtpOutcome =
  | { readonly kind: 'accepted'; readonly response: string }
  | {
      readonly kind: 'rejected';
      readonly permanent: true;
      readonly stage: 'recipient' | 'message';
      readonly code: number;
      readonly response: string;
    }
  | {
      readonly kind: 'deferred';
      readonly code?: number;
      readonly problem: SmtpProblem;
      readonly reason: string;
    }
  | { readonly kind: 'uncertain'; readonly reason: string };

/** Why nothing could be taken, so that a settings page can say what to do. */
export type SmtpProblem =
  | 'refused'
  | 'unreachable'
  | 'unknown_host'
  | 'timeout'
  | 'tls'
  | 'auth'
  | 'sender'
  | 'busy'
  | 'closed'
  | 'protocol';

export type SmtpVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: SmtpProblem; readonly reason: string; readonly code?: number };
