/** Quantities are integers of 10^-4, unit prices integers of 10^-6 of a major unit. */
export const QUANTITY_PLACES = 4;
export const PRICE_PLACES = 6;

const digitsOf = new Map<string, number>();

/** Digits after the point of a currency (ISO 4217): EUR 2, JPY 0. */
export const minorDigits = (currency: string): number => {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  digitsOf.set(currency, digits);
  return digits;
};

const divideHalfAway = (dividend: bigint, divisor: bigint): bigint => {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const quotient = (magnitude * 2n + divisor) / (divisor * 2n);
  return dividend < 0n ? -quotient : quotient;
};

/** Quantity × unit price in minor units, rounded half away from zero. Exact: never through a fraction in a double. */
export const lineTotalMinor = (quantityScaled: number, priceScaled: number, digits: number): number => {
  const product = quantityScaled * priceScaled;
  const divisor = 10 ** (QUANTITY_PLACES + PRICE_PLACES - digits);
  if (Math.abs(product) < Number.MAX_SAFE_INTEGER / 2) {
    const magnitude = Math.abs(product);
    const rest = magnitude % divisor;
    const rounded = (magnitude - rest) / divisor + (rest * 2 >= divisor ? 1 : 0);
    return product < 0 ? -rounded : rounded;
  }
  return Number(divideHalfAway(BigInt(quantityScaled) * BigInt(priceScaled), BigInt(divisor)));
};

/** An amount of 10^-6 major units in minor units, rounded half away from zero. */
export const amountMinor = (amountScaled: number, digits: number): number =>
  lineTotalMinor(10 ** QUANTITY_PLACES, amountScaled, digits);

/** Unit price (10^-6) of a line that gives only its total; 0 for a quantity of 0. */
export const unitPriceOf = (totalScaled: number, quantityScaled: number): number => {
  if (quantityScaled === 0) return 0;
  const sign = totalScaled < 0 !== quantityScaled < 0 ? -1n : 1n;
  const total = BigInt(Math.abs(totalScaled)) * BigInt(10 ** QUANTITY_PLACES);
  const price = Number(sign * divideHalfAway(total, BigInt(Math.abs(quantityScaled))));
  return price === 0 ? 0 : price;
};
