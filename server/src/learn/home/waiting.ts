import type { HomeWaiting } from '@mesure/contract/home';
import type { Actor } from '#guard/access';
import type { WaitingImport } from '#know/imports';
import type { WaitingCampaign } from '#reach/campaigns';

export interface WaitingFacts {
  readonly workspaceId: string;
  readonly holds: readonly { readonly id: string; readonly reason: string; readonly since: Date }[];
  readonly brakes: readonly {
    readonly scopeId: string | null;
    readonly release: {
      readonly requestedBy: { readonly id: string; readonly name: string };
      readonly requestedAt: Date;
      readonly reason: string;
    } | null;
  }[];
  readonly campaigns: readonly WaitingCampaign[];
  /** Who worded each message. */
  readonly writers: ReadonlyMap<string, string | null>;
  readonly troubles: readonly {
    readonly campaignId: string;
    readonly code: string;
    readonly since: Date | null;
  }[];
  readonly uncertain: readonly {
    readonly campaignId: string;
    readonly count: number;
    readonly since: Date | null;
  }[];
  readonly senderProblems: readonly string[];
  readonly imports: readonly WaitingImport[];
  readonly names: ReadonlyMap<string, string>;
}

const MOST = 50;
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

type Given = Pick<HomeWaiting, 'code' | 'subject'> & Partial<HomeWaiting>;
const item = (given: Given): HomeWaiting => ({ count: null, by: null, since: null, detail: null, ...given });

const campaignSubject = (facts: WaitingFacts, id: string): HomeWaiting['subject'] => ({
  kind: 'campaign',
  id,
  name: facts.names.get(id) ?? null,
});

const holds = (facts: WaitingFacts): readonly HomeWaiting[] =>
  facts.holds.map(({ id, reason, since }) =>
    item({
      code: 'delivery_hold',
      subject: { kind: 'delivery', id, name: null },
      since: iso(since),
      detail: reason,
    }),
  );

const releases = (facts: WaitingFacts, actor: Actor): readonly HomeWaiting[] =>
  facts.brakes.flatMap(({ scopeId, release }) =>
    release && actor.personId !== null && release.requestedBy.id !== actor.personId
      ? item({
          code: 'confirm_release',
          subject: {
            kind: 'brake',
            id: scopeId ?? 'global',
            name: scopeId ? (facts.names.get(scopeId) ?? null) : null,
          },
          by: release.requestedBy,
          since: iso(release.requestedAt),
          detail: release.reason,
        })
      : [],
  );

const troubles = (facts: WaitingFacts): readonly HomeWaiting[] => {
  const started = facts.troubles.map(({ campaignId, code, since }) =>
    item({
      code: 'campaign_trouble',
      subject: campaignSubject(facts, campaignId),
      since: iso(since),
      detail: code,
    }),
  );
  const known = new Set(facts.troubles.map(({ campaignId }) => campaignId));
  const toStart = facts.campaigns
    .filter(({ id, trouble, state }) => trouble !== null && !known.has(id) && state !== 'finished')
    .map(({ id, trouble }) =>
      item({ code: 'campaign_trouble', subject: campaignSubject(facts, id), detail: trouble }),
    );
  return [...started, ...toStart];
};

const uncertain = (facts: WaitingFacts): readonly HomeWaiting[] =>
  facts.uncertain.map(({ campaignId, count, since }) =>
    item({
      code: 'settle_uncertain',
      subject: campaignSubject(facts, campaignId),
      count,
      since: iso(since),
    }),
  );

/** As the approval itself refuses: not by who wrote it, changed it last, submitted it, or worded a message of it. */
const mayApprove = (facts: WaitingFacts, campaign: WaitingCampaign, personId: string): boolean =>
  ![
    campaign.author.id,
    campaign.lastEditor.id,
    campaign.said?.by.id,
    ...campaign.messageIds.map((id) => facts.writers.get(id)),
  ].includes(personId);

const toCampaign = (
  facts: WaitingFacts,
  code: HomeWaiting['code'],
  campaigns: readonly WaitingCampaign[],
): readonly HomeWaiting[] =>
  campaigns.map(({ id, said }) =>
    item({
      code,
      subject: campaignSubject(facts, id),
      by: said?.by ?? null,
      since: iso(said?.at ?? null),
      detail: code === 'changes_requested' ? (said?.comment ?? null) : null,
    }),
  );

const ofCampaigns = (facts: WaitingFacts, actor: Actor): readonly HomeWaiting[] => {
  const { personId, roles } = actor;
  const isApprover = roles.includes('approver') || roles.includes('admin');
  const isMarketer = roles.includes('marketer') || roles.includes('admin');
  const within = (state: WaitingCampaign['state']) =>
    facts.campaigns.filter((campaign) => campaign.state === state);
  return [
    ...toCampaign(
      facts,
      'approve',
      personId !== null && isApprover
        ? within('in_review').filter((campaign) => mayApprove(facts, campaign, personId))
        : [],
    ),
    ...toCampaign(
      facts,
      'changes_requested',
      within('draft').filter(({ author, lastEditor }) => [author.id, lastEditor.id].includes(personId ?? '')),
    ),
    ...toCampaign(facts, 'start', isMarketer ? within('approved') : []),
  ];
};

const imports = (facts: WaitingFacts, actor: Actor): readonly HomeWaiting[] =>
  actor.roles.includes('marketer') || actor.roles.includes('admin')
    ? facts.imports.map(({ id, file, by, createdAt }) =>
        item({
          code: 'start_import',
          subject: { kind: 'import', id, name: file },
          by,
          since: iso(createdAt),
        }),
      )
    : [];

/** What waits for this person, the most urgent kind first. */
export const waitingFor = (facts: WaitingFacts, actor: Actor): readonly HomeWaiting[] => {
  const problems = facts.senderProblems.map((detail) =>
    item({
      code: 'sender_problem',
      subject: { kind: 'settings', id: facts.workspaceId, name: null },
      detail,
    }),
  );
  const all = [
    ...holds(facts),
    ...releases(facts, actor),
    ...troubles(facts),
    ...uncertain(facts),
    ...problems,
    ...ofCampaigns(facts, actor),
    ...imports(facts, actor),
  ];
  const counts = new Map<string, number>();
  return all.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= MOST;
  });
};
