import type { DkimKey, Mailbox } from '#platform/mail';

export interface SenderIdentity {
  readonly entityId: string;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly replyTo: string | null;
}

export type TransportKind = 'catcher' | 'smtp';

/** Everything a campaign's messages say about who sends them. */
export interface CampaignSender {
  readonly entityId: string;
  /** Legal name and postal address, for the body (L-09). */
  readonly legal: { readonly name: string; readonly address: string };
  readonly from: Mailbox;
  readonly replyTo?: Mailbox;
  /** Of the From domain; absent when no key is active: then the relay has to sign. */
  readonly dkim?: DkimKey;
  readonly transport: TransportKind;
  /** Without a slash at the end. https for anything but the catcher. */
  readonly publicUrl: string;
}

export interface SenderProblem {
  readonly code: 'public_url_missing' | 'public_url_not_https' | 'identity_missing' | 'catcher_off';
  readonly message: { readonly en: string; readonly fr: string };
}

const PROBLEMS: Readonly<Record<SenderProblem['code'], SenderProblem['message']>> = {
  public_url_missing: {
    en: 'The public address of this server is not set, so that links to unsubscribe would lead nowhere. Set it in the settings.',
    fr: 'L’adresse publique de ce serveur n’est pas définie : les liens de désabonnement ne mèneraient nulle part. Définissez-la dans les réglages.',
  },
  public_url_not_https: {
    en: 'The public address of this server does not start with https, which one-click unsubscribe requires (RFC 8058). Only the catcher may be used without.',
    fr: 'L’adresse publique de ce serveur ne commence pas par https, ce qu’exige le désabonnement en un clic (RFC 8058). Seul le récepteur intégré peut s’en passer.',
  },
  identity_missing: {
    en: 'This legal sender has no From address. Set one in the sender settings.',
    fr: 'Cet expéditeur légal n’a pas d’adresse d’envoi. Définissez-la dans les réglages d’envoi.',
  },
  catcher_off: {
    en: 'No mail server is set and the catcher does not run here. Set a mail server.',
    fr: 'Aucun serveur d’envoi n’est défini et le récepteur intégré n’est pas lancé ici. Définissez un serveur d’envoi.',
  },
};

export const senderProblem = (code: SenderProblem['code']): SenderProblem => ({
  code,
  message: PROBLEMS[code],
});

/** RFC 8058 section 3.1 wants an HTTPS URI (E-01); what only the catcher receives may use the local address. */
export const publicUrlProblem = (
  publicUrl: string | null,
  transport: TransportKind,
): SenderProblem | null => {
  if (publicUrl === null || publicUrl === '') return senderProblem('public_url_missing');
  const protocol = URL.parse(publicUrl)?.protocol;
  if (protocol === 'https:' || (protocol === 'http:' && transport === 'catcher')) return null;
  return senderProblem('public_url_not_https');
};
