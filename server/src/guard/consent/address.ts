import { addressKey } from '#platform/mail';
import { hmacSha256 } from '#platform/secrets';

/**
 * HMAC-SHA-256, hex: without the key neither a dump of the table nor a dictionary of addresses says who is in it. The
 * workspace is part of it: two workspaces cannot find out that they share a person.
 */
export const hashAddress = (key: Buffer, workspaceId: string, address: string): string =>
  hmacSha256(key, `${workspaceId}|${addressKey(address)}`).toString('hex');
