export type LinkKind = 'click' | 'page' | 'other';

/** What a link of a message does: `/t/…` counts a click, `/p/…` is one of the customer's own pages. */
export const kindOf = (link: string): LinkKind => {
  const path = URL.canParse(link) ? new URL(link).pathname : '';
  if (/^\/t\/./.test(path)) return 'click';
  return /^\/p\/./.test(path) ? 'page' : 'other';
};

export const mayOpen = (link: string): boolean => /^https?:\/\//i.test(link) && URL.canParse(link);
