import type { CampaignReportBody } from '@mesure/contract/report';

export interface Summary {
  readonly people: number;
  readonly audience: number;
  readonly accepted: number;
  readonly blocked: number;
  readonly blockedBy: Readonly<Record<string, number>>;
  readonly held: number;
  readonly uncertain: number;
  readonly rejected: number;
  readonly cancelled: number;
  /** Both holdouts: the permanent one and the campaign's. */
  readonly holdout: number;
  readonly unaccounted: number;
  /** Of the people drawn into a variant. */
  readonly acceptedShareOfEligible: number;
  readonly clicks: number;
  readonly clicksWithoutPerson: number;
  readonly unsubscribed: number;
  readonly orders: number;
  /** Share of people who ordered, all variants together against the holdout. */
  readonly lift: { readonly estimate: number; readonly low: number; readonly high: number } | null;
  readonly simulatedTruth: number;
  readonly truthInsideInterval: boolean | null;
  readonly finding: string;
  readonly simulated: true;
  readonly seconds: Readonly<Record<string, number>>;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

export const summarise = (
  report: CampaignReportBody,
  known: {
    readonly people: number;
    readonly truth: number;
    readonly seconds: Readonly<Record<string, number>>;
  },
): Summary => {
  const { ledger } = report;
  const state = (name: string): number => ledger.states[name] ?? 0;
  const variants = report.arms.filter(({ kind }) => kind === 'variant');
  const overall = report.comparisons.find(({ treatment }) => treatment === 'all') ?? report.comparisons[0];
  const lift = overall?.conversion.answered ? overall.conversion.absolute : null;
  return {
    people: known.people,
    audience: ledger.audience,
    accepted: state('accepted'),
    blocked: state('blocked'),
    blockedBy: Object.fromEntries(ledger.blocked.map(({ reason, people }) => [reason, people])),
    held: state('held'),
    uncertain: state('uncertain'),
    rejected: state('rejected'),
    cancelled: state('cancelled'),
    holdout: ledger.holdout + ledger.globalHoldout,
    unaccounted: ledger.unaccounted,
    acceptedShareOfEligible: state('accepted') / Math.max(1, sum(variants.map(({ assigned }) => assigned))),
    clicks: sum(
      variants.map(({ clickedPeople, clicksWithoutPerson }) => clickedPeople + clicksWithoutPerson),
    ),
    clicksWithoutPerson: sum(variants.map(({ clicksWithoutPerson }) => clicksWithoutPerson)),
    unsubscribed: sum(variants.map(({ unsubscribed }) => unsubscribed)),
    orders: sum(report.arms.map(({ orders }) => orders)),
    lift,
    simulatedTruth: known.truth,
    truthInsideInterval: lift ? known.truth >= lift.low && known.truth <= lift.high : null,
    finding: report.finding.sentence,
    simulated: true,
    seconds: known.seconds,
  };
};

const points = (share: number): string => `${(100 * share).toFixed(1)} points`;

export const printSummary = (summary: Summary): string => {
  const rows: readonly (readonly [label: string, value: string | number])[] = [
    ['people known', summary.people],
    ['audience', summary.audience],
    ['  held out', summary.holdout],
    ['  blocked', summary.blocked],
    ...Object.entries(summary.blockedBy).map(([reason, people]) => [`    ${reason}`, people] as const),
    ['  accepted', summary.accepted],
    ['  rejected', summary.rejected],
    ['  held until later', summary.held],
    ['  uncertain', summary.uncertain],
    ['  cancelled', summary.cancelled],
    ['  unaccounted', summary.unaccounted],
    ['clicks', summary.clicks],
    ['unsubscribed', summary.unsubscribed],
    ['orders in the window', summary.orders],
    [
      'lift of orders per person',
      summary.lift
        ? `${points(summary.lift.estimate)} (95 %: ${points(summary.lift.low)} to ${points(summary.lift.high)})`
        : 'not yet',
    ],
    ['simulated truth', points(summary.simulatedTruth)],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.map(
    ([label, value]) =>
      `${label.padEnd(width)}  ${typeof value === 'number' ? String(value).padStart(6) : value}`,
  );
  return [...lines, '', summary.finding, 'Customers and their answers are simulated.'].join('\n');
};
