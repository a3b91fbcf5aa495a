import type { Profile } from '#know/profiles';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import { ZERO_UUID } from '#platform/ids';
import type { Database } from '#platform/postgres';
import { takeTest } from '#reach/campaigns';
import { type MessageVersion, type SendTest, versionKey } from '#reach/content';
import { createComposer, type RunPlan } from '#reach/delivery';
import type { App } from './app.ts';

const shownProducts = 3;

/** A reader nobody is: for a shop that knows nobody yet. */
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

/** A message to whoever writes it, before it belongs to a campaign: made and signed as a campaign's would be. */
export const messageTestOf =
  (app: App, { database, clock }: { readonly database: Database; readonly clock: Clock }): SendTest =>
  async (workspaceId, { source, compiled, profileId, actor }) => {
    const { email: to } = await app.access.introduce(actor);
    if (!to) {
      throw appError('forbidden', {
        message: 'A test message goes to your own address, and this key has none. Sign in with your account.',
        details: { reason: 'person_needed' },
      });
    }
    const { profile, entityId, campaignName } = await database.inWorkspace(workspaceId, async (tx) => {
      const entity = await app.consents.entities.default(tx);
      if (!entity) {
        throw appError('unprocessable', {
          message: 'There is no sender yet: set up who sends, and from which address, in the settings.',
          details: { reason: 'no_sender' },
        });
      }
      const known =
        profileId === undefined
          ? nobody(app.ids.next(), to, source.language)
          : (await app.profiles.byIds(tx, [profileId])).get(profileId);
      if (!known) throw appError('not_found', { message: 'There is no profile under this id.' });
      return { profile: known, entityId: entity.id, campaignName: entity.name };
    });
    const now = clock.now();
    const ranked = await app.recommend.forProfiles(workspaceId, [profile.id], { count: shownProducts, now });
    const products = ranked.get(profile.id) ?? [];
    const catalog = await database.inWorkspace(workspaceId, (tx) =>
      app.products.bySku(
        tx,
        products.map(({ sku }) => sku),
      ),
    );

    const messageId = app.ids.next();
    const version: MessageVersion = {
      id: messageId,
      messageId,
      version: 1,
      contentHash: compiled.hash,
      subject: source.subject,
      mjml: source.mjml,
      text: source.text ?? null,
      language: source.language,
      compiled,
      createdAt: now,
      createdBy: actor.name,
      writtenBy: actor.personId,
    };
    const variant = {
      key: 'A',
      messageId,
      subject: source.subject,
      share: 1,
      contentHash: compiled.hash,
    };
    const run: RunPlan = {
      campaignId: ZERO_UUID,
      campaignName,
      entityId,
      topic: null,
      variants: [variant],
      productCount: shownProducts,
      onPressure: 'block',
      approverNames: [],
      audienceRule: { words: { en: '', fr: '' }, hash: '' },
      holdoutShare: 0,
      globalHoldoutShare: 0,
      modelVersions: {},
    };
    // The only text that this composer knows is the draft.
    const composer = createComposer({
      database,
      clock,
      tokens: app.tokens,
      renderer: app.content.renderer,
      messages: { approved: async () => new Map([[versionKey(version), version]]) },
      sender: app.sender,
    });
    const composed = await composer.test({
      workspaceId,
      run,
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
      messageId: app.ids.next(),
    });
    if (!composed.ok) {
      throw appError('unprocessable', { message: composed.error, details: { reason: composed.reason } });
    }
    await database.inWorkspace(workspaceId, async (tx) => {
      await takeTest(tx, { clock, ids: app.ids }, actor.personId ?? actor.id);
      await app.audit.record(tx, {
        actor,
        action: 'message.test_sent',
        subject: { kind: 'message_test', id: messageId },
        after: { contentHash: compiled.hash },
      });
    });
    const answer = await (await app.sender.transport(workspaceId)).send(composed.mail);
    return { to, outcome: answer.kind, detail: 'response' in answer ? answer.response : answer.reason };
  };
