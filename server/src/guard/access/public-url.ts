import { isLoopback } from '#platform/http';

export type PublicUrlVerdict =
  | { readonly ok: true /** Scheme and host, without a slash at the end. */; readonly origin: string }
  | {
      readonly ok: false;
      readonly reason: 'not_an_address' | 'not_https' | 'more_than_an_origin';
      readonly message: string;
    };

/**
 * Whether customers may be sent to this address. RFC 8058 wants https for one-click unsubscribe (E-01); plain http is
 * for loopback only, and only while every message ends in the built-in catcher.
 */
export const checkPublicUrl = (
  publicUrl: string,
  given: { readonly pinnedToCatcher: boolean },
): PublicUrlVerdict => {
  if (!URL.canParse(publicUrl)) {
    return {
      ok: false,
      reason: 'not_an_address',
      message: `The public URL "${publicUrl}" is not an address. Write it like https://news.example.com.`,
    };
  }
  const url = new URL(publicUrl);
  const secure = url.protocol === 'https:';
  if (!secure && !(url.protocol === 'http:' && given.pinnedToCatcher && isLoopback(url.hostname))) {
    return {
      ok: false,
      reason: 'not_https',
      message: `The public URL ${url.origin} must begin with https://, because one-click unsubscribe works over https only. Plain http is accepted for 127.0.0.1 while messages go to the built-in catcher.`,
    };
  }
  if (
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== '' ||
    url.password !== ''
  ) {
    return {
      ok: false,
      reason: 'more_than_an_origin',
      message: `The public URL must be scheme and host only: ${url.origin}.`,
    };
  }
  return { ok: true, origin: url.origin };
};
