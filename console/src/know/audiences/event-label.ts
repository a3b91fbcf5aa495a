import { say } from '#words';

const known = [
  'order_completed',
  'order_refunded',
  'message_accepted',
  'message_clicked',
  'message_bounced',
  'page_viewed',
  'unsubscribed',
] as const;

/** What an event of ours means; an event of the shop's own speaks for itself. */
export const eventLabel = (name: string): string | undefined => {
  const found = known.find((each) => each === name);
  return found && say(`audiences.eventName.${found}`);
};
