import type { Tx } from '#platform/postgres';
import type { LinkTarget, ReadLink } from './links.ts';
import type { PagesDeps } from './ports.ts';

export interface Click {
  readonly read: ReadLink;
  readonly bot: boolean;
}

/** The target with its person, or null where the link names nobody or the consent to it is gone by now (T-07). */
const namedTarget = async (
  tx: Tx,
  consent: PagesDeps['guard']['consent'],
  target: LinkTarget,
): Promise<LinkTarget | null> => {
  const { profileId, entityId } = target;
  if (!profileId) return null;
  const standing = await consent.standing(tx, {
    profileIds: [profileId],
    entityId,
    channel: 'email',
    purposes: ['click_tracking'],
  });
  return standing.get(profileId)?.click_tracking === 'granted' ? target : null;
};

/**
 * Counts a click. Without a consent that stands now, the event says campaign, variant and position only: an address
 * that few were shown could tell who followed it. A scanner's click is never anybody's.
 */
export const recordClick = (deps: PagesDeps, { read, bot }: Click): Promise<void> => {
  const { target } = read;
  return deps.database.inWorkspace(target.workspaceId, async (tx) => {
    const named = bot ? null : await namedTarget(tx, deps.guard.consent, target);
    await deps.collect.append(tx, [
      {
        name: 'message_clicked',
        at: deps.clock.now(),
        profileId: named?.profileId ?? null,
        source: 'links',
        messageId: deps.ids.next(),
        text: {
          campaign_id: target.campaignId,
          variant: target.variant,
          channel: 'email',
          link: String(read.link ?? ''),
          bot: bot ? 'yes' : 'no',
          ...(named && { url: read.url ?? '' }),
          ...(named?.sendId && { send_id: named.sendId }),
        },
      },
    ]);
  });
};
