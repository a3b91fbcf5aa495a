import { type Html, html } from '#platform/http';
import { agreement } from './choice-words.ts';
import type { Visit } from './visit.ts';

const words = {
  en: {
    title: 'Stop these messages',
    ask: (sender: string) => `You will receive no more offers or news by e-mail from ${sender}.`,
    button: 'Unsubscribe',
    done: 'You are unsubscribed',
    doneText: (sender: string) =>
      `You will receive no more offers or news by e-mail from ${sender}. This counts from now on. Messages about your orders still reach you.`,
    mistake: 'Was this a mistake?',
    undo: 'Subscribe again',
    more: 'Other choices: topics, a pause, personalisation',
  },
  fr: {
    title: 'Ne plus recevoir ces messages',
    ask: (sender: string) =>
      `Vous ne recevrez plus par e-mail d’offres ni de nouvelles de l’expéditeur ${sender}.`,
    button: 'Me désinscrire',
    done: 'Vous êtes désinscrit(e)',
    doneText: (sender: string) =>
      `Vous ne recevrez plus par e-mail d’offres ni de nouvelles de l’expéditeur ${sender}. Cela compte dès maintenant. Les messages sur vos commandes vous parviennent toujours.`,
    mistake: 'C’était une erreur ?',
    undo: 'Me réinscrire',
    more: 'Autres choix : thèmes, pause, personnalisation',
  },
} as const;

interface View {
  readonly title: string;
  readonly content: Html;
}

export const unsubscribeQuestion = (visit: Visit, preferencesPath: string): View => {
  const w = words[visit.language];
  return {
    title: w.title,
    content: html`<p>${w.ask(visit.senderName)}</p>
<form method="post" action="?lang=${visit.language}"><button name="confirm" value="yes">${w.button}</button></form>
<p><a href="${preferencesPath}?lang=${visit.language}">${w.more}</a></p>`,
  };
};

export const unsubscribeDone = (visit: Visit, preferencesPath: string): View => {
  const w = words[visit.language];
  return {
    title: w.done,
    content: html`<p role="status">${w.doneText(visit.senderName)}</p>
<h2>${w.mistake}</h2>
<form method="post" action="${preferencesPath}?lang=${visit.language}">
<p>${agreement.prospecting[visit.language](visit.senderName)}</p>
<button class="plain" name="action" value="agree_prospecting">${w.undo}</button>
</form>
<p><a href="${preferencesPath}?lang=${visit.language}">${w.more}</a></p>`,
  };
};
