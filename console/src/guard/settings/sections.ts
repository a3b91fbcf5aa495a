/** The pages of the settings, in the order in which a new shop needs them. */
export const sections = [
  { name: 'general', to: '/settings/general' },
  { name: 'sender', to: '/settings/sender' },
  { name: 'delivery', to: '/settings/delivery' },
  { name: 'signing', to: '/settings/signing' },
  { name: 'brand', to: '/settings/brand' },
  { name: 'topics', to: '/settings/topics' },
  { name: 'team', to: '/settings/team' },
  { name: 'keys', to: '/settings/keys' },
  { name: 'password', to: '/settings/password' },
] as const;

export type Section = (typeof sections)[number]['name'];
