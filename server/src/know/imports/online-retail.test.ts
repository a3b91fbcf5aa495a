import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createImportsFixture } from './imports.fixture.ts';

const folder = fileURLToPath(new URL('../../../../../shared/data/online-retail/', import.meta.url));
const isHere = existsSync(folder);

/** Facts of the published set: the oracle's counts of its first nine months. */
const ORACLE = { lines: 225_558, customers: 3314, items: 3388, invoices: 11_342, revenue: '5159146.74' };

it(isHere
  ? 'imports nine months of a real shop as an independent count sees them'
  : 'skipped: no ../shared/data/online-retail', async () => {
  if (!isHere) return;
  const room = await createImportsFixture();
  const { row } = await room.imports.create(room.actor);
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.csv.gz')))
    await room.addFileAt(row.id, folder + name);
  await room.imports.start(room.actor, row.id);
  await room.work();
  const { row: done } = await room.imports.get(room.workspaceId, row.id);
  expect(done.failure).toBeNull();
  expect(done.state).toBe('committed');
  const report = done.report;
  expect(report?.linesIn).toBe(320_705);
  expect((report?.productLines ?? 0) + (report?.otherLines ?? 0) + (report?.linesSetAside ?? 0)).toBe(
    320_705,
  );
  const [counts] = await room.query<typeof ORACLE>(
    `select count() as lines, uniqExact(profile_id) as customers, uniqExact(sku) as items, uniqExact(order_id) as invoices,
       toString(sum(quantity * unit_price)) as revenue
     from order_lines
     where profile_id != toUUID('00000000-0000-0000-0000-000000000000') and quantity > 0 and unit_price > 0
       and order_id not like 'C%' and match(sku, '^[0-9]{5}')`,
  );
  expect(counts).toEqual(ORACLE);
  const [accounted] = await room.query<{ n: number }>('select uniqExact(line) as n from order_lines');
  expect((accounted?.n ?? 0) + (report?.linesSetAside ?? 0)).toBe(320_705);
  await room.close();
}, 300_000);
