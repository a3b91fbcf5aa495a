import type { Catalogue } from '../catalogue.ts';

export const fields: Catalogue['fields'] = {
  password: {
    length: 'De 12 à 128 caractères ; les espaces sont bienvenues.',
    words: 'Le mieux : quelques mots sans lien entre eux. Ni chiffre ni signe n’est exigé.',
    own: 'Ni votre nom, ni votre adresse, ni ce que l’on essaie en premier.',
    least_one: '{{count, number}} caractère au moins.',
    least_other: '{{count, number}} caractères au moins.',
    missing_one: 'Encore {{count, number}} caractère.',
    missing_other: 'Encore {{count, number}} caractères.',
    enough: 'Longueur suffisante.',
  },
};
