import { monotonicMs } from '#platform/clock';
import { isAppError } from '#platform/errors';
import { uuidFrom } from '#platform/ids';
import { commitImport } from './commit-import.ts';
import { createKnownOrders } from './event-read.ts';
import { type FailureWhy, type ImportRow, lockImport, saveImport, saveProgress } from './import-store.ts';
import type { ImportsDeps } from './imports-deps.ts';
import { Cancelled, Superseded } from './interruption.ts';
import { createMatchPeople, isOvertaken } from './match-people.ts';
import type { PeopleStage } from './people.ts';
import { findAliases, forgetPeople, putAliases, putPeople } from './person-store.ts';
import { filesOf } from './read.ts';
import { type OrdersRead, readOrders } from './read-orders.ts';
import { createSetAsideFile } from './set-aside-file.ts';
import type { UploadArea } from './upload-area.ts';

export interface ImportTask {
  readonly workspaceId: string;
  readonly importId: string;
}

/** What a person reads: in English, and as a code with where it was. */
interface Failed {
  readonly failure: string | null;
  readonly failureWhy: FailureWhy | null;
}

const whyOf = (details: Readonly<Record<string, unknown>> | undefined): FailureWhy | null => {
  const plain = Object.entries(details ?? {}).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  );
  return details?.['reason'] === undefined ? null : Object.fromEntries(plain);
};

const MAX_TRIES = 3;
const PROGRESS_MS = 500;

const nowhere: PeopleStage = { find: async () => [], put: async () => undefined };

