import { createHash } from 'node:crypto';
import { appError } from '#platform/errors';
import { domainOf, normaliseAddress } from './address.ts';
import { type DkimKey, dkimSignature } from './dkim.ts';
import { checkHeaderText, customHeaders, encodeDisplayName, encodeText, fold } from './headers.ts';
import type { OutgoingMail } from './outcome.ts';
import { encodeQuotedPrintable } from './quoted-printable.ts';

export interface Mailbox {
  readonly name?: string | undefined;
  readonly address: string;
}

export interface MailContent {
  readonly from: Mailbox;
  /** One person: a campaign never puts two people into one message (E-17). */
  readonly to: Mailbox;
  readonly replyTo?: Mailbox | undefined;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Further fields, as `List-Unsubscribe`. Refused: line breaks, invalid names, fields the composer writes itself. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The part before the @, made by the caller (an id of the send); the domain is the From domain. */
  readonly messageId: string;
  /** From the business clock. */
  readonly date: Date;
  readonly dkim?: DkimKey | undefined;
  /** MAIL FROM; the From address when absent. */
  readonly returnPath?: string | undefined;
}

export interface ComposedMail extends OutgoingMail {
  /** With angle brackets, as written into the message. */
  readonly messageId: string;
}

const mailbox = (field: string, box: Mailbox): string => {
  const address = normaliseAddress(field, box.address);
  const name = checkHeaderText(field, box.name ?? '');
  return name === '' ? address : `${encodeDisplayName(name)} <${address}>`;
};

const messageIdOf = (id: string, domain: string): string => {
  if (!/^[A-Za-z0-9._+=-]{1,128}$/.test(id)) {
    throw appError('unprocessable', {
      message: 'The message id may contain letters, digits and . _ + = - only.',
      details: { reason: 'invalid_header', field: 'Message-ID' },
    });
  }
  return `<${id}@${domain}>`;
};

// RFC 5322 section 3.3; toUTCString writes "GMT", which section 4.3 keeps as obsolete syntax only.
const dateField = (date: Date): string => date.toUTCString().replace('GMT', '+0000');

/**
 * Complete MIME (E-14): multipart/alternative with the text part first (RFC 2046 section 5.1.4: the last is the
 * richest), quoted-printable bodies, CRLF everywhere. Signed when a key is given. Throws `unprocessable` with
 * `details.field` for anything that could not be written without being changed.
 */
export const composeMail = async (content: MailContent): Promise<ComposedMail> => {
  const from = normaliseAddress('from', content.from.address);
  const to = normaliseAddress('to', content.to.address);
  const messageId = messageIdOf(content.messageId, domainOf(from));
  // Derived, not random: the same content gives the same bytes, and "=_" cannot appear in quoted-printable.
  const boundary = `=_${createHash('sha256').update(messageId).digest('hex').slice(0, 24)}`;
  const lines = [
    fold('From', mailbox('from', content.from)),
    fold('To', mailbox('to', content.to)),
    ...(content.replyTo === undefined ? [] : [fold('Reply-To', mailbox('reply-to', content.replyTo))]),
    fold('Subject', encodeText(checkHeaderText('Subject', content.subject))),
    `Date: ${dateField(content.date)}`,
    `Message-ID: ${messageId}`,
    ...customHeaders(content.headers ?? {}),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
  ];
  const part = (type: string): string =>
    `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;
  const body = Buffer.concat([
    Buffer.from(part('text/plain')),
    encodeQuotedPrintable(content.text),
    Buffer.from(`\r\n${part('text/html')}`),
    encodeQuotedPrintable(content.html),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const signature = content.dkim === undefined ? [] : [await dkimSignature(lines, body, content.dkim)];
  return {
    raw: Buffer.concat([Buffer.from(`${[...signature, ...lines].join('\r\n')}\r\n\r\n`), body]),
    envelope: {
      from: content.returnPath === undefined ? from : normaliseAddress('return-path', content.returnPath),
      to,
    },
    messageId,
  };
};
