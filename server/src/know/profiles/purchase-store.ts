import { ZERO_UUID } from '#platform/ids';
import type { Tx } from '#platform/postgres';

export interface Purchase {
  readonly profileId: string;
  readonly sku: string;
  readonly category: string;
  readonly at: Date;
  /** A decimal number; what is not above zero (a return, a correction) is no purchase and is left out. */
  readonly quantity: string | number;
  /** The import that says so; absent: the event log. */
  readonly importId?: string | undefined;
}

export interface LastPurchase {
  readonly at: Date;
  readonly category: string;
}

export interface Purchases {
  /** Keeps the latest per person and SKU; the same call twice changes nothing. */
  readonly record: (tx: Tx, purchases: readonly Purchase[]) => Promise<void>;
  /** Profile → SKU → when it was bought last. A person without purchases is absent. */
  readonly last: (
    tx: Tx,
    profileIds: readonly string[],
  ) => Promise<ReadonlyMap<string, ReadonlyMap<string, LastPurchase>>>;
  /** Forgets what only this import said. */
  readonly forgetImport: (tx: Tx, importId: string) => Promise<number>;
}

const keyOf = (purchase: Purchase): string =>
  `${purchase.profileId} ${purchase.importId ?? ZERO_UUID} ${purchase.sku}`;

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
    `insert into last_purchase (workspace_id, profile_id, sku, import_id, category, at, quantity)
     select app_workspace(), * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::timestamptz[], $6::numeric[])
     on conflict (workspace_id, profile_id, sku, import_id) do update
       set category = excluded.category, at = excluded.at, quantity = excluded.quantity
       where last_purchase.at < excluded.at`,
    [
      rows.map(({ profileId }) => profileId),
      rows.map(({ sku }) => sku),
      rows.map(({ importId }) => importId ?? ZERO_UUID),
      rows.map(({ category }) => category),
      rows.map(({ at }) => at),
      rows.map(({ quantity }) => String(quantity)),
    ],
  );
};

const last = async (
  tx: Tx,
  profileIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, LastPurchase>>> => {
  const found = new Map<string, Map<string, LastPurchase>>();
  if (profileIds.length === 0) return found;
  const rows = await tx.rows<{ profileId: string; sku: string; at: Date; category: string }>(
    `select distinct on (profile_id, sku) profile_id as "profileId", sku, at, category from last_purchase
     where workspace_id = app_workspace() and profile_id = any ($1::uuid[])
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
  last,
  forgetImport: (tx, importId) =>
    tx.run('delete from last_purchase where workspace_id = app_workspace() and import_id = $1', [importId]),
};
