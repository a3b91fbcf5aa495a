import type { Actor } from '#guard/access';
import type { Profile } from '#know/profiles';
import { appError } from '#platform/errors';
import { found, personOf } from './drafts.ts';
import { planOf, standingOf } from './outside.ts';
import type { CampaignsDeps } from './ports.ts';
import { campaignById } from './read.ts';
import { takeTest } from './test-limit.ts';

export interface TestOutcome {
  readonly to: string;
  readonly outcome: 'accepted' | 'rejected' | 'deferred' | 'uncertain';
  readonly detail: string;
}

/** A reader nobody is: for a test before there is an audience. */
const nobody = (id: string, email: string, language: 'en' | 'fr'): Profile => ({
  id,
  externalId: null,
  email,
  firstName: 'Camille',
  lastName: 'Martin',
  language,
  timeZone: null,
  country: 'FR',
  region: null,
  city: 'Paris',
  traits: {},
  simulated: true,
});

/** One variant to the actor's own address, marked [test]. Audited; not in the ledger, so it counts nowhere. */
export const createTestSend =
  (deps: CampaignsDeps) =>
  async (
    workspaceId: string,
    id: string,
    input: { readonly variant: string; readonly profileId?: string | undefined; readonly actor: Actor },
  ): Promise<TestOutcome> => {
    const { actor } = input;
    const to = await deps.addressOf(actor);
    if (!to) {
      throw appError('forbidden', {
        message: 'A test message goes to your own address, and this key has none. Sign in with your account.',
        details: { reason: 'person_needed' },
      });
    }
    const { plan, profile, variant } = await deps.database.inWorkspace(workspaceId, async (tx) => {
      const campaign = found(await campaignById(tx, id));
      const { outside } = await standingOf(deps, tx, campaign);
      const plan = planOf({
        campaign,
        outside,
        words: { en: '', fr: '' },
        approverNames: [],
        globalHoldoutShare: 0,
        modelVersions: {},
      });
      const variant = plan.variants.find(({ key }) => key === input.variant);
      if (!variant) {
        throw appError('not_found', {
          message: `This campaign has no variant ${input.variant}.`,
          details: { reason: 'no_variant' },
        });
      }
      const language = outside.versions.get(variant.messageId)?.language ?? 'en';
      const known = input.profileId
        ? (await deps.profiles.byIds(tx, [input.profileId])).get(input.profileId)
        : undefined;
      if (input.profileId && !known)
        throw appError('not_found', { message: 'There is no profile under this id.' });
      return { plan, variant, profile: known ?? nobody(deps.ids.next(), to, language) };
    });
    const ranked =
      plan.productCount > 0
        ? await deps.recommend.forProfiles(workspaceId, [profile.id], {
            count: plan.productCount,
            now: deps.clock.now(),
          })
        : new Map();
    const products = ranked.get(profile.id) ?? [];
    const catalog = await deps.database.inWorkspace(workspaceId, (tx) =>
      deps.products.bySku(
        tx,
        products.map(({ sku }: { readonly sku: string }) => sku),
      ),
    );
    const composed = await deps.composer.test({
      workspaceId,
      run: plan,
      draft: {
        sendId: null,
        decisionId: null,
        profileId: profile.id,
        profile,
        variant,
        products,
        clickTracking: false,
      },
      catalog,
      to,
      messageId: deps.ids.next(),
    });
    if (!composed.ok) {
      throw appError('unprocessable', { message: composed.error, details: { reason: composed.reason } });
    }
    await deps.database.inWorkspace(workspaceId, async (tx) => {
      await takeTest(tx, deps, personOf(actor).id);
      await deps.audit.record(tx, {
        actor,
        action: 'campaign.test_sent',
        subject: { kind: 'campaign', id },
        after: { variant: variant.key, contentHash: variant.contentHash },
      });
    });
    const answer = await (await deps.transport(workspaceId)).send(composed.mail);
    const detail = 'response' in answer ? answer.response : answer.reason;
    return { to, outcome: answer.kind, detail };
  };
