export { hmacSha256 } from './hmac.ts';
export { loadSecrets, rotateSecrets } from './secret-file.ts';
export { createSecrets, type Roots, type Secrets } from './secrets.ts';
export { createTokens, type Tokens } from './tokens.ts';
