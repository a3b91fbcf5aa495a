import type { AuditReport } from './audit.ts';

/** A named human's reason to publish in spite of an alarm. */
export interface Justification {
  readonly by: string;
  readonly text: string;
}

export type Publication =
  | { readonly kind: 'open' }
  /** Held until somebody with a name writes why. */
  | { readonly kind: 'held'; readonly alarms: readonly string[] }
  | { readonly kind: 'justified'; readonly alarms: readonly string[]; readonly by: string };

/**
 * Whether a selection may be published after its audit: an alarm holds it until a named human has written a justification. Blank names and
 * texts are none. Small groups do not hold it, nor do they clear it: show `notAssessable` beside. O(attributes).
 *
 * @example publicationOf(report) // { kind: 'held', alarms: ['origin: selection, lowest b'] }
 */
export const publicationOf = (report: AuditReport, justification?: Justification): Publication => {
  const alarms = report.attributes.flatMap(({ attribute, compared }) =>
    Object.entries(compared).flatMap(([metric, { watched, state, lowest }]) =>
      watched && state === 'alarm' ? [`${attribute}: ${metric}, lowest ${lowest}`] : [],
    ),
  );
  if (alarms.length === 0) return { kind: 'open' };
  const by = justification?.by.trim() ?? '';
  return by === '' || (justification?.text.trim() ?? '') === ''
    ? { kind: 'held', alarms }
    : { kind: 'justified', alarms, by };
};
