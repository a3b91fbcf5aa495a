import { deleteClaims, pickLostClaims, type Recovered, recoverClaims } from './claim-store.ts';
import { type DeliveryDeps, deliveryActor } from './ports.ts';
import { findByKeys } from './store.ts';

/**
 * Takes back what a lost worker held: claimed → queued, attempting → uncertain. Nothing is sent again that
 * may have been taken. Audited, and told as events. `all`: also claims whose lease still runs, where their worker cannot
 * be alive.
 */
export const createRecover =
  (deps: DeliveryDeps) =>
  (workspaceId: string, which: 'expired' | 'all' = 'expired'): Promise<readonly Recovered[]> =>
    deps.database.inWorkspace(workspaceId, async (tx) => {
      const lost = await pickLostClaims(tx, which);
      if (lost.length === 0) return [];
      await findByKeys(tx);
      const now = deps.clock.now();
      const claimIds = lost.map(({ id }) => id);
      const recovered = await recoverClaims(tx, claimIds, now);
      await deleteClaims(tx, claimIds);
      const uncertain = recovered.filter(({ state }) => state === 'uncertain');
      if (uncertain.length > 0) {
        await deps.collect.append(
          tx,
          uncertain.map(({ id, campaignId, profileId }) => ({
            name: 'message_uncertain',
            at: now,
            profileId,
            source: 'delivery',
            messageId: `${id}:uncertain`,
            text: { campaign_id: campaignId, send_id: id, channel: 'email', reason: 'worker_lost' },
          })),
        );
      }
      if (recovered.length > 0) {
        await deps.audit.record(tx, {
          actor: deliveryActor(workspaceId),
          action: 'delivery.recovered',
          subject: { kind: 'claims', id: claimIds[0] ?? '' },
          after: {
            claims: claimIds,
            released: recovered.length - uncertain.length,
            uncertain: uncertain.map(({ id }) => id),
          },
        });
      }
      return recovered;
    });
