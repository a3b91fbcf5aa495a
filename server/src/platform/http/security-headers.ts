/** Scripts and styles come from this server only; nothing inline, no plug-ins, no frames (S-17). */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join('; ');

const oneYearSeconds = 31_536_000;

/** Customers' pages and tracked links carry a token in their address: no page after them may learn it. */
const carriesToken = (path: string): boolean => /^\/[pt]\//.test(path);

/** The headers of every answer. A page that needs another policy (a framed mail preview) sets its own afterwards. */
export const securityHeaders = (path: string): Readonly<Record<string, string>> => ({
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': carriesToken(path) ? 'no-referrer' : 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), browsing-topics=()',
  // Browsers ignore it over plain http (RFC 6797 section 8.1), so it needs no condition.
  'strict-transport-security': `max-age=${oneYearSeconds}`,
  ...(path.startsWith('/api/') || carriesToken(path) ? { 'cache-control': 'no-store' } : {}),
});
