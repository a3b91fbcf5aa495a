import type { Rule } from '@mesure/contract/segments';

/** What is under the pointer while something is dragged: browsers do not say it before the drop. */
export const dragged: { part: Rule | null } = { part: null };
