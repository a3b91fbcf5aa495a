import type { Purpose } from '#guard/consent';
import type { Tx } from '#platform/postgres';
import { profilesWithOtherEvents } from './event-read.ts';
import { lockImport, type Starter, saveImport } from './import-store.ts';
import type { ImportsDeps, KnowsPeople } from './imports-deps.ts';
import type { ImportTask } from './run-import.ts';
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

  const removePeople = async (tx: Tx, task: ImportTask, batchId: string): Promise<number> => {
    const made = await deps.profiles.idsOfImport(tx, batchId);
    let removed = 0;
    for (let start = 0; start < made.length; start += PEOPLE_PER_STEP) {
      const step = made.slice(start, start + PEOPLE_PER_STEP);
      const known = new Set(
        await profilesWithOtherEvents(deps.eventReader, task.workspaceId, { profileIds: step, batchId }),
      );
      for (const knows of [knownByConsent, deps.consent.knowsPeople, ...deps.knowsPeople]) {
        for (const id of await knows(tx, step)) known.add(id);
      }
      removed += await deps.profiles.remove(
        tx,
        step.filter((id) => !known.has(id)),
      );
    }
    return removed;
  };

  return async (task: ImportTask): Promise<string | null> => {
    const batchId = await deps.database.inWorkspace(task.workspaceId, async (tx) => {
      const row = await lockImport(tx, task.importId);
      if (row?.state !== 'undoing' || row.batchId === null || row.startedBy === null) return null;
      const actor: Starter = row.startedBy;
      await deps.bulk.hide(tx, row.batchId);
      const consentsWithdrawn = await deps.consent.withdrawImported(tx, task.importId, actor);
      const peopleRemoved = await removePeople(tx, task, row.batchId);
      await saveImport(tx, task.importId, { state: 'undone', undoneAt: deps.clock.now() });
      await deps.audit.record(tx, {
        actor,
        action: 'import.undone',
        subject: { kind: 'import', id: task.importId },
        before: { state: 'committed' },
        after: { peopleRemoved, consentsWithdrawn },
      });
      return row.batchId;
    });
    if (batchId !== null) await area.forget(task.importId);
    return batchId;
  };
};
