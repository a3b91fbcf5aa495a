import { randomId } from '@mantine/hooks';
import type { ImportSummary } from '@mesure/contract/imports';
import { importsRoutes } from '@mesure/contract/imports';
import { call, createStore, keyOf, queryClient, refresh } from '#platform/api';
import { unsavedWhen } from '#platform/update';
import { type FileProblem, hashOf, lookAtFile } from './look-at-file.ts';
import { sendFile } from './send-file.ts';

export type UploadState =
  | { readonly is: 'looking' | 'waiting' | 'done' | 'cancelled' }
  | { readonly is: 'refused'; readonly problem: FileProblem }
  | { readonly is: 'asks'; readonly known: Pick<ImportSummary, 'id' | 'createdAt'> }
  | { readonly is: 'sending'; readonly sent: number }
  | { readonly is: 'failed'; readonly error: unknown };

export interface Upload {
  readonly key: string;
  /** Null: chosen before there is an import; it gets one with the first file that can be sent. */
  readonly importId: string | null;
  readonly file: File;
  readonly state: UploadState;
}

/** Outlives the pages: whoever looks elsewhere and comes back finds the files still going. */
export const uploads = createStore<readonly Upload[]>([]);

const change = (key: string, changed: Partial<Upload>): void =>
  uploads.write(uploads.read().map((upload) => (upload.key === key ? { ...upload, ...changed } : upload)));

export const isUnderWay = ({ state: { is } }: Upload): boolean =>
  is === 'looking' || is === 'waiting' || is === 'sending';

const stops = new Map<string, AbortController>();

const someUnderWay = (): boolean => uploads.read().some(isUnderWay);
unsavedWhen(someUnderWay);

const askBeforeClosing = (event: BeforeUnloadEvent): void => event.preventDefault();
uploads.subscribe(() => {
  if (someUnderWay()) window.addEventListener('beforeunload', askBeforeClosing);
  else window.removeEventListener('beforeunload', askBeforeClosing);
});

let sending = false;

/** One after the other: the columns of each file are compared with those of the first. */
const work = async (): Promise<void> => {
  if (sending) return;
  sending = true;
  try {
    for (;;) {
      const next = uploads.read().find(({ state, importId }) => state.is === 'waiting' && importId !== null);
      if (!next || next.importId === null) return;
      const { key, importId, file } = next;
      const stop = new AbortController();
      stops.set(key, stop);
      change(key, { state: { is: 'sending', sent: 0 } });
      try {
        const detail = await sendFile({
          importId,
          file,
          signal: stop.signal,
          onSent: (sent) => {
            if (!stop.signal.aborted) change(key, { state: { is: 'sending', sent } });
          },
        });
        queryClient.setQueryData(keyOf(importsRoutes.getImport, { params: { id: importId } }), detail);
        change(key, { state: { is: 'done' } });
        void refresh('imports');
      } catch (error) {
        change(key, { state: stop.signal.aborted ? { is: 'cancelled' } : { is: 'failed', error } });
      }
      stops.delete(key);
    }
  } finally {
    sending = false;
  }
};

const importedBefore = async (file: File): Promise<ImportSummary | undefined> => {
  const hash = await hashOf(file);
  if (hash === null) return undefined;
  const { items } = await call(importsRoutes.listImports, { query: { limit: 200 } });
  return items.find(
    ({ state, files }) => state === 'committed' && files.some(({ sha256 }) => sha256 === hash),
  );
};

const lookAt = async ({ key, file }: Upload): Promise<void> => {
  const problem = await lookAtFile(file);
  if (problem !== null) return change(key, { state: { is: 'refused', problem } });
  // Not knowing does not hold a file back: the server says it again when the file is there.
  const known = await importedBefore(file).catch(() => undefined);
  change(key, { state: known ? { is: 'asks', known } : { is: 'waiting' } });
};

/** Looks at the files, then sends those that can be: to `importId`, or to a new import, whose id comes back. */
export const addFiles = async (importId: string | null, files: readonly File[]): Promise<string | null> => {
  const added = files.map((file): Upload => ({ key: randomId(), importId, file, state: { is: 'looking' } }));
  uploads.write([...uploads.read(), ...added]);
  await Promise.all(added.map(lookAt));
  return sendWaiting(
    added.map(({ key }) => key),
    importId,
  );
};

const sendWaiting = async (keys: readonly string[], importId: string | null): Promise<string | null> => {
  const ready = uploads.read().filter(({ key, state }) => keys.includes(key) && state.is === 'waiting');
  if (ready.length === 0) return null;
  try {
    const id = importId ?? (await call(importsRoutes.createImport)).id;
    // What was chosen together stays together, refused files too.
    for (const key of keys) change(key, { importId: id });
    void work();
    return id;
  } catch (error) {
    for (const { key } of ready) change(key, { state: { is: 'failed', error } });
    return null;
  }
};

/** Sends a file that was held back or failed. */
export const sendAnyway = ({ key, importId }: Upload): Promise<string | null> => {
  change(key, { state: { is: 'waiting' } });
  return sendWaiting([key], importId);
};

export const stopUpload = ({ key }: Upload): void => {
  const stop = stops.get(key);
  if (stop) stop.abort();
  else change(key, { state: { is: 'cancelled' } });
};

export const forgetUpload = ({ key }: Upload): void =>
  uploads.write(uploads.read().filter((upload) => upload.key !== key));

export const forgetUploadsOf = (importId: string): void => {
  for (const upload of uploads.read().filter((one) => one.importId === importId)) stopUpload(upload);
  uploads.write(uploads.read().filter((one) => one.importId !== importId));
};
