import { createHash } from 'node:crypto';

/** Makes 256 random bits. Injected, so that tests can name the tokens they expect. */
export type RandomBytes = (size: number) => Buffer;

/** A secret for its holder and the hash that is kept. 256 bits need no salt: nobody can try them all. */
export interface SecretToken {
  readonly secret: string;
  readonly hash: Buffer;
}

export const hashToken = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The prefix says what a leaked string is, to people and to secret scanners. */
export const makeToken = (
  prefix: 'session' | 'setup' | 'invite' | 'api' | 'local',
  random: RandomBytes,
): SecretToken => {
  const secret = `mesure_${prefix}_${random(32).toString('base64url')}`;
  return { secret, hash: hashToken(secret) };
};
