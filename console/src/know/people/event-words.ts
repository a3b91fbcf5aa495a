import type { TimelineEntryBody } from '@mesure/contract/profiles';
import { formatMoney, formatNumber } from '#platform/format';
import { say } from '#words';

const shortened = (address: string): string => {
  try {
    const { host, pathname } = new URL(address);
    return `${host}${pathname === '/' ? '' : pathname}`;
  } catch {
    return address;
  }
};

const properties = ({ text, numbers }: TimelineEntryBody): string =>
  [
    ...Object.entries(text),
    ...Object.entries(numbers).map(([key, value]) => [key, formatNumber(value)] as const),
  ]
    .slice(0, 4)
    .map(([key, value]) => `${key}: ${value}`)
    .join(' · ');

const money = ({ order }: TimelineEntryBody, sign = 1): string =>
  order === null ? '' : formatMoney(sign * order.revenueMinor, order.currency);

const changes = [
  'all',
  'prospecting',
  'pause',
  'resume',
  'topics',
  'personalisation',
  'click_tracking',
] as const;

const changeWords = (change: string | undefined): string => {
  const known = changes.find((each) => change === each || change === `stop_${each}`);
  return known ? say(`people.change.${known}`) : (change ?? '');
};

/** What happened, as a sentence; what is not known is told by its own name and its first properties. */
export const eventWords = (entry: TimelineEntryBody): string => {
  const { name, text, order } = entry;
  switch (name) {
    case 'order_completed':
      return say('people.event.order_completed', { count: order?.items.length ?? 0, money: money(entry) });
    case 'order_refunded':
      return say('people.event.order_refunded', { money: money(entry, -1) });
    case 'message_accepted':
    case 'message_bounced':
    case 'message_rejected':
    case 'message_uncertain':
      return say(`people.event.${name}`);
    case 'message_clicked':
      return text['bot'] === 'yes'
        ? say('people.event.message_scanned')
        : say('people.event.message_clicked', { address: shortened(text['url'] ?? '') });
    case 'page_viewed':
      return say('people.event.page_viewed', { address: shortened(text['url'] ?? text['path'] ?? '') });
    case 'unsubscribed':
    case 'preferences_changed':
      return say(`people.event.${name}`, { change: changeWords(text['change']) });
    default: {
      const told = properties(entry);
      return told === '' ? name : say('people.event.other', { name, properties: told });
    }
  }
};

/** Kinds of events that the timeline can be narrowed to by name. */
export const eventKinds = [
  'order_completed',
  'order_refunded',
  'message_accepted',
  'message_clicked',
  'message_bounced',
  'page_viewed',
  'unsubscribed',
  'preferences_changed',
] as const;
