import type { Both, Where } from './message.ts';

/** An `error` keeps a message from review; a `warning` is shown beside it. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: Both;
  readonly where: Where;
}
