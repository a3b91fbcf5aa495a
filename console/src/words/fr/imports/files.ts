import type { files as english } from '../../en/imports/files.ts';
import type { Texts } from '../../texts.ts';

export const files: Texts<typeof english> = {
  title: 'Imports',
  new: 'Importer un fichier',
  newTitle: 'Importer des commandes',
  newAnswer:
    'Rien n’est encore importé quand un fichier arrive : vous voyez d’abord ce que signifie chaque colonne et ce qui se passerait.',
  list: {
    label: 'Imports, du plus récent au plus ancien',
    answer_one: '{{lines, number}} lignes de commandes sont arrivées par {{count, number}} import.',
    answer_other: '{{lines, number}} lignes de commandes sont arrivées par {{count, number}} imports.',
    file: 'Fichiers',
    state: 'État',
    lines: 'Lignes',
    size: 'Taille',
    by: 'Par',
    at: 'Commencé',
    noFile: 'Pas encore de fichier',
    more: '{{name}} et {{count, number}} de plus',
    anyState: 'Tous les états',
    empty: 'Aucun fichier n’a été importé',
    emptyHint:
      'Exportez les commandes de votre boutique en CSV (Shopify et WooCommerce sont reconnus), puis déposez le fichier ici. Clients, commandes et produits en viennent ; tout peut être annulé en bloc.',
  },
  state: {
    receiving: 'En attente d’un fichier',
    described: 'À vérifier',
    checking: 'En cours de vérification',
    running: 'En cours d’import',
    committed: 'Importé',
    undoing: 'En cours d’annulation',
    undone: 'Annulé après coup',
    cancelled: 'Abandonné',
    failed: 'Échoué',
  },
  drop: {
    title: 'Déposez ici vos fichiers de commandes',
    more: 'Déposez ici d’autres fichiers',
    hint: 'CSV, compressé ou non (.csv, .csv.gz), une ligne par produit d’une commande. Plusieurs fichiers doivent avoir les mêmes colonnes. 20 Go au plus par fichier.',
    choose: 'Choisir des fichiers',
    active: 'Relâchez pour les envoyer',
  },
  upload: {
    title: 'Fichiers en route',
    looking: 'Premier coup d’œil',
    waiting: 'Attend son tour',
    sending: '{{sent}} sur {{size}}',
    reading: 'Arrivé ; lecture de bout en bout',
    done: 'Reçu',
    cancelled: 'Abandonné',
    progress: 'Avancement de {{name}}',
    cancel: 'Interrompre l’envoi de {{name}}',
    remove: 'Retirer {{name}} de cette liste',
    again: 'Envoyer de nouveau',
    anyway: 'L’envoyer tout de même',
    leaveOut: 'Le laisser de côté',
    known:
      'Ce fichier, à l’identique, a été importé le {{at}}. L’importer de nouveau compterait ses commandes deux fois.',
    knownLink: 'Voir cet import',
    large:
      'Ce fichier est volumineux ({{size}}) : l’envoi prendra un moment. Compressé (.csv.gz), il partirait environ cinq fois plus vite.',
    stays: 'Vous pouvez consulter d’autres pages pendant ce temps ; seul cet onglet doit rester ouvert.',
    failed: 'Il n’est pas arrivé.',
  },
  problem: {
    empty: 'Ce fichier est vide. Exportez-le de nouveau.',
    tooLarge: 'Ce fichier dépasse 20 Go. Découpez-le par année et envoyez les parties.',
    excel:
      'C’est un classeur Excel. Dans Excel : Fichier, Enregistrer sous, « CSV UTF-8 » ; envoyez ensuite ce fichier-là.',
    zip: 'C’est une archive zip. Décompressez-la et envoyez les fichiers CSV qu’elle contient.',
    pdf: 'C’est un PDF, qui n’a pas de colonnes. Exportez les commandes en CSV.',
    image: 'C’est une image. Exportez les commandes en CSV.',
    utf16: 'Ce fichier est écrit en UTF-16. Enregistrez-le en « CSV UTF-8 » et envoyez cette version.',
    markup: 'C’est du JSON, du HTML ou du XML, pas du CSV. Exportez les commandes en CSV.',
    binary: 'Ce n’est pas du texte. Exportez les commandes en CSV.',
    unreadable:
      'Le navigateur ne parvient pas à lire ce fichier. Est-ce un dossier, ou a-t-il été déplacé ? Choisissez-le de nouveau.',
  },
  files: {
    title: 'Fichiers',
    known: 'Déjà importé',
    knownHint: 'Le même fichier a déjà été importé. À moins que ce soit voulu, abandonnez cet import.',
    see: 'Voir cet import',
  },
};
