import { Buffer } from 'node:buffer';
import type { ImportMappingChange } from '@mesure/contract/imports';
import { createRandom } from '@mesure/engine/random';
import { consentSource, exportOrders } from '../shop/csv.ts';
import type { Order } from '../shop/orders.ts';

/** The shop's own columns, told rather than guessed where a consent is proven by them. */
export const shopMapping: ImportMappingChange = {
  consents: [
    {
      purpose: 'prospecting',
      column: 'Newsletter consent',
      source: { column: 'Newsletter consent source' },
      dateColumn: 'Newsletter consent date',
      wording: 'Recevoir nos offres par e-mail / Receive our offers by e-mail',
    },
    {
      purpose: 'click_tracking',
      column: 'Click tracking consent',
      source: { text: consentSource },
      dateColumn: 'Newsletter consent date',
    },
    {
      purpose: 'personalisation',
      column: 'Personalisation consent',
      source: { text: consentSource },
      dateColumn: 'Newsletter consent date',
    },
  ],
};

/** Streams the export: the file is never whole in memory. */
export async function* exportStream(seed: number, orders: readonly Order[]): AsyncGenerator<Uint8Array> {
  let chunk = '';
  for (const lines of exportOrders(createRandom(seed, 'export'), orders)) {
    chunk += lines;
    if (chunk.length > 65_536) {
      yield Buffer.from(chunk);
      chunk = '';
    }
  }
  yield Buffer.from(chunk);
}
