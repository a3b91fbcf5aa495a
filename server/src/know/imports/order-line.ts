import type { ItemKind } from './item-kind.ts';
import type { OrderStatus } from './written-values.ts';

/** One line of an order as understood; numbers are scaled integers (see money.ts). */
export interface OrderLine {
  readonly file: number;
  readonly line: number;
  /** As read, for the report of lines set aside and for what is known of the person. */
  readonly fields: readonly string[];
  readonly orderId: string;
  /** UTC milliseconds. */
  readonly at: number;
  /** '' when the line does not say; without address either, the buyer is nobody that is known. */
  readonly customerId: string;
  readonly email: string;
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly kind: ItemKind;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly totalMinor: number;
  readonly currency: string;
  readonly status: OrderStatus;
  /** See trouble.ts. */
  readonly flags: number;
}

/** Which event a line belongs to. Negative lines are refunds, also inside an order that was completed. */
export type OrderEventName = 'order_completed' | 'order_refunded' | 'order_cancelled';

export const eventNameOf = (line: OrderLine): OrderEventName => {
  // Given up or paid back as a whole, with its lines still positive: neither bought nor to be subtracted.
  if (line.status !== 'completed' && line.quantity > 0) return 'order_cancelled';
  return line.quantity < 0 || (line.status !== 'completed' && line.quantity === 0)
    ? 'order_refunded'
    : 'order_completed';
};
