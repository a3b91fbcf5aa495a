import type { IncomingHttpHeaders } from 'node:http';

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

const hostOf = (origin: string): string | null => {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
};

export type CrossSiteVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: string };

const refuse = (reason: string): CrossSiteVerdict => ({ allowed: false, reason });

export interface CrossSiteQuestion {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Origins beyond the request's own host: behind a proxy that rewrites Host. */
  readonly trustedOrigins: readonly string[];
}

/**
 * Whether a state-changing request comes from this site or from a program (S-18). Sec-Fetch-Site is set by the browser
 * and out of reach of scripts; where it is absent (older browsers, plain http) Origin must name this host. A request
 * that carries neither is refused, unless it carries a bearer token, which no browser adds by itself.
 */
export const judgeCrossSite = ({ method, headers, trustedOrigins }: CrossSiteQuestion): CrossSiteVerdict => {
  if (safeMethods.has(method)) return { allowed: true };
  if (/^bearer /i.test(headers.authorization ?? '')) return { allowed: true };
  const site = headers['sec-fetch-site'];
  const origin = headers.origin;
  if (site !== undefined && site !== 'same-origin') return refuse(`Sec-Fetch-Site says ${site}`);
  // A page under Referrer-Policy no-referrer sends `Origin: null` even to itself (Fetch, "serializing a request origin").
  if (site === 'same-origin' && (origin === undefined || origin === 'null')) return { allowed: true };
  if (origin === undefined) return refuse('neither Origin nor Sec-Fetch-Site is present');
  const host = hostOf(origin);
  if (host === null) return refuse('Origin is not an address');
  if (host === headers.host || trustedOrigins.some((trusted) => hostOf(trusted) === host))
    return { allowed: true };
  return refuse(`Origin ${host} is not this server`);
};
