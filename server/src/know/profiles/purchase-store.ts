import type { Tx } from '#platform/postgres';
import { jsonbText } from './jsonb.ts';

export interface Purchase {
  readonly profileId: string;
  readonly sku: string;
  readonly category: string;
  readonly at: Date;
  /** A decimal number; what is not above zero (a return, a correction) is no purchase and is left out. */
  readonly quantity: string | number;
}

export interface LastPurchase {
  readonly at: Date;
  readonly category: string;
}

/** Everything that one import says somebody bought, each SKU once, when last; position by position. */
export interface ImportedPurchases {
  readonly profileId: string;
  readonly skus: readonly string[];
  readonly categories: readonly string[];
  /** ISO 8601 instants. */
  readonly boughtAt: readonly string[];
}

export interface Purchases {
  /** What the event log says: keeps the latest per person and SKU; the same call twice changes nothing. */
  readonly record: (tx: Tx, purchases: readonly Purchase[]) => Promise<void>;
  /** Everything that an import says of these people, in one call per person and import. */
  readonly recordImport: (tx: Tx, importId: string, people: readonly ImportedPurchases[]) => Promise<void>;
  /** Profile → SKU → when it was bought last. A person without purchases is absent. */
  readonly last: (
    tx: Tx,
    profileIds: readonly string[],
  ) => Promise<ReadonlyMap<string, ReadonlyMap<string, LastPurchase>>>;
  /** Forgets what only this import said. */
  readonly forgetImport: (tx: Tx, importId: string) => Promise<number>;
}

const keyOf = (purchase: Purchase): string => `${purchase.profileId} ${purchase.sku}`;

/** One row per key: a statement may not touch the same row twice. */
const latest = (purchases: readonly Purchase[]): Purchase[] => {
  const best = new Map<string, Purchase>();
  for (const purchase of purchases) {
    if (!(Number(purchase.quantity) > 0)) continue;
    const key = keyOf(purchase);
    const before = best.get(key);
    if (before === undefined || before.at.getTime() < purchase.at.getTime()) best.set(key, purchase);
  }
  return [...best.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, purchase]) => purchase);
};

const record = async (tx: Tx, purchases: readonly Purchase[]): Promise<void> => {
  const rows = latest(purchases);
  if (rows.length === 0) return;
  await tx.run(
    `insert into last_purchase (workspace_id, profile_id, sku, category, at, quantity)
     select app_workspace(), * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::numeric[])
     on conflict (workspace_id, profile_id, sku) do update
       set category = excluded.category, at = excluded.at, quantity = excluded.quantity
       where last_purchase.at < excluded.at`,
    [
      rows.map(({ profileId }) => profileId),
      rows.map(({ sku }) => sku),
      rows.map(({ category }) => category),
      rows.map(({ at }) => at),
      rows.map(({ quantity }) => String(quantity)),
    ],
  );
};

const recordImport = async (
  tx: Tx,
  importId: string,
  people: readonly ImportedPurchases[],
): Promise<void> => {
  if (people.length === 0) return;
  await tx.run(
    `insert into imported_purchase (workspace_id, profile_id, import_id, skus, categories, bought_at)
     select app_workspace(), "profileId", $1, skus, categories, "boughtAt"
     from jsonb_to_recordset($2::jsonb) as r ("profileId" uuid, skus text[], categories text[], "boughtAt" timestamptz[])`,
    [importId, jsonbText(people)],
  );
};

const last = async (
  tx: Tx,
  profileIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, LastPurchase>>> => {
  const found = new Map<string, Map<string, LastPurchase>>();
  if (profileIds.length === 0) return found;
  const rows = await tx.rows<{ profileId: string; sku: string; at: Date; category: string }>(
    `select distinct on (profile_id, sku) profile_id as "profileId", sku, at, category from (
       select profile_id, sku, at, category from last_purchase
       where workspace_id = app_workspace() and profile_id = any ($1::uuid[])
       union all
       select profile_id, item.sku, item.at, item.category
       from imported_purchase, unnest(skus, bought_at, categories) as item (sku, at, category)
       where workspace_id = app_workspace() and profile_id = any ($1::uuid[])) as bought
     order by profile_id, sku, at desc`,
    [profileIds],
  );
  for (const { profileId, sku, at, category } of rows) {
    const ofProfile = found.get(profileId) ?? new Map<string, LastPurchase>();
    ofProfile.set(sku, { at, category });
    found.set(profileId, ofProfile);
  }
  return found;
};

export const purchases: Purchases = {
  record,
  recordImport,
  last,
  forgetImport: (tx, importId) =>
    tx.run('delete from imported_purchase where workspace_id = app_workspace() and import_id = $1', [
      importId,
    ]),
};
