import type { HomeBody, HomeFindings } from '@mesure/contract/home';
import type { Actor } from '#guard/access';
import { hasCommittedImport, waitingImports } from '#know/imports';
import type { Tx } from '#platform/postgres';
import { begunCampaigns, campaignNames, campaignTotals, waitingCampaigns } from '#reach/campaigns';
import { type LedgerSummary, runTroubles } from '#reach/delivery';
import { readHappened } from './answers-read.ts';
import { createFindings } from './findings.ts';
import { createLedgerPass } from './ledger-pass.ts';
import { notSent } from './not-sent.ts';
import type { HomeDeps } from './ports.ts';
import { stepsOf } from './steps.ts';
import { type WaitingFacts, waitingFor } from './waiting.ts';
import { weekBefore } from './week.ts';

export interface Home {
  readonly read: (actor: Actor, language: 'en' | 'fr') => Promise<HomeBody>;
  readonly findings: (workspaceId: string, language: 'en' | 'fr') => Promise<HomeFindings>;
}

const MOST_FINISHED = 5;
const MOST_FINDINGS = 100;

const uncertainOf = (ledger: readonly LedgerSummary[]): WaitingFacts['uncertain'] =>
  ledger
    .filter(({ state }) => state === 'uncertain')
    .map(({ campaignId, count, first }) => ({ campaignId, count, since: first }));

const sumOf = (ledger: readonly LedgerSummary[], state: LedgerSummary['state']): number =>
  ledger.reduce((sum, row) => (row.state === state ? sum + row.countSince : sum), 0);

export const createHome = (deps: HomeDeps): Home => {
  const findings = createFindings(deps);
  const ledgerPass = createLedgerPass();

  const readAll = async (tx: Tx, since: Date) => {
    const campaigns = await waitingCampaigns(tx, since);
    const toReview = campaigns.filter(({ state }) => state === 'in_review');
    const messages = await deps.messages.latest(tx, [
      ...new Set(toReview.flatMap(({ messageIds }) => messageIds)),
    ]);
    const ledger = await ledgerPass(tx, since);
    const troubles = await runTroubles(tx);
    const brakes = await deps.brake.state(tx);
    const uncertain = uncertainOf(ledger);
    const names = new Map(campaigns.map(({ id, name }) => [id, name]));
    const unnamed = [
      ...troubles.map(({ campaignId }) => campaignId),
      ...uncertain.map(({ campaignId }) => campaignId),
      ...brakes.flatMap(({ scopeId }) => scopeId ?? []),
    ].filter((id) => !names.has(id));
    for (const [id, name] of await campaignNames(tx, [...new Set(unnamed)])) names.set(id, name);
    return {
      campaigns,
      writers: new Map([...messages.values()].map(({ messageId, writtenBy }) => [messageId, writtenBy])),
      ledger,
      troubles,
      uncertain,
      names,
      brakes,
      totals: await campaignTotals(tx, since),
      holds: await deps.delivery.holds(tx),
      sender: await deps.sender.overview(tx),
      imports: await waitingImports(tx),
      hasData: await hasCommittedImport(tx),
      hasAudience: (await deps.segments.list(tx, { limit: 1 })).length > 0,
      hasMessage: (await deps.messages.list(tx, { limit: 1 })).items.length > 0,
    };
  };

  return {
    findings: async (workspaceId, language) => {
      const begun = await deps.database.inWorkspace(workspaceId, (tx) => begunCampaigns(tx, MOST_FINDINGS), {
        readOnly: true,
      });
      return {
        items: begun.map(({ id, people }) => ({
          campaignId: id,
          people,
          finding: findings({ workspaceId, campaignId: id, language }),
        })),
      };
    },
    read: async (actor, language) => {
      const { workspaceId } = actor;
      const now = deps.clock.now();
      const since = weekBefore(now, await deps.timeZone(workspaceId));
      const [facts, happened, team] = await Promise.all([
        deps.database.inWorkspace(workspaceId, (tx) => readAll(tx, since), { readOnly: true }),
        readHappened(deps.events, workspaceId, { since, until: now }),
        deps.team.list(workspaceId),
      ]);
      const { ledger, totals, sender, brakes } = facts;
      const [state] = brakes;
      if (!state) throw new Error('The brake has no state');
      const finished = facts.campaigns
        .flatMap(({ id, name, finishedAt }) => (finishedAt ? [{ id, name, finishedAt }] : []))
        .toSorted((a, b) => b.finishedAt.getTime() - a.finishedAt.getTime())
        .slice(0, MOST_FINISHED);
      return {
        asOf: now.toISOString(),
        waiting: [
          ...waitingFor(
            { ...facts, workspaceId, senderProblems: sender.problems.map(({ code }) => code) },
            actor,
          ),
        ],
        happened: {
          since: since.toISOString(),
          sent: sumOf(ledger, 'accepted'),
          ...happened,
          finished: finished.map(({ id, name, finishedAt }) => ({
            id,
            name,
            finishedAt: finishedAt.toISOString(),
            finding: findings({ workspaceId, campaignId: id, language }),
          })),
        },
        notSent: {
          last7Days: plain(
            notSent(
              ledger,
              { holdout: totals.holdoutSince, globalHoldout: totals.globalHoldoutSince },
              (row) => row.countSince,
            ),
          ),
          sinceStart: plain(notSent(ledger, totals, (row) => row.count)),
        },
        steps: stepsOf({
          hasIdentity: sender.identities.length > 0,
          canSend: !sender.problems.some(({ code }) => code !== 'identity_missing'),
          hasOtherApprover: team.some(
            ({ accountId, roles, disabled }) =>
              !disabled &&
              accountId !== actor.personId &&
              (roles.includes('approver') || roles.includes('admin')),
          ),
          hasData: facts.hasData,
          hasAudience: facts.hasAudience,
          hasMessage: facts.hasMessage,
          hasCampaign: totals.campaigns > 0,
        }),
        brake: {
          engaged: state.engaged,
          state: {
            ...state,
            changedAt: state.changedAt?.toISOString() ?? null,
            release: state.release && {
              ...state.release,
              requestedAt: state.release.requestedAt.toISOString(),
            },
          },
          campaigns: brakes.filter(({ scope, engaged }) => scope === 'campaign' && engaged).length,
        },
      };
    },
  };
};

const plain = ({ total, byReason }: ReturnType<typeof notSent>) => ({ total, byReason: [...byReason] });
