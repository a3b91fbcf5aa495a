export { domainOf, normaliseAddress } from './address.ts';
export { addressKey } from './address-key.ts';
export {
  type ComposedMail,
  composeMail,
  type Mailbox,
  type MailContent,
} from './compose.ts';
export { type DkimKey, parseDkimKey } from './dkim.ts';
export type { OutgoingMail, SmtpOutcome, SmtpProblem, SmtpVerdict } from './outcome.ts';
export { createTransport, type Transport, type TransportOptions } from './transport.ts';
