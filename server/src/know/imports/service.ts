import type { Readable } from 'node:stream';
import type { ImportMapping, ImportMappingChange } from '@mesure/contract/imports';
import type { Actor } from '#guard/access';
import { appError } from '#platform/errors';
import type { Tx } from '#platform/postgres';
import { findColumns, findConsentColumns } from './column-indexes.ts';
import { correctMapping, guessImport } from './guess.ts';
import {
  forgetSamples,
  type ImportRow,
  insertFile,
  insertImport,
  lockImport,
  saveImport,
} from './import-store.ts';
import type { ImportsDeps } from './imports-deps.ts';
import { inspectFile } from './inspect-file.ts';
import { forgetStrays } from './person-store.ts';
import { filesOf, findImport, type ListedFile, listImports, samplesOf, unfinishedImports } from './read.ts';
import { createRunImport, type ImportTask } from './run-import.ts';
import { checkSameHeader } from './same-header.ts';
import type { SourceFile } from './source-file.ts';
import { createUndoImport } from './undo-import.ts';
import { createUploadArea } from './upload-area.ts';

export interface ImportWithFiles {
  readonly row: ImportRow;
  readonly files: readonly ListedFile[];
}

/** An import and its files as they stood at one moment: never a file without its guess. */
const oneMoment = { isolation: 'repeatable read', readOnly: true } as const;

const MAX_FILES = 500;
const DEFAULT_MAX_FILE_BYTES = 20_000_000_000;

const wrongState = (row: ImportRow, toDo: string) =>
  appError('conflict', {
    message: `This import is ${row.state}; it cannot be ${toDo} now.`,
    details: { reason: 'import_state', state: row.state },
  });

const found = (row: ImportRow | undefined): ImportRow => {
  if (row === undefined) throw appError('not_found', { message: 'There is no import under this id.' });
  return row;
};

export type Imports = ReturnType<typeof createImports>;

