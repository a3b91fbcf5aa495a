import type { Both, Problem, Where } from './message.ts';
import type { RawFailure } from './render-batch.ts';

const sentence = (failure: RawFailure): Both => {
  const { code, detail } = failure;
  switch (code) {
    case 'missing_field':
      return {
        en: `The field ${detail} has no value for this person. Say what to write then: {{ ${detail} | default: "…" }}.`,
        fr: `Le champ ${detail} n’a pas de valeur pour cette personne. Indiquez quoi écrire dans ce cas : {{ ${detail} | default: "…" }}.`,
      };
    case 'too_large':
      return {
        en: `The ${failure.part} becomes too large for one message.`,
        fr: 'Le message devient trop volumineux.',
      };
    case 'link_not_allowed':
      return {
        en: `The link "${detail}" is not a web address (https://…).`,
        fr: `Le lien « ${detail} » n’est pas une adresse web (https://…).`,
      };
    case 'template_failed':
      return { en: `The template fails: ${detail}.`, fr: `Le modèle échoue : ${detail}.` };
  }
};

export const renderProblem = (failure: RawFailure, where: Where): Problem => ({
  code: failure.code,
  message: sentence(failure),
  where,
  ...(failure.code === 'missing_field' ? { field: failure.detail } : {}),
});

const KILLED: Readonly<Record<'stalled' | 'memory' | 'crashed', Both>> = {
  stalled: {
    en: 'The template takes too long and was stopped. Look for a loop without an end.',
    fr: 'Le modèle met trop de temps et a été arrêté. Cherchez une boucle sans fin.',
  },
  memory: {
    en: 'The template needs too much memory and was stopped. Look for a loop that is too long.',
    fr: 'Le modèle demande trop de mémoire et a été arrêté. Cherchez une boucle trop longue.',
  },
  crashed: {
    en: 'The template was stopped by an unexpected failure.',
    fr: 'Le modèle a été arrêté par une défaillance inattendue.',
  },
};

export const killedProblem = (why: 'stalled' | 'memory' | 'crashed'): Problem => ({
  code: why === 'stalled' ? 'timeout' : why,
  message: KILLED[why],
  where: { part: 'mjml' },
});
