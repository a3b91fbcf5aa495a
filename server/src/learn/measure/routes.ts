import { reportRoutes } from '@mesure/contract/report';
import type { FastifyInstance } from 'fastify';
import { bindRoute } from '#platform/http';
import type { Database } from '#platform/postgres';
import { reportCsv } from './csv.ts';
import { findingOf, type Language } from './finding.ts';
import type { SettingsPort } from './ports.ts';
import type { CampaignReport } from './report.ts';
import type { Measure } from './service.ts';

export interface ReportRoutesDeps {
  readonly database: Database;
  readonly measure: Measure;
  readonly settings: SettingsPort;
}

const present = (
  report: CampaignReport,
  options: { readonly language: Language; readonly timeZone: string },
) => ({
  ...report,
  asOf: report.asOf.toISOString(),
  window: {
    ...report.window,
    firstEligibleAt: report.window.firstEligibleAt?.toISOString() ?? null,
    endsAt: report.window.endsAt?.toISOString() ?? null,
  },
  finding: findingOf(report, options),
});

export const bindReportRoutes = (
  app: FastifyInstance,
  { database, measure, settings }: ReportRoutesDeps,
): void => {
  bindRoute(app, reportRoutes.readCampaignReport, async ({ workspaceId, params, query }) => {
    const report = await measure.campaignReport(workspaceId, params.id);
    const { timeZone } = await database.inWorkspace(workspaceId, settings.get);
    return present(report, { language: query.language, timeZone });
  });

  bindRoute(app, reportRoutes.exportCampaignReport, async ({ workspaceId, params, reply }) => {
    const report = await measure.campaignReport(workspaceId, params.id);
    reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="campaign-${params.id}.csv"`);
    return reportCsv(report);
  });
};
