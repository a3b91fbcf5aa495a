import { type Html, html } from '#platform/http';
import type { Language } from './language.ts';

const words = {
  en: {
    title: 'A test message',
    text: 'This link comes from a test message. It stands for nobody, and nothing was changed.',
  },
  fr: {
    title: 'Un message d’essai',
    text: 'Ce lien vient d’un message d’essai. Il ne désigne personne, et rien n’a été modifié.',
  },
} as const;

export const testMessage = (language: Language): { readonly title: string; readonly content: Html } => ({
  title: words[language].title,
  content: html`<p>${words[language].text}</p>`,
});
