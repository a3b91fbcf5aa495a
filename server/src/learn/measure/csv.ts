import type { CampaignReport, Difference } from './report.ts';

export type Cell = string | number | null;

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe in front (S-11); numbers are written as they are.
 * Quoting as in RFC 4180, section 2.
 */
export const csvCell = (cell: Cell): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const safe = /^[=+\-@\t\r\n\0]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n\t\0']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');

const STATES = [
  'accepted',
  'rejected',
  'uncertain',
  'blocked',
  'held',
  'cancelled',
  'queued',
  'claimed',
  'attempting',
];

const differenceCells = (difference: Difference | undefined): Cell[] => {
  if (difference === undefined) return [null, null, null, null, null, null, null];
  if (!difference.answered) return [null, null, null, null, null, null, difference.reason];
  const { absolute, relative, verdict } = difference;
  return [
    absolute.estimate,
    absolute.low,
    absolute.high,
    relative?.estimate ?? null,
    relative?.low ?? null,
    relative?.high ?? null,
    verdict,
  ];
};

const DIFFERENCE = [
  'difference',
  'difference_low',
  'difference_high',
  'lift',
  'lift_low',
  'lift_high',
  'verdict',
];

/** One line per arm; differences are against `compared_with`. Money in minor units of `currency`. */
export const reportCsv = (report: CampaignReport): string => {
  const header = [
    'campaign',
    'as_of',
    'arm',
    'kind',
    'planned_share',
    'assigned',
    ...STATES,
    'clicked_people',
    'clicks_without_person',
    'unsubscribed',
    'ordered_people',
    'orders',
    'revenue_minor',
    'currency',
    'compared_with',
    ...DIFFERENCE.map((name) => `conversion_${name}`),
    ...DIFFERENCE.map((name) => `revenue_${name}`),
  ];
  const rows = report.arms.map((arm): Cell[] => {
    const comparison = report.comparisons.find((found) => found.treatment === arm.key);
    return [
      report.campaign.name,
      report.asOf.toISOString(),
      arm.key,
      arm.kind,
      arm.plannedShare,
      arm.assigned,
      ...STATES.map((state) => arm.sends[state] ?? 0),
      arm.clickedPeople,
      arm.clicksWithoutPerson,
      arm.unsubscribed,
      arm.orderedPeople,
      arm.orders,
      arm.revenueMinor,
      report.currency,
      comparison?.control ?? null,
      ...differenceCells(comparison?.conversion),
      ...differenceCells(comparison?.revenue),
    ];
  });
  return csvOf([header, ...rows]);
};
