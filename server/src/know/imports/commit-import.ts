import type { ImportReport } from '@mesure/contract/imports';
import { appError } from '#platform/errors';
import type { Tx } from '#platform/postgres';
import { forgetSamples, type ImportRow, lockImport, saveImport } from './import-store.ts';
import type { ConsentSource } from './imported-consents.ts';
import type { ImportsDeps } from './imports-deps.ts';
import { Cancelled, Superseded } from './interruption.ts';
import { forgetPeople } from './person-store.ts';
import type { TalliedProduct } from './product-tally.ts';
import type { OrdersRead } from './read-orders.ts';
import { savePeople } from './save-people.ts';

export interface CommitInput {
  readonly row: ImportRow;
  readonly batchId: string;
  readonly fileNames: readonly string[];
  readonly read: OrdersRead;
}

const PRODUCTS_PER_STEP = 10_000;

/** A catalogue that is there knows better than old orders: they add products and fill in a missing category. */
const saveProducts = async (
  tx: Tx,
  deps: Pick<ImportsDeps, 'products'>,
  products: readonly TalliedProduct[],
): Promise<void> => {
  for (let start = 0; start < products.length; start += PRODUCTS_PER_STEP) {
    const step = products.slice(start, start + PRODUCTS_PER_STEP);
    const known = await deps.products.bySku(
      tx,
      step.map(({ sku }) => sku),
    );
    await deps.products.upsert(
      tx,
      step.flatMap((product) => {
        const before = known.get(product.sku);
        if (before === undefined) return product;
        return before.category === '' && product.category !== ''
          ? { sku: product.sku, category: product.category }
          : [];
      }),
    );
  }
};

/**
 * The one transaction that makes an import visible: people, consents, products, purchases and the batch itself, or
 * nothing. The chain lock of the audit is taken last.
 * @throws Overtaken when somebody the import made exists under another id by now, Cancelled, Superseded.
 */
export const commitImport = async (tx: Tx, deps: ImportsDeps, input: CommitInput): Promise<ImportReport> => {
  const { row, batchId, read } = input;
  const current = await lockImport(tx, row.id);
  const { mapping, startedBy } = row;
  if (current?.state !== 'running' || current.attempt !== row.attempt) throw new Superseded();
  if (current.cancelRequested) throw new Cancelled();
  if (mapping === null || startedBy === null) throw appError('internal');
  const now = deps.clock.now();
  const entity = await deps.entities.default(tx);
  const source: ConsentSource = {
    importId: row.id,
    mapping,
    fileNames: input.fileNames,
    defaultEntityId: entity?.id ?? '',
    actor: { kind: startedBy.kind, id: startedBy.id, name: startedBy.name },
    now,
  };
  const consents = await savePeople(tx, deps, { id: batchId, source });
  await saveProducts(tx, deps, read.products);
  await deps.bulk.commit(tx, batchId);
  await forgetPeople(tx, batchId);
  const report = read.report(consents);
  await saveImport(tx, row.id, {
    state: 'committed',
    phase: 'done',
    report,
    reportIsDryRun: false,
    lines: report.linesIn,
    failure: null,
    committedAt: now,
  });
  await forgetSamples(tx, row.id);
  await deps.audit.record(tx, {
    actor: startedBy,
    action: 'import.committed',
    subject: { kind: 'import', id: row.id },
    after: {
      batchId,
      linesIn: report.linesIn,
      linesSetAside: report.linesSetAside,
      people: report.people,
      products: report.products,
      consents,
    },
  });
  return report;
};
