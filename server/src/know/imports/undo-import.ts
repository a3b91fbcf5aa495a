import type { Purpose } from '#guard/consent';
import { ZERO_UUID } from '#platform/ids';
import type { Tx } from '#platform/postgres';
import { profilesOfBatch, profilesWithOtherEvents } from './event-read.ts';
import { lockImport, type Starter, saveImport } from './import-store.ts';
import type { ImportsDeps, KnowsPeople } from './imports-deps.ts';
import { upsertWithIds } from './match-people.ts';
import { undoneImports } from './read.ts';
import type { ImportTask } from './run-import.ts';
import { untouched } from './shared-people.ts';
import { forgetShared, sharedAfter } from './shared-store.ts';
import type { UploadArea } from './upload-area.ts';

const PEOPLE_PER_STEP = 5000;
const PURPOSES: readonly Purpose[] = ['prospecting', 'click_tracking', 'personalisation'];

/** Takes a committed import back as a whole, in one transaction. */
export const createUndoImport = (deps: ImportsDeps, area: UploadArea) => {
  /** A grant that stands after the import's own were withdrawn was given some other way. */
  const knownByConsent: KnowsPeople = async (tx, profileIds) => {
    const known = new Set<string>();
    for (const { id } of await deps.entities.list(tx)) {
      const standing = await deps.consent.standing(tx, {
        profileIds,
        entityId: id,
        channel: 'email',
        purposes: PURPOSES,
      });
      for (const [profileId, states] of standing) {
        if (Object.values(states).includes('granted')) known.add(profileId);
      }
    }
    return known;
  };

  /** Of these people, those of whom something else than this batch tells. */
  const knownOtherwise = async (
    tx: Tx,
    profileIds: readonly string[],
    batch: { readonly workspaceId: string; readonly batchId: string },
  ): Promise<ReadonlySet<string>> => {
    const { workspaceId, batchId } = batch;
    const known = new Set(
      await profilesWithOtherEvents(deps.eventReader, workspaceId, { profileIds, batchId }),
    );
    for (const knows of [knownByConsent, deps.consent.knowsPeople, ...deps.knowsPeople]) {
      for (const id of await knows(tx, profileIds)) known.add(id);
    }
    return known;
  };

  /** The event store shows nobody under an import that is hidden: who stays belongs to none from now on. */
  const release = async (tx: Tx, profileIds: readonly string[]): Promise<void> => {
    const staying = await deps.profiles.byIds(tx, profileIds);
    await upsertWithIds(
      tx,
      deps.profilesWith,
      [...staying.values()].map(({ id, email, externalId }) => ({
        row: { key: id, email, externalId },
        isNew: false,
      })),
    );
  };

  const removeMade = async (tx: Tx, task: ImportTask, batchId: string): Promise<number> => {
    const made = await deps.profiles.idsOfImport(tx, batchId);
    let removed = 0;
    for (let start = 0; start < made.length; start += PEOPLE_PER_STEP) {
      const step = made.slice(start, start + PEOPLE_PER_STEP);
      const known = await knownOtherwise(tx, step, { workspaceId: task.workspaceId, batchId });
      removed += await deps.profiles.remove(
        tx,
        step.filter((id) => !known.has(id)),
      );
      await release(
        tx,
        step.filter((id) => known.has(id)),
      );
    }
    return removed;
  };

  /** People of several imports go with the last of them. */
  const removeShared = async (tx: Tx, task: ImportTask, batchId: string): Promise<number> => {
    let removed = 0;
    let after = ZERO_UUID;
    for (;;) {
      const page = await sharedAfter(tx, { after, limit: PEOPLE_PER_STEP });
      const last = page.at(-1);
      if (last === undefined) return removed;
      after = last.profileId;
      const batch = { workspaceId: task.workspaceId, batchId };
      const told = new Set(
        await profilesOfBatch(deps.eventReader, task.workspaceId, {
          profileIds: page.map(({ profileId }) => profileId),
          batchId,
        }),
      );
      const theirs = page.filter(({ profileId }) => told.has(profileId));
      if (theirs.length === 0) continue;
      const ids = theirs.map(({ profileId }) => profileId);
      const still = new Set(untouched(theirs, await deps.profiles.byIds(tx, ids)));
      const known = await knownOtherwise(tx, ids, batch);
      const leaving = ids.filter((id) => still.has(id) && !known.has(id));
      removed += await deps.profiles.remove(tx, leaving);
      await forgetShared(tx, [...leaving, ...ids.filter((id) => !still.has(id))]);
    }
  };

  return async (task: ImportTask): Promise<string | null> => {
    const batchId = await deps.database.inWorkspace(task.workspaceId, async (tx) => {
      const row = await lockImport(tx, task.importId);
      if (row?.state !== 'undoing' || row.batchId === null || row.startedBy === null) return null;
      const actor: Starter = row.startedBy;
      await deps.bulk.hide(tx, row.batchId);
      const consents = await deps.consent.takeBackImported(tx, {
        importId: task.importId,
        undone: await undoneImports(tx),
        actor,
      });
      const peopleRemoved =
        (await removeMade(tx, task, row.batchId)) + (await removeShared(tx, task, row.batchId));
      await saveImport(tx, task.importId, { state: 'undone', undoneAt: deps.clock.now() });
      await deps.audit.record(tx, {
        actor,
        action: 'import.undone',
        subject: { kind: 'import', id: task.importId },
        before: { state: 'committed' },
        after: {
          peopleRemoved,
          consentsWithdrawn: consents.withdrawn,
          consentsRestored: consents.restored,
        },
      });
      return row.batchId;
    });
    if (batchId !== null) await area.forget(task.importId);
    return batchId;
  };
};
