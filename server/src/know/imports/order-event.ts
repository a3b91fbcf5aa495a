import type { NewEvent } from '#know/collect';
import { formatScaled } from './decimal.ts';
import { PRICE_PLACES, QUANTITY_PLACES } from './money.ts';
import type { OrderLine } from './order-line.ts';
import type { OrderRun } from './order-runs.ts';
import { eventFlags } from './trouble.ts';

/** `line` of an order line: the file's position in the import, from 1, times a billion, plus the line in that file. */
const LINES_PER_FILE = 1_000_000_000;

/** A few thousand prices and quantities make up millions of lines. */
const createDecimalTexts = (places: number): ((scaled: number) => string) => {
  const texts = new Map<number, string>();
  return (scaled) => {
    const known = texts.get(scaled);
    if (known !== undefined) return known;
    const text = formatScaled(scaled, places);
    if (texts.size < 50_000) texts.set(scaled, text);
    return text;
  };
};

const quantityText = createDecimalTexts(QUANTITY_PLACES);
const priceText = createDecimalTexts(PRICE_PLACES);

const toLine = (line: OrderLine): NonNullable<NewEvent['order']>['lines'][number] => ({
  sku: line.sku,
  name: line.name,
  category: line.category,
  quantity: quantityText(line.quantity),
  unitPrice: priceText(line.unitPrice),
  totalMinor: line.totalMinor,
  kind: line.kind,
  flags: eventFlags(line.flags),
  line: (line.file + 1) * LINES_PER_FILE + line.line,
});

/** The event of a run; its message id follows from the place in the file, so that a second reading makes the same. */
export const toEvent = (
  run: OrderRun,
  profileId: string | null,
  text: Readonly<Record<string, string>>,
): NewEvent => {
  const first = run.lines[0] as OrderLine;
  let revenueMinor = 0;
  for (const { totalMinor } of run.lines) revenueMinor += totalMinor;
  return {
    name: run.name,
    at: new Date(first.at),
    profileId,
    source: 'import',
    messageId: `${first.file + 1}:${first.line}:${run.name}`,
    text,
    order: { orderId: first.orderId, currency: first.currency, revenueMinor, lines: run.lines.map(toLine) },
  };
};
