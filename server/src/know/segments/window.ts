import type { Window } from '@mesure/contract/segments';
import { Temporal } from 'temporal-polyfill';

export interface RuleMoment {
  /** The business clock's now. */
  readonly now: Date;
  /** IANA name: where a date alone begins at midnight. Default UTC. */
  readonly workspaceTimeZone?: string | undefined;
}

/** Half-open at one end or the other; absent: no bound. */
export interface Range {
  readonly after?: Date;
  readonly from?: Date;
  readonly until?: Date;
  readonly before?: Date;
}

const UNIT_MS = { hours: 3_600_000, days: 86_400_000 } as const;

export const ago = (now: Date, amount: number, unit: keyof typeof UNIT_MS): Date =>
  new Date(now.getTime() - amount * UNIT_MS[unit]);

/** The event store's instants reach from 1900 to 2299. */
const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(2299, 11, 31);

const instantOf = (text: string, timeZone: string): Date => {
  const ms = text.includes('T')
    ? Date.parse(text)
    : Temporal.PlainDate.from(text).toZonedDateTime({ timeZone }).epochMilliseconds;
  return new Date(Math.min(LATEST, Math.max(EARLIEST, ms)));
};

export const rangeOf = (window: Window | undefined, moment: RuleMoment): Range => {
  if (window === undefined) return {};
  if (window.kind === 'last')
    return { after: ago(moment.now, window.amount, window.unit), until: moment.now };
  const timeZone = moment.workspaceTimeZone ?? 'UTC';
  return {
    ...(window.from === undefined ? {} : { from: instantOf(window.from, timeZone) }),
    ...(window.to === undefined ? {} : { before: instantOf(window.to, timeZone) }),
  };
};
