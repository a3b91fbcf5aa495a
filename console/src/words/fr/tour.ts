import type { Catalogue } from '../catalogue.ts';

export const tour: Catalogue['tour'] = {
  name: 'Visite de la boutique d’exemple',
  open: 'Visite de la boutique d’exemple',
  progress: 'Étape {{at, number}} sur {{of, number}}',
  skip: 'Plus tard',
  close: 'Fermer la visite ; elle reprendra ici',
  end: 'Terminer',
  home: {
    title: 'L’accueil répond en une phrase',
    text: 'Ce qui est parti, et tout ce qui n’est pas parti, avec ses raisons : ici, la mesure se compte. Ce qui vous attend vient en premier. Dans la barre du bas, vous avancez le temps de la boutique et voyez les gens répondre.',
  },
  people: {
    title: 'Toutes les personnes que vous connaissez',
    text: 'Tapez un nom. Chacun a ses commandes, ses consentements avec leur preuve, et la raison de chaque message reçu ou non. Toutes ces personnes sont inventées.',
  },
  audience: {
    title: 'Une audience est une règle',
    text: 'En mots simples, en blocs ou en texte. Sa taille se compte pendant que vous la modifiez, et vous voyez qui en fait partie et pourquoi.',
  },
  review: {
    title: 'Ce qui se passera, avant que cela se passe',
    text: 'La page d’une campagne dit qui la reçoit, qui en est écarté et pourquoi, et ce que lisent de vraies personnes. Son auteur ne peut pas l’approuver : une autre personne le fait, en disant son nombre.',
  },
  report: {
    title: 'A-t-elle été utile ?',
    text: 'Une partie des gens a été laissée de côté par tirage au sort. Le rapport les compare aux autres et dit « prouvé », « pas encore » ou « nuisible », toujours avec un intervalle.',
  },
  brake: {
    title: 'Le frein est toujours là',
    text: 'En haut de chaque page, ou par Maj et B. Un geste arrête tous les envois ; il faut être deux pour le desserrer. Ctrl K mène partout, ? montre toutes les touches. Vous retrouverez cette visite dans le menu de votre compte.',
  },
};
