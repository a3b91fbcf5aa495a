import { domainToASCII } from 'node:url';

/**
 * One key per mailbox: no surrounding space, NFC, lower case, ASCII domain. The local part is folded too although
 * RFC 5321 section 2.4 lets a host tell cases apart: a suppression must survive a re-import in another case (L-14).
 */
export const addressKey = (address: string): string => {
  const plain = address.trim().normalize('NFC').toLowerCase();
  const at = plain.lastIndexOf('@');
  if (at < 0) return plain;
  const domain = plain.slice(at + 1);
  return `${plain.slice(0, at)}@${domainToASCII(domain) || domain}`;
};
