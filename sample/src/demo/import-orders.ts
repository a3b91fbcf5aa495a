import { setTimeout as wait } from 'node:timers/promises';
import type { Client, Upload } from '@mesure/contract/client';
import { type ImportDetail, type ImportMappingChange, importsRoutes } from '@mesure/contract/imports';

export interface OrderFile {
  readonly name: string;
  readonly content: Upload;
}

const settled = new Set(['committed', 'failed', 'cancelled']);

/** What a shop does: sends its export, corrects the guess where it must, and waits until the import is committed. */
export const importOrders = async (
  client: Client,
  files: readonly OrderFile[],
  options: { readonly mapping: ImportMappingChange; readonly onProgress?: (lines: number) => void },
): Promise<ImportDetail> => {
  const { id } = await client.call(importsRoutes.createImport);
  for (const file of files) {
    await client.call(importsRoutes.addImportFile, { params: { id, name: file.name }, body: file.content });
  }
  await client.call(importsRoutes.correctImportMapping, { params: { id }, body: options.mapping });
  await client.call(importsRoutes.startImport, { params: { id } });
  for (;;) {
    const detail = await client.call(importsRoutes.getImport, { params: { id } });
    options.onProgress?.(detail.progress.lines);
    if (settled.has(detail.state)) {
      if (detail.state !== 'committed')
        throw new Error(`The orders could not be imported: ${detail.failure ?? detail.state}`);
      return detail;
    }
    await wait(50);
  }
};
