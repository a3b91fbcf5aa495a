import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import type { ImportMappingChange } from '@mesure/contract/imports';
import { type Actor, createSettings } from '#guard/access';
import { createAudit } from '#guard/audit';
import { createConsentRoom } from '#guard/consent';
import { createProducts } from '#know/catalog';
import { createCollect } from '#know/collect';
import { createProfiles, purchases } from '#know/profiles';
import type { Job } from '#platform/jobs';
import { createTestStores, type TestStores } from '#testing';
import type { ImportsDeps } from './imports-deps.ts';
import { importJobs } from './jobs.ts';
import { createImports, type Imports, type ImportWithFiles } from './service.ts';

const never = new AbortController().signal;

/** The room on real stores, with a queue that a test works off itself. */
export const createImportsFixture = async (
  change: (deps: ImportsDeps) => Partial<ImportsDeps> = () => ({}),
) => {
  const stores: TestStores = await createTestStores();
  const { database, clock, ids, workspaceId } = stores;
  const folder = await mkdtemp(join(tmpdir(), 'mesure-imports-'));
  const audit = createAudit({ database, clock });
  const collect = createCollect({ ...stores, clickhouse: stores.clickhouse });
  const consentRoom = createConsentRoom({ ...stores, audit });
  const profiles = createProfiles(stores);
  const products = createProducts(stores);
  const queue: Job[] = [];
  const actor: Actor = {
    kind: 'account',
    id: ids.next(),
    name: 'Camille',
    roles: ['marketer'],
    workspaceId,
    personId: ids.next(),
  };
  const deps: ImportsDeps = {
    ...stores,
    jobs: {
      add: async (_tx, job) => {
        queue.push(job);
      },
    },
    audit,
    settings: createSettings({ audit }),
    consent: consentRoom.consent,
    entities: consentRoom.entities,
    profiles,
    profilesWith: (own) => createProfiles({ ids: own, clock }),
    products,
    bulk: collect.bulk,
    eventReader: collect.eventReader,
    knowsPeople: [collect.knowsPeople],
    mayMakeUp: async () => true,
    folder,
  };
  const imports: Imports = createImports({ ...deps, ...change(deps) });
  const handlers = importJobs(imports);

  const work = async (signal: AbortSignal = never): Promise<void> => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift())
      await handlers[job.name]?.(job.payload, signal);
  };
  const addText = (importId: string, name: string, text: string | Buffer): Promise<ImportWithFiles> =>
    imports.addFile(actor, importId, { name, body: Readable.from([Buffer.from(text)]) });
  const describe = async (
    text: string | Buffer,
    correction?: ImportMappingChange,
  ): Promise<ImportWithFiles> => {
    const { row } = await imports.create(actor);
    const described = await addText(row.id, 'orders.csv', text);
    return correction === undefined ? described : imports.correct(actor, row.id, correction);
  };
  /** From text to a finished import. */
  const importText = async (
    text: string | Buffer,
    correction?: ImportMappingChange,
  ): Promise<ImportWithFiles> => {
    const { row } = await describe(text, correction);
    await imports.start(actor, row.id);
    await work();
    return imports.get(workspaceId, row.id);
  };
  const query = <R>(sql: string, params: Record<string, unknown> = {}): Promise<R[]> =>
    collect.eventReader.query<R>(workspaceId, { sql, params });

  return {
    stores,
    imports,
    deps,
    actor,
    queue,
    work,
    addText,
    describe,
    importText,
    query,
    clock,
    collect,
    profiles,
    products,
    purchases,
    ...consentRoom,
    audit,
    folder,
    workspaceId,
    addFileAt: async (importId: string, path: string) =>
      imports.addFile(actor, importId, { name: basename(path), body: Readable.from([await readFile(path)]) }),
    inWorkspace: <T>(run: Parameters<typeof database.inWorkspace<T>>[1]) =>
      database.inWorkspace<T>(workspaceId, run),
    close: async () => {
      await stores.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
