const hour = 3_600_000;

/** Ends twelve hours after the last request, and seven days after signing in whatever happens (S-24). */
export const sessionIdleMs = 12 * hour;
export const sessionLongestMs = 7 * 24 * hour;
/** A busy session is written once a minute, not at every request. */
export const sessionTouchMs = 60_000;

export const cookieName = '__Host-mesure';

/** `__Host-` makes browsers insist on Secure, Path=/ and no Domain: no sibling host can plant it (RFC 6265bis). */
export const cookieAttributes = {
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'lax',
} as const;

export interface SessionTimes {
  readonly seenAt: Date;
  readonly expiresAt: Date;
  readonly endsAt: Date;
}

export const startSession = (now: Date): SessionTimes => ({
  seenAt: now,
  expiresAt: new Date(now.getTime() + sessionIdleMs),
  endsAt: new Date(now.getTime() + sessionLongestMs),
});

/** The times after a request now, or null while the stored ones are fresh enough. */
export const touchSession = (session: SessionTimes, now: Date): SessionTimes | null => {
  if (now.getTime() - session.seenAt.getTime() < sessionTouchMs) return null;
  return { seenAt: now, expiresAt: new Date(now.getTime() + sessionIdleMs), endsAt: session.endsAt };
};
