import { type Arm, sampleRatio } from '@mesure/engine/experiment';
import { campaignArms, GLOBAL_HOLDOUT, HOLDOUT } from '#choose/experiments';
import type { EventReader } from '#know/collect';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import type { Database } from '#platform/postgres';
import { ALPHA, compareArms, earlierOf } from './compare.ts';
import { ledgerOf, sendsOfVariant } from './ledger.ts';
import { type ArmOutcomes, collectOutcomes } from './outcomes.ts';
import { type AnswerCount, readAnswers, readOrders } from './outcomes-read.ts';
import type { AssignmentsPort, CampaignFact, CampaignFacts, SendStateCount, SettingsPort } from './ports.ts';
import type { ArmKind, CampaignReport, ReportArm } from './report.ts';

export interface MeasureDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly facts: CampaignFacts;
  readonly assignments: AssignmentsPort;
  readonly events: EventReader;
  readonly settings: SettingsPort;
}

export interface Measure {
  /** Readable while the campaign runs. A campaign that does not exist is an error. */
  readonly campaignReport: (workspaceId: string, campaignId: string) => Promise<CampaignReport>;
}

const DAY_MS = 86_400_000;
const PAGE = 20_000;
/** A draw with other sizes than planned this clearly is a fault of the draw, not chance. */
const MISMATCH = 0.01;

interface Start {
  readonly fact: CampaignFact;
  readonly sends: readonly SendStateCount[];
  readonly summary: Awaited<ReturnType<AssignmentsPort['summary']>>;
  readonly currency: string;
  readonly windowMs: number;
}

const kindOf = (key: string): ArmKind =>
  key === HOLDOUT ? 'holdout' : key === GLOBAL_HOLDOUT ? 'global_holdout' : 'variant';

const extremes = (summary: Start['summary']) => ({
  first:
    summary.length === 0 ? null : new Date(Math.min(...summary.map((arm) => arm.firstEligibleAt.getTime()))),
  last:
    summary.length === 0 ? null : new Date(Math.max(...summary.map((arm) => arm.lastEligibleAt.getTime()))),
});

const presentArm = (input: {
  readonly key: string;
  readonly planned: readonly Arm[];
  readonly outcomes: ArmOutcomes | undefined;
  readonly sends: readonly SendStateCount[];
  readonly answers: readonly AnswerCount[];
}): ReportArm => {
  const { key, outcomes } = input;
  const answer = (name: AnswerCount['name']) =>
    input.answers.find((found) => found.name === name && found.variant === key);
  const clicks = answer('message_clicked');
  const left = answer('unsubscribed');
  return {
    key,
    kind: kindOf(key),
    plannedShare: input.planned.find((arm) => arm.key === key)?.share ?? null,
    assigned: outcomes?.people ?? 0,
    sends: sendsOfVariant(input.sends, key),
    clickedPeople: clicks?.people ?? 0,
    clicksWithoutPerson: clicks?.withoutPerson ?? 0,
    unsubscribed: (left?.people ?? 0) + (left?.withoutPerson ?? 0),
    orderedPeople: outcomes?.orderedPeople ?? 0,
    orders: outcomes?.orders ?? 0,
    revenueMinor: outcomes?.revenueMinor ?? 0,
  };
};

const ratioOf = (
  planned: readonly Arm[],
  arms: ReadonlyMap<string, ArmOutcomes>,
): CampaignReport['sampleRatio'] => {
  const counts = planned.map((arm) => arms.get(arm.key)?.people ?? 0);
  if (planned.length < 2 || counts.every((count) => count === 0)) return null;
  const found = sampleRatio(
    counts,
    planned.map((arm) => arm.share),
  );
  return { ...found, asPlanned: found.anytimePValue >= MISMATCH };
};

export const createMeasure = (deps: MeasureDeps): Measure => {
  const { database, events } = deps;

  const start = (workspaceId: string, campaignId: string): Promise<Start> =>
    database.inWorkspace(workspaceId, async (tx) => {
      const fact = await deps.facts.campaign(tx, campaignId);
      if (fact === null) throw appError('not_found', { message: 'There is no campaign under this id.' });
      const settings = await deps.settings.get(tx);
      return {
        fact,
        sends: await deps.facts.sendStates(tx, campaignId),
        summary: await deps.assignments.summary(tx, campaignId),
        currency: settings.currency,
        windowMs: (fact.windowDays ?? settings.experimentWindowDays) * DAY_MS,
      };
    });

  /** Every person once, page by page: memory holds the people who ordered, not the audience. */
  const outcomesOf = async (workspaceId: string, { fact, summary, currency, windowMs }: Start, now: Date) => {
    const { first, last } = extremes(summary);
    if (first === null || last === null) return new Map<string, ArmOutcomes>();
    const orders = await readOrders(events, workspaceId, {
      from: new Date(first.getTime() - windowMs),
      to: new Date(Math.min(now.getTime(), last.getTime() + windowMs)),
      currency,
    });
    const collector = collectOutcomes(orders, windowMs);
    await database.inWorkspace(workspaceId, async (tx) => {
      for (let after: string | undefined; ; ) {
        const page = await deps.assignments.page(tx, {
          experiment: fact.id,
          limit: PAGE,
          ...(after === undefined ? {} : { after }),
        });
        for (const assignment of page) collector.add(assignment);
        after = page[page.length - 1]?.profileId;
        if (page.length < PAGE || after === undefined) break;
      }
    });
    return collector.arms;
  };

  return {
    campaignReport: async (workspaceId, campaignId) => {
      const now = deps.clock.now();
      const begun = await start(workspaceId, campaignId);
      const { fact, sends, summary, windowMs } = begun;
      const { first, last } = extremes(summary);
      const outcomes = await outcomesOf(workspaceId, begun, now);
      const answers =
        first === null ? [] : await readAnswers(events, workspaceId, { campaignId, from: first });
      const planned = campaignArms(fact);
      const earlier = earlierOf([...outcomes.values()]);
      const ratio = ratioOf(planned, outcomes);
      const peopleIn = (key: string): number => outcomes.get(key)?.people ?? 0;
      const keys = [...fact.variants.map((variant) => variant.key), HOLDOUT, GLOBAL_HOLDOUT].filter(
        (key) => kindOf(key) === 'variant' || peopleIn(key) > 0,
      );
      const assigned = [...outcomes.values()].reduce((sum, arm) => sum + arm.people, 0);
      const endsAt = last === null ? null : new Date(last.getTime() + windowMs);
      return {
        campaign: { id: fact.id, name: fact.name, state: fact.state },
        asOf: now,
        currency: begun.currency,
        confidence: 1 - ALPHA,
        window: {
          days: windowMs / DAY_MS,
          firstEligibleAt: first,
          endsAt,
          complete: endsAt !== null && endsAt <= now,
        },
        arms: keys.map((key) => presentArm({ key, planned, outcomes: outcomes.get(key), sends, answers })),
        comparisons:
          ratio?.asPlanned === false
            ? []
            : compareArms({
                arms: outcomes,
                variants: fact.variants.map((variant) => variant.key),
                holdout: HOLDOUT,
                earlier,
              }),
        sampleRatio: ratio,
        moneyCapMinor: earlier.moneyCapMinor,
        otherCurrencyOrders: [...outcomes.values()].reduce((sum, arm) => sum + arm.otherCurrencyOrders, 0),
        ledger: ledgerOf({
          audience: fact.audience ?? assigned,
          holdout: peopleIn(HOLDOUT),
          globalHoldout: peopleIn(GLOBAL_HOLDOUT),
          sends,
        }),
      };
    },
  };
};
