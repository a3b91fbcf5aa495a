/**
 * The console's policy (CSP level 3): scripts by nonce only, those they load themselves included (`strict-dynamic`),
 * style sheets by nonce or from here, nothing from elsewhere, not framed. Style attributes stay allowed: previews of
 * messages are made of them, and an attribute runs nothing.
 */
export const consolePolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