/** Use cases of imports. `jobs` run what takes long: the calls answer at once and the import's row tells how it goes. */
export const createImports = (deps: ImportsDeps) => {
  const { database } = deps;
  const area = createUploadArea({
    folder: deps.folder,
    maxFileBytes: deps.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES,
  });
  const runner = createRunImport(deps, area);
  const undoNow = createUndoImport(deps, area);

  const withFiles = async (tx: Tx, rows: readonly ImportRow[]): Promise<ImportWithFiles[]> => {
    const files = await filesOf(
      tx,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({ row, files: files.filter(({ importId }) => importId === row.id) }));
  };
  const view = async (tx: Tx, importId: string): Promise<ImportWithFiles> => {
    const [viewed] = await withFiles(tx, [found(await findImport(tx, importId))]);
    return viewed as ImportWithFiles;
  };
  const enqueue = (tx: Tx, name: string, task: ImportTask): Promise<void> =>
    deps.jobs.add(tx, { name, payload: { ...task }, key: `${name}:${task.importId}`, maxAttempts: 5 });

  const guessFrom = async (tx: Tx, importId: string, file: Omit<SourceFile, 'path'>) => {
    const settings = await deps.settings.get(tx);
    const records = await samplesOf(tx, importId);
    return guessImport({ ...file, records, timeZone: settings.timeZone, currency: settings.currency });
  };

  const mayChange = (row: ImportRow, toDo: string): void => {
    if (row.state !== 'receiving' && row.state !== 'described' && row.state !== 'failed')
      throw wrongState(row, toDo);
  };

  const create = (actor: Actor): Promise<ImportWithFiles> =>
    database.inWorkspace(actor.workspaceId, async (tx) => {
      const id = deps.ids.next();
      await insertImport(tx, id, { actor, now: deps.clock.now() });
      return view(tx, id);
    });

  const addFile = async (
    actor: Actor,
    importId: string,
    upload: { readonly name: string; readonly body: Readable },
  ) => {
    await database.inWorkspace(actor.workspaceId, async (tx) => {
      const row = found(await lockImport(tx, importId));
      mayChange(row, 'given more files');
      const files = await filesOf(tx, [importId]);
      if (files.length >= MAX_FILES)
        throw appError('unprocessable', {
          message: `An import takes at most ${MAX_FILES} files.`,
          details: { reason: 'too_many_files' },
        });
    });
    const storedAs = deps.ids.next();
    const received = await area.receive(importId, storedAs, upload.body);
    try {
      const inspected = await inspectFile(received.path, upload.name);
      return await database.inWorkspace(actor.workspaceId, async (tx) => {
        const row = found(await lockImport(tx, importId));
        mayChange(row, 'given more files');
        const before = await filesOf(tx, [importId]);
        const same = before.find(({ name, sha256 }) => name === upload.name || sha256 === received.sha256);
        if (same !== undefined) {
          throw appError('conflict', {
            message:
              same.sha256 === received.sha256
                ? `${upload.name} holds the same bytes as ${same.name}, which is part of this import already.`
                : `This import has a file called ${upload.name} already.`,
            details: { reason: 'file_twice', file: upload.name },
          });
        }
        if (before[0] !== undefined) checkSameHeader(before[0], inspected);
        await insertFile(tx, importId, {
          ...inspected,
          storedAs,
          bytes: received.bytes,
          sha256: received.sha256,
        });
        const guess = await guessFrom(tx, importId, before[0] ?? inspected);
        const mapping = correctMapping(guess.mapping, row.correction);
        await saveImport(tx, importId, { state: 'described', guess, mapping, report: null, failure: null });
        await deps.publish?.(tx, importId);
        return view(tx, importId);
      });
    } catch (error) {
      await area.forgetFile(importId, storedAs);
      throw error;
    }
  };

  const check = async (tx: Tx, row: ImportRow): Promise<ImportMapping> => {
    const [file] = await filesOf(tx, [row.id]);
    if (file === undefined || row.mapping === null) {
      throw appError('unprocessable', {
        message: 'This import has no file yet. Send one first.',
        details: { reason: 'no_file' },
      });
    }
    findColumns(row.mapping, file.header);
    findConsentColumns(row.mapping, file.header);
    if (row.mapping.simulation !== null && !(await deps.mayMakeUp(tx))) {
      throw appError('unprocessable', {
        message:
          'Addresses and consents can be made up only in a demonstration, where every message goes to the catcher. Take the simulation out of the mapping.',
        details: { reason: 'simulation_not_allowed', path: 'simulation' },
      });
    }
    const needsEntity = row.mapping.consents.length > 0 || (row.mapping.simulation?.purposes.length ?? 0) > 0;
    if (needsEntity) {
      const entities = await deps.entities.list(tx);
      const unknown = row.mapping.consents.find(
        ({ entityId }) => entityId !== undefined && !entities.some(({ id }) => id === entityId),
      );
      if (entities.length === 0 || unknown !== undefined) {
        throw appError('unprocessable', {
          message:
            'The consents of this file are given to a legal sender that does not exist. Add it in the settings first.',
          details: { reason: 'no_entity' },
        });
      }
    }
    return row.mapping;
  };

  const correct = (
    actor: Actor,
    importId: string,
    correction: ImportMappingChange,
  ): Promise<ImportWithFiles> =>
    database.inWorkspace(actor.workspaceId, async (tx) => {
      const row = found(await lockImport(tx, importId));
      mayChange(row, 'mapped');
      if (row.guess === null) {
        throw appError('unprocessable', {
          message: 'This import has no file yet. Send one first.',
          details: { reason: 'no_file' },
        });
      }
      const mapping = correctMapping(row.guess.mapping, correction);
      await check(tx, { ...row, mapping });
      await saveImport(tx, importId, {
        correction,
        mapping,
        report: null,
        state: 'described',
        failure: null,
      });
      await deps.publish?.(tx, importId);
      return view(tx, importId);
    });

  const begin = (actor: Actor, importId: string, state: 'checking' | 'running'): Promise<ImportWithFiles> =>
    database.inWorkspace(actor.workspaceId, async (tx) => {
      const row = found(await lockImport(tx, importId));
      mayChange(row, state === 'running' ? 'started' : 'checked');
      await check(tx, row);
      const other =
        state === 'running'
          ? (await unfinishedImports(tx)).find((one) => one.state !== 'checking')
          : undefined;
      if (other !== undefined) {
        throw appError('conflict', {
          message: 'Another import of this workspace is running. Wait until it is done, or cancel it.',
          details: { reason: 'import_running', importId: other.id },
        });
      }
      await saveImport(tx, importId, {
        state,
        tries: 0,
        batchId: null,
        startedBy: actor,
        phase: 'waiting',
        bytesDone: 0,
        lines: 0,
        cancelRequested: false,
        failure: null,
      });
      await enqueue(tx, state === 'running' ? 'imports.run' : 'imports.check', {
        workspaceId: actor.workspaceId,
        importId,
      });
      if (state === 'running') {
        const files = await filesOf(tx, [importId]);
        await deps.audit.record(tx, {
          actor,
          action: 'import.started',
          subject: { kind: 'import', id: importId },
          after: { files: files.map(({ sha256, bytes }) => ({ sha256, bytes })), mapping: row.mapping },
        });
      }
      await deps.publish?.(tx, importId);
      return view(tx, importId);
    });

  const cancel = async (actor: Actor, importId: string): Promise<ImportWithFiles> => {
    const [isOver, result] = await database.inWorkspace(actor.workspaceId, async (tx) => {
      const row = found(await lockImport(tx, importId));
      if (row.state === 'running' || row.state === 'checking') {
        // The try sees this at its next step, takes itself back and says so.
        await saveImport(tx, importId, { cancelRequested: true });
        await deps.publish?.(tx, importId);
        return [false, await view(tx, importId)] as const;
      }
      mayChange(row, 'cancelled');
      await saveImport(tx, importId, { state: 'cancelled' });
      await deps.publish?.(tx, importId);
      await forgetSamples(tx, importId);
      return [true, await view(tx, importId)] as const;
    });
    if (isOver) await area.forget(importId);
    return result;
  };

  const undo = (actor: Actor, importId: string): Promise<ImportWithFiles> =>
    database.inWorkspace(actor.workspaceId, async (tx) => {
      const row = found(await lockImport(tx, importId));
      if (row.state !== 'committed') throw wrongState(row, 'undone');
      await saveImport(tx, importId, { state: 'undoing', startedBy: actor });
      await enqueue(tx, 'imports.undo', { workspaceId: actor.workspaceId, importId });
      await deps.publish?.(tx, importId);
      return view(tx, importId);
    });

  return {
    create,
    addFile,
    correct,
    start: (actor: Actor, importId: string) => begin(actor, importId, 'running'),
    dryRun: (actor: Actor, importId: string) => begin(actor, importId, 'checking'),
    cancel,
    undo,
    get: (workspaceId: string, importId: string) =>
      database.inWorkspace(workspaceId, (tx) => view(tx, importId), oneMoment),
    list: (workspaceId: string, page: { readonly before?: string | undefined; readonly limit: number }) =>
      database.inWorkspace(workspaceId, async (tx) => withFiles(tx, await listImports(tx, page)), oneMoment),
    readSetAside: async (workspaceId: string, importId: string): Promise<Readable> => {
      await database.inWorkspace(workspaceId, (tx) => view(tx, importId), { readOnly: true });
      return area.readSetAside(importId);
    },
    /** Job `imports.run`. */
    run: runner.run,
    /** Job `imports.check`. */
    check: runner.dryRun,
    /** Job `imports.undo`. */
    undoNow: async (task: ImportTask): Promise<void> => {
      const batchId = await undoNow(task);
      if (batchId !== null) await runner.purge(task, batchId);
    },
    /**
     * At start-up, once the workers run: puts whatever a killed server left unfinished back into the queue. The try that
     * was killed is taken back by the next one before it begins.
     */
    recover: (workspaceId: string): Promise<number> =>
      database.inWorkspace(workspaceId, async (tx) => {
        const rows = await unfinishedImports(tx);
        await forgetStrays(tx);
        for (const { id, state } of rows) {
          const name =
            state === 'running' ? 'imports.run' : state === 'checking' ? 'imports.check' : 'imports.undo';
          await enqueue(tx, name, { workspaceId, importId: id });
        }
        return rows.length;
      }),
  };
};
