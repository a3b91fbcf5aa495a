import { reportRoutes } from '@mesure/contract/report';
import type { Answerer } from '../answers/answers.ts';
import { follow, unsubscribe } from './answer-over-http.ts';
import { type Deed, deedsOf, type Reader, trueLift } from './answering.ts';
import { approveAndStart, type CampaignPlan, draftCampaign, untilQuiet } from './first-campaign.ts';
import { receivedMails } from './mailboxes.ts';
import type { Stage } from './stage.ts';
import { type Summary, summarise } from './summary.ts';

const hourMs = 3_600_000;
const windowDays = 7;

export interface CampaignWeek {
  readonly plan: CampaignPlan;
  /** Everybody who may order in the week, by address. */
  readonly people: ReadonlyMap<string, Answerer>;
  readonly categoryOf: (sku: string) => string | undefined;
  /** Takes the week's orders into the system, the way that shop does it. */
  readonly takeOrders: (orders: readonly Deed[]) => Promise<void>;
}

/** Moves the time hour by hour until nothing is held any more: quiet hours end somewhere at every hour. */
const untilSent = async (
  stage: Stage,
  campaignId: string,
  report: (detail: string) => void,
): Promise<void> => {
  for (let hour = 0; hour <= 48; hour += 1) {
    const progress = await untilQuiet(stage.team.marketer, campaignId, ({ counts }) =>
      report(`${counts.accepted ?? 0} accepted`),
    );
    if ((progress.counts.held ?? 0) === 0) return;
    stage.clock.advance(hourMs);
    stage.server.wake();
  }
};

const live = async (stage: Stage, deeds: readonly Deed[]): Promise<void> => {
  for (const deed of deeds) {
    stage.clock.set(deed.at);
    const { mail } = deed.reader;
    if (deed.kind === 'click' && mail?.productLinks[0]) await follow(mail.productLinks[0]);
    if (deed.kind === 'unsubscribe' && mail) await unsubscribe(mail);
  }
};

/** Draft, approval by somebody else, sending, a week of answers, and the report beside the truth. */
export const playCampaignWeek = async (stage: Stage, week: CampaignWeek): Promise<Summary> => {
  const { phases, team, clock, server } = stage;
  const campaign = await phases.run(
    'Drafting the campaign, approving it by somebody else',
    async (report) => {
      const draft = await draftCampaign(team.marketer, week.plan);
      const review = await approveAndStart(team, draft.id);
      report(`would reach ${review.wouldGet} of ${review.audience}`);
      return draft;
    },
  );
  const startedAt = clock.now();
  await phases.run('Sending through every rule', async (report) => {
    server.wake();
    await untilSent(stage, campaign.id, report);
  });
  const { readers, mailed } = await phases.run(
    'A week goes by: people read, click, leave, order',
    async (report) => {
      const mails = await receivedMails(server, {
        workspaceId: stage.workspaceId,
        since: startedAt,
        categoryOf: week.categoryOf,
      });
      const all: Reader[] = [...week.people].map(([email, person]) => ({ person, mail: mails.get(email) }));
      const from = clock.now();
      const days = windowDays - (from.getTime() - startedAt.getTime()) / (24 * hourMs) - 0.05;
      const deeds = deedsOf(all, { seed: stage.seed, occasion: campaign.id, from, days });
      await live(
        stage,
        deeds.filter(({ kind }) => kind !== 'order'),
      );
      clock.set(new Date(startedAt.getTime() + windowDays * 24 * hourMs));
      await week.takeOrders(deeds.filter(({ kind }) => kind === 'order'));
      server.wake();
      report(`${deeds.length} answers`);
      return { readers: all, mailed: all.filter(({ mail }) => mail) };
    },
  );
  return phases.run('Comparing with the people held out', async () => {
    await untilQuiet(team.marketer, campaign.id, () => undefined);
    const body = await team.marketer.call(reportRoutes.readCampaignReport, {
      params: { id: campaign.id },
      query: { language: 'en' },
    });
    const assigned = body.arms
      .filter(({ kind }) => kind === 'variant')
      .reduce((sum, arm) => sum + arm.assigned, 0);
    return summarise(body, {
      people: readers.length,
      truth: trueLift(mailed, { days: windowDays, assigned }),
      seconds: phases.seconds(),
    });
  });
};
