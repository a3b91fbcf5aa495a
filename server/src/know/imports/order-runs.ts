import { createFingerprintSet, fingerprint } from './fingerprints.ts';
import { eventNameOf, type OrderEventName, type OrderLine } from './order-line.ts';

/** One event to be: lines of one order that stand together in the file and are all bought, or all given back. */
export interface OrderRun {
  readonly name: OrderEventName;
  readonly lines: readonly OrderLine[];
  /** Lines of this order stood elsewhere before: it becomes several events. */
  readonly isSplit: boolean;
}

export interface OrderRuns {
  /** Takes the next line and answers with the runs that it ends. */
  readonly add: (line: OrderLine) => readonly OrderRun[];
  readonly finish: () => readonly OrderRun[];
}

/** One event holds at most so many lines; a longer order becomes several. */
const MAX_LINES = 5000;
const DAY_MS = 86_400_000;

const belongs = (line: OrderLine, first: OrderLine): boolean =>
  line.orderId === first.orderId &&
  line.file === first.file &&
  line.customerId === first.customerId &&
  line.email === first.email &&
  line.currency === first.currency &&
  line.status === first.status &&
  Math.floor(line.at / DAY_MS) === Math.floor(first.at / DAY_MS);

const byName = (lines: readonly OrderLine[], isSplit: boolean): OrderRun[] => {
  const runs = new Map<OrderEventName, OrderLine[]>();
  for (const line of lines) {
    const name = eventNameOf(line);
    const list = runs.get(name);
    if (list === undefined) runs.set(name, [line]);
    else list.push(line);
  }
  return [...runs].map(([name, list]) => ({ name, lines: list, isSplit }));
};

/**
 * Gathers adjacent lines of one order, so that memory holds one order at a time. An order whose lines stand apart, or
 * change customer, day, currency or status on the way, becomes one event per stretch: sums stay right, and the report
 * counts it as `split_order`.
 */
export const createOrderRuns = (): OrderRuns => {
  const seenOrders = createFingerprintSet();
  let lines: OrderLine[] = [];
  const end = (): readonly OrderRun[] => {
    const [first] = lines;
    if (first === undefined) return [];
    const runs = byName(lines, seenOrders.addOrSeen(fingerprint([first.orderId])));
    lines = [];
    return runs;
  };
  return {
    add: (line) => {
      const [first] = lines;
      const ended = first !== undefined && (lines.length >= MAX_LINES || !belongs(line, first)) ? end() : [];
      lines.push(line);
      return ended;
    },
    finish: end,
  };
};
