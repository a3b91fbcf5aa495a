import type { NewEvent, OrderDetail } from '@mesure/contract/events';
import type { Purchase } from '#know/profiles';

export type { NewEvent, OrderDetail, OrderLine } from '@mesure/contract/events';

/** An event as the log keeps it. */
export interface LoggedEvent extends NewEvent {
  readonly eventId: string;
}

/** The row of the event store; 64-bit integers and decimals may travel as text. */
export interface EventPlace {
  readonly workspaceId: string;
  readonly importId: string;
  readonly eventId: string;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
const NO_ITEMS: OrderDetail = { orderId: '', currency: '', revenueMinor: 0, lines: [] };

/** Column for column the table `events`. */
export const eventRow = (place: EventPlace, event: NewEvent): Readonly<Record<string, unknown>> => {
  const { orderId, currency, revenueMinor, lines } = event.order ?? NO_ITEMS;
  return {
    workspace_id: place.workspaceId,
    event_id: place.eventId,
    import_id: place.importId,
    name: event.name,
    at: event.at.toISOString(),
    profile_id: event.profileId ?? NOBODY,
    source: event.source,
    text: event.text ?? {},
    numbers: event.numbers ?? {},
    order_id: orderId,
    currency,
    revenue_minor: revenueMinor,
    item_sku: lines.map(({ sku }) => sku),
    item_name: lines.map(({ name }) => name),
    item_category: lines.map(({ category }) => category),
    item_quantity: lines.map(({ quantity }) => quantity),
    item_unit_price: lines.map(({ unitPrice }) => unitPrice),
    item_total_minor: lines.map(({ totalMinor }) => totalMinor),
    item_kind: lines.map(({ kind }) => kind),
    item_flags: lines.map(({ flags }) => flags.join(',')),
    item_line: lines.map(({ line }) => line),
  };
};

const GIVEN_BACK = new Set(['cancelled', 'returned']);

/** What the purchase brake must know of these events: real products that somebody known kept. */
export const purchasesIn = (events: readonly NewEvent[]): Purchase[] =>
  events.flatMap(({ name, profileId, at, order }) =>
    name !== 'order_completed' || profileId === null || order === undefined
      ? []
      : order.lines
          .filter(({ kind, flags }) => kind === 'product' && !flags.some((flag) => GIVEN_BACK.has(flag)))
          .map(({ sku, category, quantity }) => ({ profileId, sku, category, at, quantity })),
  );
