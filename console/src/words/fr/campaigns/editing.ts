import type { editing as english } from '../../en/campaigns/editing.ts';
import type { Texts } from '../../texts.ts';

export const editing: Texts<typeof english> = {
  new: {
    title: 'Nouvelle campagne',
    answer:
      'Quatre étapes : à qui, quoi, quand, vérification. Rien ne part sans l’accord d’une autre personne.',
    begin: 'Commencer',
  },
  edit: {
    title: 'Campagne sans nom',
    name: 'Nom',
    nameHint: 'Pour vous et vos collègues ; les clients ne le voient jamais.',
    look: 'Voir la campagne',
    steps: 'Étapes',
    step: { whom: 'À qui', what: 'Quoi', when: 'Quand', check: 'Vérification' },
    nextTo: 'Suite : {{step}}',
    tooLate: 'Cette campagne ne peut plus être modifiée',
    tooLateHint: 'Elle a commencé ou a été arrêtée. Dupliquez-la pour repartir de la même définition.',
    voids: {
      review:
        'Elle est en relecture. Enregistrer un changement en refait un brouillon : la relecture recommence.',
      approval:
        'Elle est approuvée. Enregistrer un changement en refait un brouillon et annule l’approbation.',
    },
    wrong: {
      time: 'Indiquez une date et une heure.',
      key: 'Lettres, chiffres, - ou _, 20 au plus.',
      variants: 'Chaque variante a besoin d’un nom à elle.',
    },
    conflict: {
      who: '{{name}} a enregistré le {{at}}, après que vous avez ouvert cette page. Rien de votre saisie n’est perdu.',
      where: 'Votre version diffère sur : {{parts}}.',
      theirs: 'Prendre la sienne',
      mine: 'Garder la mienne et l’enregistrer',
    },
  },
  part: {
    name: 'Nom',
    segmentId: 'Audience',
    topic: 'Thème',
    entityId: 'Expéditeur légal',
    variants: 'Variantes et messages',
    holdoutShare: 'Groupe témoin',
    productCount: 'Produits par message',
    onPressure: 'Quand une personne a assez reçu',
    startAt: 'Départ',
    rule: 'La règle de l’audience',
    outside: 'Le texte d’un message, ou l’expéditeur',
    version: 'Elle a été enregistrée à nouveau ; la définition est la même, ses textes peut-être pas',
  },
  approved: {
    name: 'nom',
    content: 'textes',
    audience: 'audience',
    schedule: 'départ',
    holdout: 'groupe témoin',
    weights: 'parts des variantes',
    products: 'nombre de produits',
    topic: 'thème',
    entity: 'expéditeur légal',
    sender: 'expéditeur tel que les clients le voient',
    pressure: 'ce qui se passe quand une personne a assez reçu',
  },
  whom: {
    hint: 'L’audience est recomptée au départ : le message va aux personnes qui en font alors partie.',
    choose: 'Choisir une audience',
    none: 'Il n’y a pas encore d’audience',
    noneHint: 'Une audience est une règle sur vos profils, par exemple « a commandé du vin cette année ».',
    toAudiences: 'Construire une audience',
    gone: 'Cette audience a été supprimée. Choisissez-en une autre.',
    size_one: '{{count, number}} personne en ce moment, sur {{total, number}}',
    size_other: '{{count, number}} personnes en ce moment, sur {{total, number}}',
    counting: 'Comptage en cours',
    open: 'Ouvrir cette audience',
    topicHint: 'On peut quitter un thème et garder les autres.',
    anyTopic: 'Marketing en général',
    entityHint: 'L’entité dont on demande le consentement et dont le nom figure dans le message.',
    defaultEntity: 'Par défaut : {{name}}',
    consent:
      'Les personnes sans consentement, désinscrites ou en pause sont écartées d’office ; la vérification dit combien.',
  },
  what: {
    hint: 'Un message, ou plusieurs variantes que l’on compare. Chaque personne en reçoit une, au hasard.',
    none: 'Pas encore de message',
    addFirst: 'Ajouter un message',
    add: 'Ajouter une variante',
    key: 'Variante',
    message: 'Message',
    choose: 'Choisir un message',
    subject: 'Objet : {{subject}}',
    weight: 'Poids',
    remove: 'Retirer la variante {{key}}',
    removed: 'La variante {{key}} est retirée.',
    toMessages: 'Écrire ou modifier des messages',
    productsHint:
      'Recommandés pour chaque personne. 0 : le message n’en montre pas. Qui n’a rien à voir ne reçoit pas de message.',
  },
  holdout: {
    hint: 'Quelques personnes, tirées au hasard, ne reçoivent rien. La comparaison avec elles montre ce que la campagne a changé.',
    share: 'Part qui ne reçoit rien',
    nothing: 'Personne n’est mis de côté : ce que change cette campagne ne pourra pas être mesuré.',
    cost_one:
      'Ce que cela coûte : sur {{total, number}} personnes au plus, {{count, number}} environ ne reçoit rien.',
    cost_other:
      'Ce que cela coûte : sur {{total, number}} personnes au plus, {{count, number}} environ ne reçoivent rien.',
    shows:
      'Ce que cela peut montrer : un écart d’environ {{points}} acheteurs pour 100 personnes en {{days, number}} jours, si cinq sur cent achètent de toute façon. En dessous, la réponse restera sans doute « pas encore ».',
    tooFew: 'Ce que cela peut montrer : presque rien, les groupes sont trop petits.',
    global:
      'Au préalable, {{share}} de toutes les personnes restent hors de toute campagne, pour que l’ensemble puisse être mesuré.',
  },
  pressure: {
    cap_one:
      'Au plus {{count, number}} message marketing par personne en {{time}}, toutes campagnes confondues.',
    cap_other:
      'Au plus {{count, number}} messages marketing par personne en {{time}}, toutes campagnes confondues.',
    block: 'L’écarter',
    blockHint: 'Elle ne reçoit pas du tout ce message.',
    hold: 'La faire attendre',
    holdHint: 'Elle le reçoit dès qu’il y a de nouveau de la place.',
  },
  check: {
    unsaved: 'Des changements ne sont pas encore enregistrés. Ce qui suit montre le dernier enregistrement.',
  },
  submit: {
    title: 'Demander une relecture',
    button: 'Soumettre à la relecture',
    done: 'Soumise. Une autre personne peut maintenant l’approuver.',
    errors: 'Corrigez d’abord les erreurs ci-dessus.',
  },
};
