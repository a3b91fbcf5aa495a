import type { HomeWaiting } from '@mesure/contract/home';

const senderPlace: Readonly<Record<string, string>> = {
  public_url_missing: '/settings/general',
  public_url_not_https: '/settings/general',
  identity_missing: '/settings/sender',
};

/** The one place where the matter is settled; null for what is settled right here. */
export const placeOf = ({ code, subject, detail }: HomeWaiting): string | null => {
  switch (code) {
    case 'delivery_hold':
    case 'confirm_release':
      return null;
    case 'sender_problem':
      return senderPlace[detail ?? ''] ?? '/settings/delivery';
    case 'start_import':
      return `/imports/${subject.id}`;
    case 'campaign_trouble':
    case 'settle_uncertain':
    case 'approve':
    case 'changes_requested':
    case 'start':
      return `/campaigns/${subject.id}`;
  }
};
