import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditRoutes } from '@mesure/contract/audit';
import type { Client } from '@mesure/contract/client';
import { importsRoutes } from '@mesure/contract/imports';
import { segmentsRoutes } from '@mesure/contract/segments';
import { sendRoutes } from '@mesure/contract/sends';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { temporaryDataFolder } from '#testing';
import { backUp, restoreFrom } from './backup-command.ts';
import { clientOn, configOn, setUpOn, startOn } from './server-for-tests.ts';
import type { RunningServer } from './start.ts';

const orders = `order_id,date,customer_id,email,sku,product,quantity,unit_price,currency
A-1,2026-01-05 10:00,C1,ada@example.test,T1,Green tea,2,4.50,EUR
A-2,2026-02-05 11:00,C2,bob@example.test,T2,Black tea,1,3.90,EUR
`;

const buyersRule = { kind: 'event', did: true, name: 'order_completed' } as const;

const importOrders = async (client: Client): Promise<void> => {
  const { id } = await client.call(importsRoutes.createImport);
  const params = { id };
  await client.call(importsRoutes.addImportFile, { params: { id, name: 'orders.csv' }, body: orders });
  await client.call(importsRoutes.startImport, { params });
  await vi.waitFor(
    async () =>
      expect(await client.call(importsRoutes.getImport, { params })).toMatchObject({ state: 'committed' }),
    { timeout: 60_000 },
  );
};

const backups = mkdtempSync(join(tmpdir(), 'mesure-backups-'));
const target = join(backups, 'first');
const said: string[] = [];
const say = (line: string): void => void said.push(line);
let folder: string;
let server: RunningServer | undefined;

/** People reach the event store a moment after their import is committed. */
const untilBuyersAre = (count: number, client: Client): Promise<void> =>
  vi.waitFor(
    async () =>
      expect(
        await client.call(segmentsRoutes.previewSegment, { body: { rule: buyersRule, samples: 0 } }),
      ).toMatchObject({ count }),
    { timeout: 30_000 },
  );

beforeAll(async () => {
  const source = await temporaryDataFolder();
  server = await startOn(source);
  await setUpOn(server);
  const client = clientOn(server, source);
  await importOrders(client);
  await untilBuyersAre(2, client);
  await backUp({ config: configOn(source), folder: target, say });
  await server.stop();
  folder = await temporaryDataFolder();
});
afterAll(async () => {
  await server?.stop();
  rmSync(backups, { recursive: true, force: true });
});

it('backs a running server up, and says that the backup is to be kept safe', () => {
  expect(said[0]).toContain('The running server writes the backup');
  expect(said.at(-1)).toMatch(new RegExp(`rows in ${target}.*keep it safe`));
});

it('restores into a new folder, holds every send, and audits who lets them go', async () => {
  said.length = 0;
  await restoreFrom({ config: configOn(folder), folder: target, say });
  expect(said.join('\n')).toMatch(/Restored the backup of .*\nSends are held[\s\S]*sends release --comment/);

  server = await startOn(folder);
  const client = clientOn(server, folder);
  await untilBuyersAre(2, client);

  const { items } = await client.call(sendRoutes.listDeliveryHolds);
  expect(items).toMatchObject([{ reason: expect.stringMatching(/^restored on .* from the backup of /) }]);
  const id = items[0]?.id ?? '';
  const body = { comment: 'The relay accepted nothing since.' };
  expect(await client.call(sendRoutes.releaseDeliveryHold, { params: { id }, body })).toEqual({
    released: true,
  });
  const audited = await client.call(auditRoutes.listAudit, { query: { action: 'delivery.hold_released' } });
  expect(audited.items).toMatchObject([{ subject: { kind: 'delivery_hold', id }, after: body }]);

  await server.stop();
  server = await startOn(folder);
  expect(await clientOn(server, folder).call(sendRoutes.listDeliveryHolds)).toEqual({ items: [] });
});

it('refuses to restore over what is there', async () => {
  await server?.stop();
  server = undefined;
  await expect(restoreFrom({ config: configOn(folder), folder: target, say })).rejects.toThrow(/empty/);
});

it('backs a stopped server up by opening its stores', async () => {
  said.length = 0;
  await backUp({ config: configOn(folder), folder: join(backups, 'second'), say });
  expect(said[0]).toContain('Opening the stores');
});