/** Runs what `start` and `dry-run` ask for. Never leaves half an import: the batch is committed, or taken back. */
export const createRunImport = (deps: ImportsDeps, area: UploadArea) => {
  const { database, bulk } = deps;

  /** Every call is a try of its own under a batch of its own; whatever an earlier try wrote is taken back. */
  const take = ({ workspaceId, importId }: ImportTask, wanted: 'running' | 'checking') =>
    database.inWorkspace(workspaceId, async (tx) => {
      const row = await lockImport(tx, importId);
      if (row === undefined || row.state !== wanted || row.mapping === null) return null;
      if (row.batchId !== null) {
        await bulk.hide(tx, row.batchId);
        await forgetPeople(tx, row.batchId);
      }
      if (row.tries >= MAX_TRIES) {
        await saveImport(tx, importId, {
          state: 'failed',
          failure: `It was interrupted ${MAX_TRIES} times and taken back. Look at the server's log, then start a new import.`,
          failureWhy: { reason: 'import_interrupted', tries: MAX_TRIES },
        });
        await deps.publish?.(tx, importId);
        return null;
      }
      const attempt = row.attempt + 1;
      const batchId = deps.ids.next();
      if (wanted === 'running') await bulk.open(tx, batchId);
      await saveImport(tx, importId, {
        attempt,
        tries: row.tries + 1,
        phase: 'reading',
        bytesDone: 0,
        lines: 0,
        ...(wanted === 'running' && { batchId }),
      });
      const listed = await filesOf(tx, [importId]);
      const files = listed.map((file) => ({ ...file, path: area.pathOf(importId, file.storedAs) }));
      return { row: { ...row, attempt }, files, batchId };
    });

  const createProgress = (task: ImportTask, attempt: number) => {
    let last = monotonicMs();
    return async ({ bytes, lines }: { readonly bytes: number; readonly lines: number }): Promise<void> => {
      const now = monotonicMs();
      if (now - last < PROGRESS_MS) return;
      last = now;
      const answer = await database.inWorkspace(task.workspaceId, (tx) =>
        saveProgress(tx, task.importId, { attempt, bytes, lines, phase: 'reading' }),
      );
      deps.progressed?.(task.workspaceId, task.importId);
      if (answer === null) throw new Superseded();
      if (answer.cancelRequested) throw new Cancelled();
    };
  };

  const stageOf = (workspaceId: string, batchId: string): PeopleStage => ({
    find: (aliases) => database.inWorkspace(workspaceId, (tx) => findAliases(tx, batchId, aliases)),
    put: (people, aliases) =>
      database.inWorkspace(workspaceId, async (tx) => {
        await putPeople(tx, batchId, people);
        await putAliases(tx, batchId, aliases);
      }),
  });

  const read = async (
    task: ImportTask,
    taken: NonNullable<Awaited<ReturnType<typeof take>>>,
    run: { readonly isDry: boolean; readonly signal: AbortSignal },
  ): Promise<OrdersRead> => {
    const { workspaceId, importId } = task;
    const { row, files, batchId } = taken;
    const setAside = await createSetAsideFile(
      area.setAsidePath(importId),
      files.map(({ name }) => name),
      files[0]?.header ?? [],
    );
    try {
      const result = await readOrders({
        files,
        mapping: row.mapping as NonNullable<ImportRow['mapping']>,
        now: deps.clock.now().getTime(),
        signal: run.signal,
        setAside,
        people: {
          match: createMatchPeople({ ...deps, workspaceId }),
          stage: run.isDry ? nowhere : stageOf(workspaceId, batchId),
          idFor: (alias) => uuidFrom(batchId, alias),
          ...(deps.maxPeopleInMemory !== undefined && { maxInMemory: deps.maxPeopleInMemory }),
        },
        knownOrders: createKnownOrders(deps.eventReader, workspaceId),
        write: run.isDry
          ? async () => undefined
          : (events, chunk) =>
              bulk.insertEvents({ workspaceId, importId: batchId, token: `chunk-${chunk}` }, events),
        onProgress: createProgress(task, row.attempt),
        ...(deps.linesPerChunk !== undefined && { linesPerChunk: deps.linesPerChunk }),
      });
      await setAside.finish();
      return result;
    } catch (error) {
      await setAside.discard();
      throw error;
    }
  };

  /** What a person reads about a failure; anything unforeseen goes to the log, not to the screen. */
  const wordsFor = (error: unknown, task: ImportTask): Failed => {
    if (isAppError(error) && error.code !== 'internal')
      return { failure: error.message, failureWhy: whyOf(error.details) };
    deps.log.error({ err: error, importId: task.importId }, 'an import failed');
    return {
      failure: 'Something went wrong on our side. Nothing was imported; the log of the server says more.',
      failureWhy: { reason: 'import_failed' },
    };
  };

  const takeBack = (
    task: ImportTask,
    attempt: number,
    end: Failed & { readonly state: 'failed' | 'cancelled' | 'described' },
  ): Promise<void> =>
    database.inWorkspace(task.workspaceId, async (tx) => {
      const row = await lockImport(tx, task.importId);
      if (
        row === undefined ||
        row.attempt !== attempt ||
        (row.state !== 'running' && row.state !== 'checking')
      )
        return;
      if (row.batchId !== null && row.state === 'running') {
        await bulk.hide(tx, row.batchId);
        await forgetPeople(tx, row.batchId);
      }
      await saveImport(tx, task.importId, { ...end, phase: 'waiting', cancelRequested: false });
      await deps.publish?.(tx, task.importId);
      if (row.state === 'running' && row.startedBy !== null) {
        await deps.audit.record(tx, {
          actor: row.startedBy,
          action: `import.${end.state}`,
          subject: { kind: 'import', id: task.importId },
        });
      }
    });

  /** Rows that no one will see again are deleted for good; a failure here costs disk space, nothing else. */
  const purge = async (task: ImportTask, batchId: string): Promise<void> => {
    try {
      await bulk.purge(task.workspaceId, batchId);
    } catch (error) {
      deps.log.warn(
        { err: error, importId: task.importId },
        'hidden events of an import were not deleted yet',
      );
    }
  };

  const dryRun = async (task: ImportTask, signal: AbortSignal): Promise<void> => {
    const taken = await take(task, 'checking');
    if (taken === null) return;
    const { attempt } = taken.row;
    try {
      const result = await read(task, taken, { isDry: true, signal });
      await database.inWorkspace(task.workspaceId, async (tx) => {
        const row = await lockImport(tx, task.importId);
        if (row?.state !== 'checking' || row.attempt !== attempt) return;
        const report = result.report();
        await saveImport(tx, task.importId, {
          state: 'described',
          phase: 'waiting',
          report,
          reportIsDryRun: true,
          lines: report.linesIn,
          failure: null,
        });
        await deps.publish?.(tx, task.importId);
      });
    } catch (error) {
      if (error instanceof Superseded) return;
      if (signal.aborted) throw error;
      await takeBack(
        task,
        attempt,
        error instanceof Cancelled
          ? { state: 'cancelled', failure: null, failureWhy: null }
          : { state: 'described', ...wordsFor(error, task) },
      );
    }
  };

  const run = async (task: ImportTask, signal: AbortSignal): Promise<void> => {
    const taken = await take(task, 'running');
    if (taken === null) return;
    const { row, files, batchId } = taken;
    try {
      const result = await read(task, taken, { isDry: false, signal });
      const progress = { attempt: row.attempt, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
      const { linesIn } = result.report();
      await database.inWorkspace(task.workspaceId, async (tx) => {
        await saveProgress(tx, task.importId, { ...progress, lines: linesIn, phase: 'saving' });
        await deps.publish?.(tx, task.importId);
      });
      signal.throwIfAborted();
      await database.inWorkspace(task.workspaceId, (tx) =>
        commitImport(tx, deps, { row, batchId, fileNames: files.map(({ name }) => name), read: result }),
      );
    } catch (error) {
      // Another try took over, or the server stops: whoever runs this import next begins by taking this try back.
      if (error instanceof Superseded) return;
      if (signal.aborted) throw error;
      if (isOvertaken(error)) return run(task, signal);
      const isCancelled = error instanceof Cancelled;
      await takeBack(
        task,
        row.attempt,
        isCancelled
          ? { state: 'cancelled', failure: null, failureWhy: null }
          : { state: 'failed', ...wordsFor(error, task) },
      );
      await purge(task, batchId);
      if (isCancelled) await area.forget(task.importId);
      return;
    }
    await area.forgetFiles(
      task.importId,
      files.map(({ storedAs }) => storedAs),
    );
  };

  return { run, dryRun, purge };
};
