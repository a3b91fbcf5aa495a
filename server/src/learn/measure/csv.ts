import { ALL_VARIANTS, type CampaignReport, type Difference, type ReportArm } from './report.ts';

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

type Line = Omit<ReportArm, 'kind'> & { readonly kind: ReportArm['kind'] | 'variants' | 'not_drawn' };

const COUNTS = [
  'assigned',
  'clickedPeople',
  'clicksWithoutPerson',
  'unsubscribed',
  'orderedPeople',
  'orders',
  'revenueMinor',
] as const;

const sumOf = (arms: readonly ReportArm[], key: string): Line => {
  const counts = Object.fromEntries(
    COUNTS.map((name) => [name, arms.reduce((sum, arm) => sum + arm[name], 0)]),
  ) as Record<(typeof COUNTS)[number], number>;
  const sends = Object.fromEntries(
    STATES.map((state) => [state, arms.reduce((sum, arm) => sum + (arm.sends[state] ?? 0), 0)]),
  );
  return { key, kind: 'variants', plannedShare: null, sends, ...counts };
};

/** Those whom a rule blocked before anybody was drawn: with them the lines add up to the audience. */
const notDrawn = ({ arms, ledger }: CampaignReport): Line => {
  const drawn = sumOf(arms, '');
  return {
    ...sumOf([], 'not_drawn'),
    kind: 'not_drawn',
    assigned: ledger.audience - drawn.assigned,
    sends: Object.fromEntries(
      STATES.map((state) => [state, (ledger.states[state] ?? 0) - (drawn.sends[state] ?? 0)]),
    ),
  };
};

const linesOf = (report: CampaignReport): readonly Line[] => {
  const variants = report.arms.filter(({ kind }) => kind === 'variant');
  return [...report.arms, notDrawn(report), ...(variants.length > 1 ? [sumOf(variants, ALL_VARIANTS)] : [])];
};

/**
 * One line per arm, one for who was not drawn (together: the audience), and with several variants one for all of them.
 * Differences are against `compared_with`. Money in minor units of `currency`.
 */
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
  const rows = linesOf(report).map((arm): Cell[] => {
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
