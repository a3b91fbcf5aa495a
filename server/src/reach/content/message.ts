import { createHash } from 'node:crypto';

export type MessageLanguage = 'en' | 'fr';

/** What a marketer writes. Without `text` the text part is made from the HTML. */
export interface MessageSource {
  readonly subject: string;
  readonly mjml: string;
  readonly text?: string | undefined;
  readonly language: MessageLanguage;
}

/** Hexadecimal SHA-256 of everything that the reader may see: an approval is bound to it. */
export const contentHash = (source: MessageSource): string =>
  createHash('sha256')
    .update(JSON.stringify([source.subject, source.mjml, source.text ?? null, source.language]))
    .digest('hex');

export interface Both {
  readonly en: string;
  readonly fr: string;
}

export type MessagePart = 'subject' | 'mjml' | 'html' | 'text';

/** Lines and columns count from 1, in what the marketer wrote (`mjml`, `subject`, `text`). */
export interface Where {
  readonly part: MessagePart;
  readonly line?: number;
  readonly column?: number;
}

/** Something that stops a message from being made. */
export interface Problem {
  readonly code: string;
  readonly message: Both;
  readonly where: Where;
  /** The missing field or the word that is not understood. */
  readonly field?: string;
}
