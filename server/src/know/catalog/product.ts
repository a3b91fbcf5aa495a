/** `unitPrice`: decimal text in major units, up to six decimals; never a floating-point number. */
export interface Product {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly unitPrice: string;
  readonly currency: string;
  readonly url: string | null;
  readonly imageUrl: string | null;
  /** Bought for reasons that are nobody's business: never recommended. */
  readonly sensitive: boolean;
  readonly available: boolean;
}

/** Absent, null or empty: not known, and changes nothing of a product that exists. */
export interface ProductUpsert {
  readonly sku: string;
  readonly name?: string | null | undefined;
  readonly category?: string | null | undefined;
  readonly unitPrice?: string | null | undefined;
  readonly currency?: string | null | undefined;
  readonly url?: string | null | undefined;
  readonly imageUrl?: string | null | undefined;
  readonly sensitive?: boolean | undefined;
  readonly available?: boolean | undefined;
}

/** `2.550000` → `2.55`: the shortest text of the same decimal. */
export const shortDecimal = (decimal: string): string =>
  decimal.includes('.') ? decimal.replace(/0+$/, '').replace(/\.$/, '') : decimal;

/** Later rows about the same SKU complete and override earlier ones. */
export const onePerSku = (rows: readonly ProductUpsert[]): ProductUpsert[] => {
  const merged = new Map<string, ProductUpsert>();
  for (const row of rows) {
    const known = Object.entries(row).filter(
      ([, value]) => value !== null && value !== undefined && value !== '',
    );
    merged.set(row.sku, { ...merged.get(row.sku), ...Object.fromEntries(known), sku: row.sku });
  }
  return [...merged.values()].sort((one, other) => (one.sku < other.sku ? -1 : 1));
};
