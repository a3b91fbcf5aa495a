/** What somebody typed as a price, as the API takes it: `1 234,50` → `1234.50`; null when it is no price. */
export const readPrice = (typed: string): string | null => {
  const plain = typed.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  return /^\d{1,12}(\.\d{1,6})?$/.test(plain) ? plain : null;
};

/** A price of the API as one would type it: no zeros beyond the second decimal, the reader's decimal sign. */
export const typePrice = (price: string, decimal: '.' | ','): string => {
  const [whole = '0', fraction = ''] = price.split('.');
  const kept = fraction.replace(/0+$/, '').padEnd(2, '0');
  return `${whole}${decimal}${kept}`;
};
