import { createHmac } from 'node:crypto';
import { domainToASCII } from 'node:url';

/**
 * One spelling per mailbox: no surrounding space, NFC, lower case, ASCII domain. The local part is folded too although
 * RFC 5321 section 2.4 lets a host tell cases apart: a suppression must survive a re-import in another case (L-14).
 */
export const normaliseAddress = (address: string): string => {
  const plain = address.trim().normalize('NFC').toLowerCase();
  const at = plain.lastIndexOf('@');
  if (at < 0) return plain;
  const domain = plain.slice(at + 1);
  return `${plain.slice(0, at)}@${domainToASCII(domain) || domain}`;
};

/**
 * HMAC-SHA-256, hex: without the key neither a dump of the table nor a dictionary of addresses says who is in it. The
 * workspace is part of it: two workspaces cannot find out that they share a person.
 */
export const hashAddress = (key: Buffer, workspaceId: string, address: string): string =>
  createHmac('sha256', key)
    .update(`${workspaceId}|${normaliseAddress(address)}`)
    .digest('hex');
