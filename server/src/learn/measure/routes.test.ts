import { reportRoutes } from '@mesure/contract/report';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createExperiments } from '#choose/experiments';
import { createEventReader } from '#know/collect';
import { createHttp, type Http } from '#platform/http';
import { createTestStores, type TestStores } from '#testing';
import { bindReportRoutes, createMeasure } from './index.ts';

let stores: TestStores;
let http: Http;
let campaignId: string;

beforeAll(async () => {
  stores = await createTestStores();
  campaignId = stores.ids.next();
  const { database, clock, clickhouse, ids, workspaceId } = stores;
  const { assignments, enrolCampaign } = createExperiments();
  const variants = [{ key: 'a', weight: 1 }];
  const people = Array.from({ length: 200 }, () => ids.next());
  const drawn = await database.inWorkspace(workspaceId, (tx) =>
    enrolCampaign(tx, {
      campaignId,
      profileIds: people,
      eligibleAt: clock.now(),
      variants,
      holdoutShare: 0.2,
      globalHoldoutShare: 0,
    }),
  );
  const count = [...drawn.values()].filter(({ arm }) => arm === 'a').length;
  const settings = {
    get: async () => ({ currency: 'EUR', timeZone: 'Europe/Paris', experimentWindowDays: 7 }),
  };
  const measure = createMeasure({
    database,
    clock,
    assignments,
    settings,
    events: createEventReader({ database, clickhouse }),
    facts: {
      campaign: async () => ({
        id: campaignId,
        name: '+Printemps',
        state: 'sending',
        audience: 200,
        variants,
        holdoutShare: 0.2,
      }),
      sendStates: async () => [{ variant: 'a', state: 'accepted', reason: null, count }],
    },
  });
  http = await createHttp({
    log: stores.log,
    ids,
    authenticate: async () => ({
      kind: 'account',
      id: 'a1',
      name: 'Mia',
      roles: ['marketer'],
      workspaceId,
      personId: 'a1',
    }),
    tables: [reportRoutes],
    engines: [],
    registry: new Registry(),
    version: '0',
  });
  bindReportRoutes(http.app, { database, measure, settings });
});
afterAll(async () => {
  await http.stop();
  await stores.close();
});

it('answers the report with its finding in the language asked for', async () => {
  const answer = await http.app.inject(`/api/campaigns/${campaignId}/report?language=fr`);
  expect(answer.statusCode).toBe(200);
  const report = answer.json();
  expect(report.ledger.unaccounted).toBe(0);
  expect(report.comparisons[0].conversion).toMatchObject({
    answered: true,
    method: 'exact',
    verdict: 'not_yet',
  });
  expect(report.finding.status).toBe('not_yet');
  expect(report.finding.sentence).toMatch(
    /^Pas encore\u00a0: entre .* acheteurs de moins et .* de plus pour 100 personnes par rapport au groupe témoin .*jusqu’au 10 mars 2026\.$/,
  );
});

it('exports it as CSV that no spreadsheet runs', async () => {
  const answer = await http.app.inject(`/api/campaigns/${campaignId}/report.csv`);
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(answer.headers['content-disposition']).toContain(`campaign-${campaignId}.csv`);
  expect(answer.body.split('\r\n')[1]).toMatch(/^"'\+Printemps",2026-03-03T09:00:00.000Z,a,variant,0.8,/);
});
