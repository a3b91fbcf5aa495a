import {
  IconBox,
  IconClipboardList,
  IconFileImport,
  IconHome,
  IconMail,
  IconMailbox,
  IconSend,
  IconSettings,
  IconUser,
  IconUsersGroup,
} from '@tabler/icons-react';

/** The places of the console, in the order of the arrow. `key` is the letter after `g`. */
export const places = [
  { name: 'home', to: '/', key: 'h', icon: IconHome, group: null },
  { name: 'people', to: '/people', key: 'p', icon: IconUser, group: 'know' },
  { name: 'audiences', to: '/audiences', key: 'a', icon: IconUsersGroup, group: 'know' },
  { name: 'imports', to: '/imports', key: 'i', icon: IconFileImport, group: 'know' },
  { name: 'catalogue', to: '/catalogue', key: 't', icon: IconBox, group: 'know' },
  { name: 'messages', to: '/messages', key: 'm', icon: IconMail, group: 'reach' },
  { name: 'campaigns', to: '/campaigns', key: 'c', icon: IconSend, group: 'reach' },
  { name: 'catcher', to: '/catcher', key: 'e', icon: IconMailbox, group: 'reach' },
  { name: 'audit', to: '/audit', key: 'j', icon: IconClipboardList, group: 'trust' },
  { name: 'settings', to: '/settings', key: 's', icon: IconSettings, group: 'trust' },
] as const;
