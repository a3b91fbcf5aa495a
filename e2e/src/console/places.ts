import type { Page } from 'playwright-core';

export interface ConsolePlace {
  readonly name: string;
  readonly path: string;
}

const firstId = async (page: Page, api: string): Promise<string> => {
  const answer = await page.evaluate<{ readonly items: readonly { readonly id: string }[] }>(
    `fetch('${api}').then((response) => response.json())`,
  );
  const id = answer.items[0]?.id;
  if (!id) throw new Error(`${api} lists nothing.`);
  return id;
};

/** Every page behind the sign-in, on what the demo's shop has. The page has to be signed in. */
export const placesOf = async (page: Page): Promise<readonly ConsolePlace[]> => {
  const [profile, segment, message, campaign, imported, mail] = await Promise.all(
    ['profiles', 'segments', 'messages', 'campaigns', 'imports', 'catcher/mails'].map((list) =>
      firstId(page, `/api/${list}?limit=1`),
    ),
  );
  return [
    { name: 'home', path: '/' },
    { name: 'people', path: '/people' },
    { name: 'people-nobody', path: '/people?q=zzzzzz' },
    { name: 'person', path: `/people/${profile}` },
    { name: 'audiences', path: '/audiences' },
    { name: 'audience', path: `/audiences/${segment}` },
    { name: 'audience-new', path: '/audiences/new' },
    { name: 'messages', path: '/messages' },
    { name: 'message', path: `/messages/${message}` },
    { name: 'message-new', path: '/messages/new' },
    { name: 'campaigns', path: '/campaigns' },
    { name: 'campaign', path: `/campaigns/${campaign}` },
    { name: 'campaign-new', path: '/campaigns/new' },
    { name: 'report', path: `/campaigns/${campaign}/report` },
    { name: 'imports', path: '/imports' },
    { name: 'import', path: `/imports/${imported}` },
    { name: 'import-new', path: '/imports/new' },
    { name: 'catalogue', path: '/catalogue' },
    { name: 'catcher', path: '/catcher' },
    { name: 'mail', path: `/catcher/${mail}` },
    { name: 'audit', path: '/audit' },
    ...['general', 'sender', 'delivery', 'brand', 'team', 'keys', 'topics'].map((part) => ({
      name: `settings-${part}`,
      path: `/settings/${part}`,
    })),
    { name: 'gallery', path: '/gallery' },
    { name: 'not-there', path: '/nowhere' },
  ];
};
