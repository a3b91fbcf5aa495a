import { randomId } from '@mantine/hooks';
import { browserStore } from './browser-store.ts';
import { parkTab } from './park-tab.ts';

export const thisTab = parkTab({
  storage: browserStore('sessionStorage'),
  page: window,
  newId: () => randomId(),
});
