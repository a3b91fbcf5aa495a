import type { Catalogue } from '../catalogue.ts';

export const errors: Catalogue['errors'] = {
  codes: {
    invalid_request: 'Quelque chose n’est pas accepté tel quel. Veuillez vérifier votre saisie.',
    unauthenticated: 'Veuillez d’abord vous connecter.',
    wrong_credentials: 'Cette adresse électronique et ce mot de passe ne vont pas ensemble.',
    forbidden: 'Votre rôle ne le permet pas. Adressez-vous à l’administration de l’espace de travail.',
    cross_site:
      'Cette requête venait d’un autre site et a été refusée. Rouvrez cette page à sa propre adresse.',
    not_found: 'Il n’y a plus rien ici. L’élément a peut-être été supprimé entre-temps.',
    conflict: 'Quelqu’un a modifié cet élément entre-temps. Rechargez-le, puis réessayez.',
    too_large: 'C’est plus volumineux que ce qui est accepté.',
    unprocessable: 'Ce n’est pas possible tel que demandé.',
    rate_limited: 'Trop de requêtes. Patientez un instant, puis réessayez.',
    internal: 'Une erreur s’est produite sur le serveur. Rien n’a été modifié.',
    unavailable: 'Le serveur ne peut pas répondre pour le moment. Réessayez bientôt.',
  },
  reasons: {
    invitation_not_valid:
      'Cette invitation n’est plus valable : elle a servi, a été reprise ou date de plus de sept jours. Demandez-en une nouvelle.',
    already_member: 'Cette personne fait déjà partie de l’équipe. Modifiez plutôt ses rôles.',
    last_admin: 'C’est la dernière personne qui administre. Donnez d’abord ce rôle à quelqu’un d’autre.',
    weak_password:
      'Ce mot de passe se devine trop facilement. Prenez quelques mots sans lien entre eux, sans votre nom ni votre adresse.',
    setup_token_not_valid:
      'Ce lien d’installation n’est pas valable. Le bon s’affiche au démarrage du serveur, tant qu’aucun compte n’existe.',
    logo_too_large: 'Ce logo est trop volumineux. Enregistrez-le en plus petit, ou en WebP.',
    logo_not_a_picture: 'Ce fichier n’est pas une image PNG, JPEG ou WebP. Exportez le logo en PNG.',
    logo_size: 'Ce logo a trop de pixels de côté. Enregistrez-le en plus petit.',
    not_an_address: 'Ce n’est pas une adresse. Écrivez-la comme https://lettre.boutique.example.',
    not_https:
      'L’adresse publique doit commencer par https://, car la désinscription en un clic ne fonctionne qu’en https.',
    more_than_an_origin:
      'L’adresse publique se limite au protocole et au nom, comme https://lettre.boutique.example.',
    not_engaged: 'Ce frein n’est pas serré.',
    not_requested:
      'Personne n’a encore demandé à desserrer le frein. Demandez-le avec une raison ; une autre personne confirme.',
    same_person: 'Vous avez demandé vous-même à desserrer le frein. Une autre personne doit le confirmer.',
    person_needed: 'Cela revient à une personne : connectez-vous avec votre propre compte.',
    is_default: 'L’expéditeur par défaut ne peut pas être retiré. Choisissez-en d’abord un autre par défaut.',
    named_by_consents: 'Des consentements ont été donnés à cet expéditeur ; il doit rester.',
    consent_in_future: 'Ce consentement est daté de l’avenir. Indiquez le moment où la personne a accepté.',
    unknown_entity: 'Cet expéditeur légal n’existe plus. Choisissez-en un dans la liste.',
    no_source:
      'Un consentement a besoin d’une source qui le prouve : nommez le formulaire, le fichier ou le document.',
    no_wording: 'Un consentement donné dans un formulaire a besoin des mots exacts qui ont été affichés.',
    duplicate_topic:
      'Le thème « {{key}} » figure deux fois dans la liste. Donnez à chaque thème sa propre clé.',
    import_state: 'Cet import a avancé entre-temps ; ce n’est plus possible.',
    too_many_files: 'Un import prend au plus 500 fichiers. Commencez-en un autre pour la suite.',
    file_twice: '{{file}} fait déjà partie de cet import.',
    no_file: 'Cet import n’a pas encore de fichier. Envoyez-en d’abord un.',
    simulation_not_allowed: 'Adresses et consentements ne s’inventent que dans une démonstration.',
    no_entity: 'Ajoutez d’abord un expéditeur légal dans les réglages : il faut pouvoir dire qui écrit.',
    import_interrupted:
      'Cet import a été interrompu {{tries}} fois, puis annulé. Consultez le journal du serveur, puis lancez un nouvel import.',
    import_failed:
      'Une erreur s’est produite sur le serveur. Rien n’a été importé ; le journal du serveur en dit plus.',
    import_running: 'Un autre import est en cours. Attendez qu’il soit terminé, ou abandonnez-le.',
    column_not_found: 'Ce fichier n’a pas de colonne « {{column}} ». Choisissez-en une autre.',
    mapping_incomplete:
      'Il manque encore une colonne : la date, le produit, le prix, ou ce qui distingue les commandes.',
    not_csv:
      '{{file}} ne se lit pas comme du CSV. Enregistrez-le en « CSV UTF-8 », noms des colonnes en première ligne, puis renvoyez-le.',
    unknown_encoding: '{{file}} est écrit en UTF-16. Enregistrez-le en « CSV UTF-8 », puis renvoyez-le.',
    empty_file: 'Il n’y a rien dans {{file}} sous la première ligne. Exportez-le de nouveau.',
    packed_items:
      '{{file}} met tous les articles d’une commande dans une cellule. Exportez-le de nouveau avec une ligne par article.',
    record_too_long:
      '{{file}} a une ligne sans fin vers la ligne {{line}} : souvent un guillemet jamais refermé. Exportez-le de nouveau.',
    too_many_products:
      'Ce fichier nomme trop de produits. Est-ce la bonne colonne qui sert de code produit ?',
    other_columns: '{{file}} n’a pas les mêmes colonnes que le premier fichier. Importez-le à part.',
    broken_gzip: '{{file}} est un fichier gzip abîmé ou incomplet. Refaites-le, puis renvoyez-le.',
    file_gone: '{{file}} n’est plus sur le serveur. Renvoyez-le.',
    file_too_large: 'Ce fichier est trop volumineux. Découpez-le et envoyez les parties.',
    disk_full:
      'Le disque du serveur est plein. Demandez à la personne qui gère le serveur d’y faire de la place, puis réessayez.',
    profiles_contended: 'Les mêmes personnes sont modifiées ailleurs en ce moment. Réessayez.',
    segment_name_taken: 'Une audience porte déjà ce nom. Choisissez-en un autre.',
    segment_changed:
      'Quelqu’un a modifié cette audience entre-temps. Comparez avec sa version avant d’enregistrer.',
    query_timeout:
      'C’était trop long et a été interrompu. Restreignez la règle ou les dates, puis réessayez.',
    query_memory: 'Cela demande plus de mémoire que n’en a le serveur. Restreignez la règle ou les dates.',
    version: 'Quelqu’un a enregistré entre-temps. Chargez sa version, ou gardez la vôtre par-dessus.',
    state: 'Cette campagne a avancé entre-temps ; ce n’est plus possible.',
    findings: 'La relecture a trouvé des erreurs. Corrigez-les d’abord.',
    fingerprint: 'Quelque chose a changé depuis votre lecture. Relisez avant d’approuver.',
    not_approved: 'Personne n’a encore approuvé cette campagne.',
    approval_void: 'Ce qui a été approuvé n’est plus ce qui est là. Il faut une nouvelle approbation.',
    own_work:
      'Vous avez écrit cette campagne, son texte ou son audience, ou demandé son approbation. Quelqu’un d’autre doit l’approuver.',
    reserved_key: 'Une variante ne peut pas porter ce nom : il désigne les personnes qui ne reçoivent rien.',
    not_editable: 'Cette campagne ne peut plus être modifiée. Dupliquez-la.',
    empty_audience:
      'Personne ne recevrait ce message : l’audience est vide, ou chacun est retenu par une règle. Consultez la relecture.',
    test_limit:
      'Vous avez envoyé autant d’essais qu’une heure en permet. Le prochain peut partir dans {{minutes}} min.',
    no_variant: 'Cette campagne n’a plus cette variante.',
    no_message: 'Le message d’une variante n’existe plus. Choisissez-en un autre.',
    no_sender:
      'Il n’y a pas encore d’expéditeur : indiquez dans les réglages qui écrit, et depuis quelle adresse.',
    template:
      'Ce message ne peut pas être composé pour cette personne : son texte demande quelque chose qui manque.',
    content_changed: 'Le message a été modifié entre-temps. Relisez-le, puis réessayez.',
    address: 'Cette personne n’a pas d’adresse à laquelle écrire.',
    not_compiled:
      'Ce message ne peut pas encore être affiché : son texte contient une erreur, signalée dans l’éditeur.',
    newer_version:
      'La version {{latestVersion}} de ce message a été enregistrée entre-temps. Ouvrez-la et refaites-y votre modification.',
    run_state: 'L’envoi a avancé entre-temps ; ce n’est plus possible.',
    not_uncertain: 'Seul un envoi incertain peut être tranché, et celui-ci ne l’est plus.',
    pinned_to_catcher: 'C’est une démonstration : ses messages restent dans le récepteur.',
    insecure_transport:
      'Sans TLS, adresses et mots de passe pourraient être lus en chemin. Choisissez TLS (465) ou STARTTLS (587).',
    secret_unreadable:
      'Le mot de passe du serveur d’envoi ne peut plus être relu. Saisissez-le de nouveau et créez une nouvelle clé de signature.',
    dkim_record_not_found:
      'L’enregistrement n’est pas encore visible dans le DNS. Publiez-le, attendez qu’il y soit, puis réessayez.',
    public_url_missing:
      'L’adresse publique de ce serveur n’est pas définie : les liens de désinscription ne mèneraient nulle part. Définissez-la dans les réglages.',
    public_url_not_https:
      'L’adresse publique de ce serveur ne commence pas par https, ce qu’exige la désinscription en un clic.',
    identity_missing:
      'Cet expéditeur légal n’a pas d’adresse d’envoi. Définissez-la dans les réglages d’envoi.',
    catcher_off:
      'Aucun serveur d’envoi n’est défini et le récepteur ne tourne pas ici. Définissez un serveur.',
    invalid_address: 'Ce n’est pas une adresse électronique.',
    address_needs_smtputf8:
      'La partie avant le @ contient des lettres que la plupart des serveurs refusent. Prenez une adresse sans accents.',
    invalid_header:
      'Ce texte ne peut pas figurer dans l’en-tête d’un courriel. Retirez-en sauts de ligne et caractères inhabituels.',
    no_demo: 'Seul le temps de la démonstration peut être avancé.',
    moving: 'Le temps avance déjà. Attendez qu’il arrive, ou arrêtez-le.',
    not_ready:
      'Le temps ne peut pas encore avancer : la démonstration se prépare, ou elle rejoue vos propres commandes.',
    unique_violation: 'Cela existe déjà sous le même nom.',
    foreign_key_violation:
      'C’est encore utilisé ailleurs, ou cela renvoie à quelque chose qui n’existe plus.',
  },
  needsRole: 'Il faut pour cela le rôle {{roles}}. Adressez-vous à l’administration de l’espace de travail.',
  roles: { marketer: 'marketing', approver: 'approbation', admin: 'administration' },
  wait_one: 'Trop de requêtes. Réessayez dans {{count, number}} seconde.',
  wait_other: 'Trop de requêtes. Réessayez dans {{count, number}} secondes.',
  server: 'Dans les mots du serveur : {{text}}',
};
