import type { Catalogue } from '../catalogue.ts';

export const brake: Catalogue['brake'] = {
  name: 'Frein',
  engaged: 'Frein serré',
  title: 'Frein d’urgence',
  text: 'Plus rien ne part, d’aucune campagne, dès cette seconde. Ce qui attend est conservé. Chacun peut serrer le frein ; il faut être deux pour le desserrer.',
  engagedTitle: 'Le frein est serré',
  engagedText: 'Rien ne part. Pour le desserrer, une personne le demande et une autre confirme.',
  by: '{{name}}, {{at}} : « {{reason}} »',
  asked: '{{name}} demande à le desserrer : « {{reason}} »',
  needsOther: 'Une seconde personne doit confirmer.',
  reason: 'Pour quelle raison ?',
  reasonHint: 'Facultatif pour serrer le frein ; vos collègues voudront savoir.',
  engage: 'Arrêter tous les envois',
  ask: 'Demander à le desserrer',
  confirm: 'Desserrer le frein',
  nowEngaged: 'Le frein est serré : rien ne part.',
  nowAsked: 'Demande enregistrée. Une seconde personne doit confirmer.',
  nowReleased: 'Le frein est desserré.',
};
