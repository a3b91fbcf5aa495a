import { catalogRoutes } from '@mesure/contract/catalog';
import { ApiError } from '@mesure/contract/client';
import { importsRoutes } from '@mesure/contract/imports';
import { afterAll, expect, it } from 'vitest';
import { startServerProcess } from './harness/server-process.ts';
import { mountSmallDisk } from './harness/small-disk.ts';
import { setUpTeam } from './harness/team.ts';
import { until } from './harness/until.ts';

const disk = mountSmallDisk(400);
if (!disk) console.log('skipped: a disk of its own needs the right to mount (run as root)');
afterAll(() => disk?.remove());

const products = (batch: number) =>
  Array.from({ length: 2_000 }, (_, index) => ({
    sku: `P-${batch}-${index}`,
    name: `Something with a long name ${'x'.repeat(800)} ${batch}-${index}`,
    unitPrice: '1.00',
  }));

const refusal = async (work: Promise<unknown>): Promise<ApiError | undefined> => {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
};

it.runIf(disk)('a full disk refuses in words, loses nothing that was acknowledged, and passes', async () => {
  if (!disk) return;
  const server = await startServerProcess({ folder: disk.path });
  try {
    const { marketer } = await setUpTeam(server.url, server.setupToken ?? '');
    const save = (batch: number) =>
      marketer.call(catalogRoutes.saveProducts, { body: { items: products(batch) } });
    const count = async (batch: number): Promise<number> =>
      (await marketer.call(catalogRoutes.listProducts, { query: { search: `P-${batch}-`, limit: 500 } }))
        .items.length;
    await save(0);
    const acknowledged = [0];

    disk.fill();
    let refused: ApiError | undefined;
    for (let batch = 1; batch <= 40 && !refused; batch += 1) {
      refused = await refusal(save(batch));
      if (!refused) acknowledged.push(batch);
    }
    expect(refused?.status).toBe(503);
    expect(refused?.message).toMatch(/disk|reach/i);
    const { id } = await marketer.call(importsRoutes.createImport).catch(() => ({ id: '' }));
    if (id !== '') {
      const upload = marketer.call(importsRoutes.addImportFile, {
        params: { id, name: 'orders.csv' },
        body: Buffer.alloc(8_388_608, 'a,b\n'),
      });
      expect((await refusal(upload))?.message).toMatch(/disk|reach/i);
    }

    disk.free();
    await until('the server takes products again', async () => (await refusal(save(99))) === undefined);
    for (const batch of [...acknowledged, 99]) expect(await count(batch)).toBe(500);
    expect(server.isRunning()).toBe(true);
  } finally {
    await server.stop();
  }
});
