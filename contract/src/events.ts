import { z } from 'zod';

/** A decimal number as text: digits, optional sign and up to six decimals. Never scientific notation. */
export const decimalSchema = z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/);

export const eventNameSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[a-z][a-z0-9_]*$/, 'Event names are snake_case: order_completed, page_viewed');

/** `quantity` ≤ 4 decimals, `unitPrice` in major units ≤ 6 decimals, `totalMinor` in minor units, rounded half away from zero. */
export const orderLineSchema = z.object({
  sku: z.string().max(200),
  name: z.string().max(1000),
  category: z.string().max(200),
  quantity: decimalSchema,
  unitPrice: decimalSchema,
  totalMinor: z.int(),
  kind: z.string().max(40).describe('product, fee, postage, manual …'),
  flags: z.array(z.string().max(40)).max(10).describe('duplicate, zero_price, returned, cancelled'),
  line: z.int().min(0).describe('Line number in the source'),
});
export type OrderLine = z.infer<typeof orderLineSchema>;

export const orderDetailSchema = z.object({
  orderId: z.string().max(200),
  currency: z.string().regex(/^[A-Z]{3}$/),
  revenueMinor: z.int().describe('Of the whole order; negative for order_refunded'),
  lines: z.array(orderLineSchema).max(10_000),
});
export type OrderDetail = z.infer<typeof orderDetailSchema>;

/**
 * One thing that happened. `profileId` null: nobody known. The same (source, messageId) in a workspace is taken once.
 */
export const newEventSchema = z.object({
  name: eventNameSchema,
  at: z.date(),
  profileId: z.uuid().nullable(),
  source: z.string().min(1).max(100),
  messageId: z.string().min(1).max(300),
  text: z.record(z.string().max(200), z.string().max(10_000)).optional(),
  numbers: z.record(z.string().max(200), z.number()).optional(),
  order: orderDetailSchema.optional(),
});
export type NewEvent = z.infer<typeof newEventSchema>;

/** The names that the product itself writes or reads. Others are welcome. */
export const knownEventNames = [
  'order_completed',
  'order_refunded',
  'page_viewed',
  'message_accepted',
  'message_bounced',
  'message_clicked',
  'unsubscribed',
  'preferences_changed',
] as const;
export type KnownEventName = (typeof knownEventNames)[number];
