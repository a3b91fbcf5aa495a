import type { MessageLanguage } from '../message.ts';
import { framed } from './frame.ts';
import type { Starter } from './starters.ts';

const WORDS = {
  en: {
    name: 'Plain letter',
    subject: 'News from {{ sender.name }}',
    title: 'News',
    preview: 'A few words from us',
    hello: 'Hello {{ profile.first_name | default: "" }}',
    body: 'Write here what you would like to say, in a few sentences, as you would to one person.',
    end: 'See you soon,',
  },
  fr: {
    name: 'Lettre simple',
    subject: 'Des nouvelles de {{ sender.name }}',
    title: 'Des nouvelles',
    preview: 'Quelques mots de notre part',
    hello: 'Bonjour {{ profile.first_name | default: "" }}',
    body: 'Écrivez ici ce que vous souhaitez dire, en quelques phrases, comme à une seule personne.',
    end: 'À bientôt,',
  },
} as const;

export const letter = (language: MessageLanguage): Starter => {
  const words = WORDS[language];
  return framed('letter', language, {
    ...words,
    body: `    <mj-section background-color="#ffffff">
      <mj-column>
        <mj-text>${words.hello}</mj-text>
        <mj-text>${words.body}</mj-text>
        <mj-text>${words.end}<br />{{ sender.name }}</mj-text>
      </mj-column>
    </mj-section>`,
  });
};
