import type { Language } from './language.ts';

/** The words under which a person agrees on these pages; the ledger keeps them byte for byte (L-01). */
export const agreement = {
  prospecting: {
    en: (sender: string) =>
      `I agree to receive offers and news from ${sender} by e-mail. I can stop them at any time.`,
    fr: (sender: string) =>
      `J’accepte de recevoir par e-mail des offres et des nouvelles de l’expéditeur ${sender}. Je peux les arrêter à tout moment.`,
  },
  personalisation: {
    en: (sender: string) =>
      `I agree that ${sender} uses my purchases to choose what its messages show me. I can stop this at any time.`,
    fr: (sender: string) =>
      `J’accepte que l’expéditeur ${sender} utilise mes achats pour choisir ce que ses messages me montrent. Je peux l’arrêter à tout moment.`,
  },
  click_tracking: {
    en: (sender: string) =>
      `I agree that ${sender} records which links of its messages I open. I can stop this at any time.`,
    fr: (sender: string) =>
      `J’accepte que l’expéditeur ${sender} enregistre les liens de ses messages que j’ouvre. Je peux l’arrêter à tout moment.`,
  },
} as const satisfies Record<string, Record<Language, (sender: string) => string>>;

export type AgreedPurpose = keyof typeof agreement;

export const topicLegend: Readonly<Record<Language, string>> = {
  en: 'I would like messages about:',
  fr: 'Je souhaite recevoir des messages sur :',
};
