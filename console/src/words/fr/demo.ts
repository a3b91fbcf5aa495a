import type { Catalogue } from '../catalogue.ts';

export const demo: Catalogue['demo'] = {
  name: 'Temps de la démonstration',
  simulated: 'Simulé',
  forward: 'Avancer le temps',
  plus: { hour: '+ 1 heure', day: '+ 1 jour', week: '+ 1 semaine' },
  cannot:
    'La démonstration se prépare encore, ou rejoue de vraies commandes, dont le temps ne s’avance pas à la main.',
  moving: 'Le temps avance jusqu’au {{to}}',
  stop: 'Arrêter',
  stopping: 'Arrêt en cours',
  clicks_one: '{{count, number}} clic',
  clicks_other: '{{count, number}} clics',
  orders_one: '{{count, number}} commande',
  orders_other: '{{count, number}} commandes',
  unsubscribes_one: '{{count, number}} désinscription',
  unsubscribes_other: '{{count, number}} désinscriptions',
  arrived: 'Nous sommes le {{at}}. Entre-temps : {{answers}}.',
  stopped: 'Arrêté au {{at}}. Entre-temps : {{answers}}.',
  failed: 'Le temps n’a pas pu être avancé.',
};
