import { eBenjaminiHochberg } from '../../verdicts/index.ts';

/**
 * e-BH over `family` series of which only some are handed in: those with too little evidence for any list can be left out, since
 * its thresholds are family/(k alpha) >= 1/alpha. With m candidates at level alpha m/family the thresholds are the same.
 */
export const rejectAmong = (
  logE: readonly number[],
  family: number,
  falseDiscoveryRate: number,
): readonly boolean[] =>
  logE.length === 0
    ? []
    : eBenjaminiHochberg(logE, (falseDiscoveryRate * logE.length) / Math.max(family, logE.length)).rejected;
