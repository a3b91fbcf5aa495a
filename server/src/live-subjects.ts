import type { LiveKind } from '@mesure/contract/live';

/** Subjects of the audit trail → what a screen shows of them. */
const kinds: Readonly<Record<string, LiveKind>> = {
  campaign: 'campaign',
  message: 'message',
  segment: 'segment',
  import: 'import',
  catalog: 'catalog',
  profile: 'customer',
  send: 'delivery',
  claims: 'delivery',
  delivery_hold: 'delivery',
  'brake.global': 'brake',
  'brake.campaign': 'brake',
  workspace: 'settings',
  transport: 'settings',
  dkim_key: 'settings',
  entity: 'settings',
  topic: 'settings',
  api_token: 'settings',
  brand_logo: 'settings',
  account: 'team',
  invitation: 'team',
};

export const liveSubjectOf = (subject: { readonly kind: string; readonly id: string }) => ({
  kind: kinds[subject.kind] ?? ('other' as const),
  id: subject.id,
});
