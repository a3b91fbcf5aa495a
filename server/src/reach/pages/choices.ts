import type { AppendedEntry, ConsentProof, Purpose, Standing, TopicName } from '#guard/consent';
import type { Tx } from '#platform/postgres';
import { type AgreedPurpose, agreement, topicLegend } from './choice-words.ts';
import type { PagesDeps } from './ports.ts';
import type { Visit } from './visit.ts';

export const PAUSE_DAYS = 30;

export interface Choices {
  /** Granted, and the address may be written to. */
  readonly marketing: boolean;
  /** Consent stands but the address is on the suppression list: an earlier message came back, or a complaint. */
  readonly blocked: boolean;
  /** Nothing is left to stop. */
  readonly allStopped: boolean;
  readonly personalisation: Standing;
  readonly clickTracking: Standing;
  readonly topics: readonly (TopicName & { readonly on: boolean })[];
  readonly pausedUntil: Date | null;
}

const channel = 'email';
/** Everything about marketing that stops together. */
const allPurposes = [
  'prospecting',
  'personalisation',
  'click_tracking',
] as const satisfies readonly Purpose[];

const topicPurpose = (key: string): `topic:${string}` => `topic:${key}`;

/** What a person can change on their pages. `profileId` is that of the signed link; nothing in a form names a person. */
export const createChoices = (deps: PagesDeps) => {
  const { consent, suppression, pauses, entities, topics } = deps.guard;

  const tell = async (
    tx: Tx,
    visit: Visit,
    event: {
      readonly name: 'unsubscribed' | 'preferences_changed';
      readonly key: string;
      readonly change: string;
    },
  ): Promise<void> => {
    const { target } = visit;
    await deps.collect.append(tx, [
      {
        name: event.name,
        at: visit.now,
        profileId: target.profileId,
        source: 'pages',
        messageId: event.key,
        text: {
          campaign_id: target.campaignId,
          variant: target.variant,
          channel,
          entity_id: target.entityId,
          change: event.change,
          ...(target.sendId && { send_id: target.sendId }),
        },
      },
    ]);
  };

  const withdraw = (
    tx: Tx,
    person: {
      readonly profileId: string;
      readonly entityIds: readonly string[];
      readonly purposes: readonly Purpose[];
    },
    proof: ConsentProof,
  ): Promise<AppendedEntry[]> =>
    consent.withdraw(tx, {
      profileIds: [person.profileId],
      entityIds: person.entityIds,
      channel,
      purposes: person.purposes,
      proof,
    });

  const pageProof = (visit: Visit, source: string): ConsentProof => ({
    method: 'page',
    source,
    language: visit.language,
    simulated: visit.simulated,
  });

  return {
    read: async (tx: Tx, visit: Visit, profileId: string): Promise<Choices> => {
      const topicNames = await topics.list(tx);
      const purposes: Purpose[] = [...allPurposes, ...topicNames.map((topic) => topicPurpose(topic.key))];
      const standing = (
        await consent.standing(tx, {
          profileIds: [profileId],
          entityId: visit.target.entityId,
          channel,
          purposes,
        })
      ).get(profileId);
      const stopped = visit.address
        ? (await suppression.suppressed(tx, channel, [visit.address])).size > 0
        : false;
      const granted = standing?.prospecting === 'granted';
      return {
        marketing: granted && !stopped,
        blocked: granted && stopped,
        allStopped: stopped && allPurposes.every((purpose) => standing?.[purpose] === 'withdrawn'),
        personalisation: standing?.personalisation ?? 'none',
        clickTracking: standing?.click_tracking ?? 'none',
        topics: topicNames.map(({ key, nameEn, nameFr }) => ({
          key,
          nameEn,
          nameFr,
          on: standing?.[topicPurpose(key)] !== 'withdrawn',
        })),
        pausedUntil: (await pauses.active(tx, [profileId], visit.now)).get(profileId) ?? null,
      };
    },

    /** Ends prospecting by the sender of the message, on its channel (E-06). Repeating it changes nothing. */
    unsubscribe: async (
      tx: Tx,
      visit: Visit,
      call: { profileId: string; oneClick: boolean },
    ): Promise<void> => {
      const appended = await withdraw(
        tx,
        { profileId: call.profileId, entityIds: [visit.target.entityId], purposes: ['prospecting'] },
        {
          method: call.oneClick ? 'one_click' : 'page',
          source: call.oneClick ? 'one-click header (RFC 8058)' : 'unsubscribe page',
          ...(!call.oneClick && { language: visit.language }),
          simulated: visit.simulated,
        },
      );
      const [entry] = appended;
      if (entry) {
        await tell(tx, visit, {
          name: 'unsubscribed',
          key: `unsubscribed:${entry.id}`,
          change: 'prospecting',
        });
      }
    },

    /** Ends all marketing of every sender here, and keeps the address out of later imports too. */
    stopAll: async (tx: Tx, visit: Visit, profileId: string): Promise<void> => {
      const everySender = new Set([
        ...(await entities.list(tx)).map((entity) => entity.id),
        visit.target.entityId,
      ]);
      const appended = await withdraw(
        tx,
        { profileId, entityIds: [...everySender], purposes: allPurposes },
        pageProof(visit, 'preferences page'),
      );
      if (visit.address) {
        await suppression.add(tx, [
          { channel, address: visit.address, reason: 'unsubscribed_all', at: visit.now },
        ]);
      }
      const entry = appended.find((candidate) => candidate.purpose === 'prospecting') ?? appended[0];
      if (entry)
        await tell(tx, visit, { name: 'unsubscribed', key: `unsubscribed:${entry.id}`, change: 'all' });
    },

    stop: async (
      tx: Tx,
      visit: Visit,
      call: { profileId: string; purpose: AgreedPurpose },
    ): Promise<void> => {
      const { profileId, purpose } = call;
      const [entry] = await withdraw(
        tx,
        { profileId, entityIds: [visit.target.entityId], purposes: [purpose] },
        pageProof(visit, 'preferences page'),
      );
      if (!entry) return;
      await tell(
        tx,
        visit,
        purpose === 'prospecting'
          ? { name: 'unsubscribed', key: `unsubscribed:${entry.id}`, change: purpose }
          : { name: 'preferences_changed', key: `preferences:${entry.id}`, change: `stop_${purpose}` },
      );
    },

    /** A consent like any other: the words beside the button are its proof. Only this purpose comes back (L-03). */
    agree: async (
      tx: Tx,
      visit: Visit,
      call: { profileId: string; purpose: AgreedPurpose },
    ): Promise<void> => {
      const { profileId, purpose } = call;
      if (purpose === 'prospecting' && visit.address) {
        await suppression.undoUnsubscribedAll(tx, channel, visit.address);
      }
      const standing = await consent.standing(tx, {
        profileIds: [profileId],
        entityId: visit.target.entityId,
        channel,
        purposes: [purpose],
      });
      if (standing.get(profileId)?.[purpose] === 'granted') return;
      const [id = ''] = await consent.append(tx, [
        {
          profileId,
          entityId: visit.target.entityId,
          channel,
          purpose,
          state: 'granted',
          at: visit.now,
          proof: {
            ...pageProof(visit, 'preferences page'),
            wording: agreement[purpose][visit.language](visit.senderName),
          },
        },
      ]);
      await tell(tx, visit, {
        name: 'preferences_changed',
        key: `preferences:${id}`,
        change: `agree_${purpose}`,
      });
    },

    pause: async (tx: Tx, visit: Visit, profileId: string): Promise<void> => {
      const until = new Date(visit.now.getTime() + PAUSE_DAYS * 86_400_000);
      await pauses.set(tx, profileId, until);
      const key = `pause:${profileId}:${visit.now.toISOString()}`;
      await tell(tx, visit, { name: 'preferences_changed', key, change: 'pause' });
    },

    resume: async (tx: Tx, visit: Visit, profileId: string): Promise<void> => {
      if ((await pauses.active(tx, [profileId], visit.now)).size === 0) return;
      await pauses.set(tx, profileId, null);
      const key = `resume:${profileId}:${visit.now.toISOString()}`;
      await tell(tx, visit, { name: 'preferences_changed', key, change: 'resume' });
    },

    /** Sets every topic to whether it is in the list; appends only what changes. Answers the topics kept before. */
    setTopics: async (
      tx: Tx,
      visit: Visit,
      call: { profileId: string; keep: readonly string[] },
    ): Promise<string[]> => {
      const { profileId, keep } = call;
      const names = await topics.list(tx);
      if (names.length === 0) return [];
      const entityId = visit.target.entityId;
      const standing = (
        await consent.standing(tx, {
          profileIds: [profileId],
          entityId,
          channel,
          purposes: names.map((topic) => topicPurpose(topic.key)),
        })
      ).get(profileId);
      const before = names.filter((topic) => standing?.[topicPurpose(topic.key)] !== 'withdrawn');
      const left = before.filter((topic) => !keep.includes(topic.key));
      const taken = names.filter((topic) => keep.includes(topic.key) && !before.includes(topic));
      const withdrawn = await withdraw(
        tx,
        { profileId, entityIds: [entityId], purposes: left.map((topic) => topicPurpose(topic.key)) },
        pageProof(visit, 'preferences page'),
      );
      const granted = await consent.append(
        tx,
        taken.map((topic) => ({
          profileId,
          entityId,
          channel,
          purpose: topicPurpose(topic.key),
          state: 'granted',
          at: visit.now,
          proof: {
            ...pageProof(visit, 'preferences page'),
            wording: `${topicLegend[visit.language]} ${visit.language === 'fr' ? topic.nameFr : topic.nameEn}`,
          },
        })),
      );
      const first = withdrawn[0]?.id ?? granted[0];
      if (first)
        await tell(tx, visit, { name: 'preferences_changed', key: `preferences:${first}`, change: 'topics' });
      return before.map((topic) => topic.key);
    },
  };
};

export type ChoicesService = ReturnType<typeof createChoices>;
