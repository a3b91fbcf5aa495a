import type { MessageSourceBody, messagesRoutes } from '@mesure/contract/messages';
import type { z } from 'zod';

export type SavedMessage = z.output<(typeof messagesRoutes)['readMessage']['response']>;
export type MessageLanguage = MessageSourceBody['language'];

/** What the editor holds: a version as it is being changed. */
export interface MessageDraft {
  readonly name: string;
  readonly subject: string;
  readonly mjml: string;
  /** Null: made from the message. */
  readonly text: string | null;
  readonly language: MessageLanguage;
  /** The version that was before one's eyes when typing began. */
  readonly basedOn: number;
}

export const draftOf = ({ message, version }: SavedMessage): MessageDraft => ({
  name: message.name,
  subject: version.subject,
  mjml: version.mjml,
  text: version.text ?? null,
  language: version.language,
  basedOn: version.version,
});

export const sourceOf = (draft: Omit<MessageDraft, 'name' | 'basedOn'>): MessageSourceBody => ({
  subject: draft.subject,
  mjml: draft.mjml,
  language: draft.language,
  ...(draft.text === null ? {} : { text: draft.text }),
});

export const sameContent = (a: MessageDraft, b: MessageDraft): boolean =>
  a.name === b.name &&
  a.subject === b.subject &&
  a.mjml === b.mjml &&
  a.text === b.text &&
  a.language === b.language;
