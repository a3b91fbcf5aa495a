import type { Tokens } from '#platform/secrets';

export type LinkPurpose = 'unsubscribe' | 'preferences' | 'why' | 'click';

/** Who and what a link in a message stands for. Ids only: no address, no name in any URL (S-14). */
export interface LinkTarget {
  readonly workspaceId: string;
  readonly entityId: string;
  /** Null in a test message: the pages explain themselves and change nothing. */
  readonly profileId: string | null;
  readonly campaignId: string;
  readonly variant: string;
  readonly sendId: string | null;
  /** The record that the why page tells; the last one of the person in the campaign when null. */
  readonly decisionId?: string | null;
}

export interface ClickTarget {
  readonly target: LinkTarget;
  readonly url: string;
  /** Position of the link in the message, from 0. */
  readonly link: number;
  /** True only where the person's consent to click tracking stands (T-07); without it the link names nobody. */
  readonly withPerson: boolean;
}

export interface Links {
  readonly unsubscribe: (target: LinkTarget) => string;
  readonly preferences: (target: LinkTarget) => string;
  readonly why: (target: LinkTarget) => string;
  readonly click: (click: ClickTarget) => string;
}

export interface ReadLink {
  readonly target: LinkTarget;
  readonly url: string | null;
  readonly link: number | null;
}

// 16 bytes in 22 characters instead of 36: a message carries dozens of links.
const packId = (id: string): string => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');

const unpackId = (packed: unknown): string | null => {
  if (typeof packed !== 'string' || !/^[\w-]{22}$/.test(packed)) return null;
  const hex = Buffer.from(packed, 'base64url').toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** Web addresses only, without user information: nothing a browser would run, nothing that hides its host (S-13). */
export const isSafeTarget = (url: string): boolean => {
  if (/[\s\p{Cc}\\]/u.test(url) || !/^https?:\/\/[^/]/i.test(url)) return false;
  const parsed = URL.parse(url);
  return parsed !== null && parsed.username === '' && parsed.password === '' && parsed.hostname !== '';
};

const payloadOf = (target: LinkTarget): Record<string, string | number> => ({
  w: packId(target.workspaceId),
  e: packId(target.entityId),
  c: packId(target.campaignId),
  v: target.variant,
  ...(target.profileId && { p: packId(target.profileId) }),
  ...(target.sendId && { s: packId(target.sendId) }),
  ...(target.decisionId && { d: packId(target.decisionId) }),
});

/** Null for anything that was not signed for this very purpose. */
export const readLink = (
  tokens: Pick<Tokens, 'verify'>,
  purpose: LinkPurpose,
  token: string,
): ReadLink | null => {
  const raw: unknown = tokens.verify(purpose, token);
  if (typeof raw !== 'object' || raw === null) return null;
  const payload: Readonly<Record<string, unknown>> = { ...raw };
  const workspaceId = unpackId(payload.w);
  const entityId = unpackId(payload.e);
  const campaignId = unpackId(payload.c);
  if (!workspaceId || !entityId || !campaignId || typeof payload.v !== 'string') return null;
  const url = typeof payload.u === 'string' ? payload.u : null;
  if (purpose === 'click' && (url === null || !isSafeTarget(url))) return null;
  return {
    target: {
      workspaceId,
      entityId,
      campaignId,
      variant: payload.v,
      profileId: unpackId(payload.p),
      sendId: unpackId(payload.s),
      decisionId: unpackId(payload.d),
    },
    url,
    link: typeof payload.l === 'number' ? payload.l : null,
  };
};

export const createLinks = (deps: {
  readonly tokens: Pick<Tokens, 'sign'>;
  readonly publicUrl: string;
}): Links => {
  const base = deps.publicUrl.replace(/\/+$/, '');
  const link = (path: string, purpose: LinkPurpose, payload: Record<string, string | number>): string =>
    `${base}${path}${deps.tokens.sign(purpose, payload)}`;
  return {
    unsubscribe: (target) => link('/p/u/', 'unsubscribe', payloadOf(target)),
    preferences: (target) => link('/p/preferences/', 'preferences', payloadOf(target)),
    why: (target) => link('/p/why/', 'why', payloadOf(target)),
    click: ({ target, url, link: position, withPerson }) => {
      // The send names the person as well as the profile does.
      const shown: LinkTarget = withPerson ? target : { ...target, profileId: null, sendId: null };
      const { d: _record, ...payload } = payloadOf(shown);
      return link('/t/', 'click', { ...payload, u: url, l: position });
    },
  };
};
