import type { Purpose, Standing } from '#guard/consent';
import type { Tx } from '#platform/postgres';
import { block, type Rule, type Verdict } from '../rule.ts';

export interface ConsentPort {
  readonly standing: (
    tx: Tx,
    query: {
      readonly profileIds: readonly string[];
      readonly entityId: string;
      readonly channel: 'email';
      readonly purposes: readonly Purpose[];
    },
  ) => Promise<ReadonlyMap<string, Readonly<Partial<Record<Purpose, Standing>>>>>;
}

export const consentPurposes = (topic: string | null): readonly Purpose[] => [
  'prospecting',
  'click_tracking',
  'personalisation',
  ...(topic ? [`topic:${topic}` as const] : []),
];

/** What one person's standing means for a message on this topic. Granting one purpose never grants another (L-03). */
export const judgeStanding = (
  standing: Readonly<Partial<Record<Purpose, Standing>>> | undefined,
  topic: string | null,
): Verdict => {
  const prospecting = standing?.prospecting ?? 'none';
  if (prospecting !== 'granted') return block(prospecting === 'withdrawn' ? 'withdrawn' : 'no_consent');
  if (topic && standing?.[`topic:${topic}`] === 'withdrawn') return block('topic_withdrawn');
  return {
    kind: 'allow',
    facts: {
      clickTracking: standing?.click_tracking === 'granted',
      personalised: standing?.personalisation !== 'withdrawn',
    },
  };
};

export const createConsent = (port: ConsentPort): Rule => ({
  name: 'consent',
  moments: ['claim', 'attempt'],
  judge: async ({ tx, run }, sends) => {
    const standing = await port.standing(tx, {
      profileIds: sends.map(({ profileId }) => profileId),
      entityId: run.entityId,
      channel: 'email',
      purposes: consentPurposes(run.topic),
    });
    return sends.map(({ profileId }) => judgeStanding(standing.get(profileId), run.topic));
  },
});
