import type { MonitorSettings } from './settings.ts';

/**
 * How many times the (tolerated) expectation each component bets on. Bets on every size are near one of these: between two
 * neighbours the growth of evidence is within a third of the best bet's.
 */
const RISES = [1.2, 1.6, 2.5, 6];
const DROPS = [0.8, 0.5, 0.15];

/** Factors of the components, rises first; each has the same prior weight. */
export const componentsOf = ({ directions }: Pick<MonitorSettings, 'directions'>): readonly number[] =>
  directions === 'rise' ? RISES : [...RISES, ...DROPS];

export const componentCount = (settings: Pick<MonitorSettings, 'directions'>): number =>
  componentsOf(settings).length;
