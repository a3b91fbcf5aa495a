import { appError } from '#platform/errors';
import type { NewEvent } from './event.ts';

const DECIMAL = /^-?\d{1,12}(\.\d{1,6})?$/;
const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(2299, 11, 31);

const problemOf = ({ at, numbers, order }: NewEvent): string | undefined => {
  const ms = at.getTime();
  if (!(ms >= EARLIEST && ms <= LATEST)) return 'at must be between 1900 and 2299';
  for (const [key, value] of Object.entries(numbers ?? {}))
    if (!Number.isFinite(value)) return `numbers.${key} must be a finite number`;
  if (order === undefined) return undefined;
  if (!Number.isSafeInteger(order.revenueMinor)) return 'order.revenueMinor must be a whole number';
  for (const [index, line] of order.lines.entries()) {
    if (!DECIMAL.test(line.quantity)) return `order.lines.${index}.quantity must be a decimal number as text`;
    if (!DECIMAL.test(line.unitPrice))
      return `order.lines.${index}.unitPrice must be a decimal number as text`;
    if (!Number.isSafeInteger(line.totalMinor))
      return `order.lines.${index}.totalMinor must be a whole number`;
    if (!(Number.isSafeInteger(line.line) && line.line >= 0))
      return `order.lines.${index}.line must be a line number`;
  }
  return undefined;
};

/** Refuses what the event store could not take: one such event in the log would stop every later one behind it. */
export const refuseUnstorable = (events: readonly NewEvent[]): void => {
  for (const event of events) {
    const problem = problemOf(event);
    if (problem !== undefined)
      throw appError('unprocessable', {
        message: `Event ${event.name} (${event.source}, ${event.messageId}): ${problem}.`,
        details: { reason: 'event_unstorable', source: event.source, messageId: event.messageId, problem },
      });
  }
};
