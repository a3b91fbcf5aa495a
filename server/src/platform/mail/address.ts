import { domainToASCII } from 'node:url';
import { appError } from '#platform/errors';

// RFC 5321 section 4.5.3.1: 64 octets before the @, 254 in all. Quoted local parts are refused: nobody's address
// needs one, and they are how header injection hides.
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const refuse = (field: string, reason: string, message: string): never => {
  throw appError('unprocessable', { message: `${field}: ${message}`, details: { reason, field } });
};

/**
 * The address as it goes on the wire: domain in ASCII (E-16: an internationalised domain becomes punycode), local
 * part unchanged. A local part outside ASCII is refused clearly rather than mangled (it would need SMTPUTF8 on
 * every hop).
 */
export const normaliseAddress = (field: string, address: string): string => {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = domainToASCII(address.slice(at + 1).toLowerCase());
  if (at < 1 || address.length > 254 || local.length > 64 || !DOMAIN.test(domain)) {
    return refuse(field, 'invalid_address', 'this is not one e-mail address.');
  }
  if (/[^\p{ASCII}]/u.test(local)) {
    return refuse(
      field,
      'address_needs_smtputf8',
      'the part before the @ has characters outside ASCII, which most servers refuse. Use an ASCII address.',
    );
  }
  if (!LOCAL_PART.test(local)) {
    return refuse(field, 'invalid_address', 'this is not one e-mail address.');
  }
  return `${local}@${domain}`;
};

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
