import { campaignRoutes } from '@mesure/contract/campaigns';
import type { Client } from '@mesure/contract/client';
import { type CampaignReportBody, reportRoutes } from '@mesure/contract/report';
import { type Terminal, table } from '../terminal.ts';

export const listCampaigns = async (client: Client, terminal: Terminal): Promise<void> => {
  const { items } = await client.call(campaignRoutes.listCampaigns, { query: { limit: 50 } });
  if (items.length === 0) {
    terminal.print('There is no campaign yet. Draft one: mesure call createCampaign --body \'{"name":"…"}\'');
    return;
  }
  terminal.print(table(items.map(({ id, state, name }) => [id, state, name])));
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const differenceOf = (difference: CampaignReportBody['comparisons'][number]['conversion']): string =>
  difference.answered
    ? `${percent(difference.absolute.estimate)} (95 %: ${percent(difference.absolute.low)} to ${percent(difference.absolute.high)}), ${difference.verdict.replace('_', ' ')}`
    : `no number yet: ${difference.reason.replaceAll('_', ' ')}${difference.needed === null ? '' : ` (${difference.have ?? 0} of ${difference.needed})`}`;

const showReport = (report: CampaignReportBody): string => {
  const { ledger } = report;
  const arms = table([
    ['', 'assigned', 'accepted', 'clicked', 'ordered', 'left'],
    ...report.arms.map((arm) => [
      arm.key,
      arm.assigned,
      arm.sends.accepted ?? 0,
      arm.clickedPeople + arm.clicksWithoutPerson,
      arm.orderedPeople,
      arm.unsubscribed,
    ]),
  ]);
  const comparisons = report.comparisons.map(
    ({ treatment, control, conversion }) => `${treatment} against ${control}: ${differenceOf(conversion)}`,
  );
  const blocked = ledger.blocked.map(({ reason, people }) => [
    `    blocked: ${reason.replaceAll('_', ' ')}`,
    people,
  ]);
  const states = Object.entries(ledger.states).map(([state, people]) => [`  ${state}`, people]);
  const people = table([
    ['audience', ledger.audience],
    ['  held out', ledger.holdout + ledger.globalHoldout],
    ...states,
    ...blocked,
    ['  unaccounted', ledger.unaccounted],
  ]);
  return [report.finding.sentence, '', arms, '', ...comparisons, '', people].join('\n');
};

export const reportCampaign = async (
  client: Client,
  terminal: Terminal,
  request: {
    readonly id: string;
    readonly csv?: boolean;
    readonly json?: boolean;
    readonly language: 'en' | 'fr';
  },
): Promise<void> => {
  const options = { params: { id: request.id }, query: { language: request.language } };
  if (request.csv) terminal.print((await client.call(reportRoutes.exportCampaignReport, options)).trimEnd());
  else {
    const report = await client.call(reportRoutes.readCampaignReport, options);
    terminal.print(request.json ? JSON.stringify(report) : showReport(report));
  }
};
