import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { appError } from '#platform/errors';

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM: version byte, 96-bit random nonce (NIST SP 800-38D section 8.2.2), tag, ciphertext. `bound` is
 * authenticated but not stored, so that a sealed value copied into another row or workspace does not open.
 */
export const seal = (key: Buffer, plain: string, bound: string): Buffer => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(bound));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), body]);
};

export const unseal = (key: Buffer, sealed: Buffer, bound: string): string => {
  const bodyAt = 1 + IV_BYTES + TAG_BYTES;
  try {
    if (sealed[0] !== VERSION) throw new Error(`unknown version ${sealed[0]}`);
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + IV_BYTES))
      .setAAD(Buffer.from(bound))
      .setAuthTag(sealed.subarray(1 + IV_BYTES, bodyAt));
    return Buffer.concat([decipher.update(sealed.subarray(bodyAt)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw appError('unprocessable', {
      message:
        'A stored mail secret cannot be read: the secret file of this server is not the one it was stored with. Enter the password again, and make a new signing key.',
      details: { reason: 'secret_unreadable' },
      cause,
    });
  }
};
