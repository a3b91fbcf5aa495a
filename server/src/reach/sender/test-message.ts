import { composeMail, type DkimKey, type SmtpVerdict, type Transport } from '#platform/mail';
import type { SenderIdentity } from './identity.ts';

export type TransportTest =
  | { readonly ok: true; readonly sent: boolean }
  | Extract<SmtpVerdict, { ok: false }>;

const WORDS = {
  en: { subject: 'Test message', text: 'This message checks that sending works. There is nothing to do.' },
  fr: {
    subject: 'Essai d’envoi',
    text: 'Ce message vérifie que l’envoi fonctionne. Vous n’avez rien à faire.',
  },
} as const;

/** One message from the sender to its own address. */
export const sendTestMessage = async (
  transport: Transport,
  message: {
    readonly identity: SenderIdentity;
    readonly language: 'en' | 'fr';
    readonly dkim: DkimKey | undefined;
    readonly id: string;
    readonly date: Date;
  },
): Promise<TransportTest> => {
  const { identity, language, dkim, id, date } = message;
  const words = WORDS[language];
  const outcome = await transport.send(
    await composeMail({
      from: { name: identity.fromName, address: identity.fromAddress },
      to: { address: identity.fromAddress },
      subject: words.subject,
      text: `${words.text}\n`,
      html: `<!doctype html><html lang="${language}"><title>${words.subject}</title><p>${words.text}</p></html>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      messageId: id,
      date,
      dkim,
    }),
  );
  switch (outcome.kind) {
    case 'accepted':
      return { ok: true, sent: true };
    case 'rejected':
      return { ok: false, problem: 'sender', reason: outcome.response, code: outcome.code };
    case 'deferred':
      return { ok: false, problem: outcome.problem, reason: outcome.reason };
    case 'uncertain':
      return { ok: false, problem: 'timeout', reason: outcome.reason };
  }
};
