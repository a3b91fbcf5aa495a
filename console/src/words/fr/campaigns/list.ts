import type { list as english } from '../../en/campaigns/list.ts';
import type { Texts } from '../../texts.ts';

export const list: Texts<typeof english> = {
  one: 'Campagne',
  variant: 'Variante {{variant}}',
  needsMarketer: 'Réservé au marketing et à l’administration.',
  trouble: 'Elle n’avance pas',
  state: {
    draft: 'Brouillon',
    in_review: 'En relecture',
    approved: 'Approuvée',
    scheduled: 'Planifiée',
    sending: 'En cours d’envoi',
    paused: 'En pause',
    finished: 'Terminée',
    stopped: 'Arrêtée',
  },
  answer: {
    sending_one: '{{sent}} messages sont partis, {{count, number}} attend.',
    sending_other: '{{sent}} messages sont partis, {{count, number}} attendent.',
    finished: 'Tout est parti ; terminée le {{at}}.',
    stopped: 'Arrêtée définitivement le {{at}} ; ce qui n’était pas parti a été annulé.',
  },
  list: {
    name: 'Campagne',
    state: 'État',
    anyState: 'Tous les états',
    audience: 'Audience',
    noAudience: 'Pas encore d’audience',
    size: 'Personnes',
    when: 'Quand',
    finding: 'Résultat',
    search: 'Rechercher par nom ou auteur',
    new: 'Nouvelle campagne',
    sending_one: '{{count, number}} en cours d’envoi.',
    sending_other: '{{count, number}} en cours d’envoi.',
    waiting_one: '{{count, number}} attend une approbation.',
    waiting_other: '{{count, number}} attendent une approbation.',
    calm: 'Rien n’est en cours d’envoi, rien n’attend d’approbation.',
    empty: 'Pas encore de campagne',
    emptyHint:
      'Une campagne écrit une fois aux personnes d’une audience. Vous la préparez, une autre personne l’approuve, et un groupe témoin montre ce qu’elle a changé.',
  },
  act: {
    edit: 'Modifier',
    duplicate: 'Dupliquer',
    duplicated: '« {{name}} » est un nouveau brouillon.',
    report: 'Rapport',
  },
  when: {
    finished: 'Terminée le {{at}}',
    started: 'Commencée le {{at}}',
    starts: 'Commence le {{at}}',
    changed: 'Modifiée le {{at}}',
    asSoon: 'Dès que quelqu’un la lance',
    asSoonHint: 'Après l’approbation, en appuyant sur un bouton.',
    atTime: 'À un moment précis',
    time: 'Date et heure',
    zone: 'Dans le fuseau horaire de la boutique : {{zone}}',
    quiet:
      'Les messages partent entre {{start}} et {{end}}, à l’heure de chaque personne. En dehors, ils attendent le lendemain matin.',
  },
};
