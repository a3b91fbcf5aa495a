import type { Finding } from '../finding.ts';
import type { Where } from '../message.ts';

type Words = readonly ['error' | 'warning', en: string, fr: string];

/** Every finding: how grave, and what to do about it. `$` stands for what was found. */
const WORDING = {
  subject_missing: ['error', 'The subject is empty. Write one.', 'L’objet est vide. Rédigez-le.'],
  subject_too_long: [
    'error',
    'The subject has $ characters. Keep it below 150.',
    'L’objet compte $ caractères. Restez sous 150.',
  ],
  subject_long: [
    'warning',
    'The subject has $ characters; most programs show about 60.',
    'L’objet compte $ caractères ; la plupart des messageries en affichent une soixantaine.',
  ],
  subject_shouts: [
    'warning',
    'The subject is all in capitals. Write it as a sentence.',
    'L’objet est tout en capitales. Écrivez-le comme une phrase.',
  ],
  subject_insists: [
    'warning',
    'The subject repeats marks such as !! or $$. Filters dislike that, and so do readers.',
    'L’objet répète des signes comme !! ou $$. Les filtres ne les aiment pas, les lecteurs non plus.',
  ],
  subject_pretends: [
    'error',
    'The subject pretends to answer or forward a message (Re:, Fwd:).',
    'L’objet se fait passer pour une réponse ou un transfert (Re:, Tr:).',
  ],
  unknown_field: [
    'error',
    'The field $ does not exist. See the list of fields.',
    'Le champ $ n’existe pas. Consultez la liste des champs.',
  ],
  field_without_default: [
    'warning',
    'The field $ is empty for some people; they would not get the message. Add a fallback: {{ $ | default: "…" }}.',
    'Le champ $ est vide pour certaines personnes ; elles ne recevraient pas le message. Ajoutez une valeur de repli : {{ $ | default: "…" }}.',
  ],
  needs_products: [
    'warning',
    'The message fails for people without a recommended product. Put that part between {% if products.size > 0 %} and {% endif %}.',
    'Le message échoue pour les personnes sans produit recommandé. Placez cette partie entre {% if products.size > 0 %} et {% endif %}.',
  ],
  link_broken: ['error', 'The link "$" leads nowhere.', 'Le lien « $ » ne mène nulle part.'],
  link_not_https: [
    'error',
    'The link $ is not secure. Use https.',
    'Le lien $ n’est pas sécurisé. Utilisez https.',
  ],
  link_shortened: [
    'warning',
    'The link $ goes through a shortener, which filters distrust. Use the real address.',
    'Le lien $ passe par un raccourcisseur, dont les filtres se méfient. Utilisez l’adresse réelle.',
  ],
  link_without_words: [
    'error',
    'The link to $ has no words: give it a text, or its image an alternative text.',
    'Le lien vers $ n’a pas de texte : donnez-lui un libellé, ou un texte de remplacement à son image.',
  ],
  link_vague: [
    'warning',
    'The link "$" does not say where it leads.',
    'Le lien « $ » ne dit pas où il mène.',
  ],
  unsubscribe_missing: [
    'error',
    'There is no unsubscribe link. Add <a href="{{ links.unsubscribe }}">.',
    'Il manque le lien de désabonnement. Ajoutez <a href="{{ links.unsubscribe }}">.',
  ],
  unsubscribe_hidden: [
    'error',
    'The unsubscribe link cannot be seen: it is hidden, too small or almost the colour of its background.',
    'Le lien de désabonnement est invisible : masqué, trop petit ou presque de la couleur du fond.',
  ],
  unsubscribe_faint: [
    'warning',
    'The unsubscribe link is hard to read. Give it more contrast (4.5:1).',
    'Le lien de désabonnement se lit mal. Renforcez son contraste (4,5:1).',
  ],
  preferences_missing: [
    'warning',
    'There is no link to the preferences. Add {{ links.preferences }}.',
    'Il manque le lien vers les préférences. Ajoutez {{ links.preferences }}.',
  ],
  why_missing: [
    'warning',
    'There is no link "Why did I get this?". Add {{ links.why }}.',
    'Il manque le lien « Pourquoi ai-je reçu ceci ? ». Ajoutez {{ links.why }}.',
  ],
  sender_missing: [
    'error',
    'The message does not say who sends it. Add {{ sender.name }}.',
    'Le message ne dit pas qui l’envoie. Ajoutez {{ sender.name }}.',
  ],
  sender_address_missing: [
    'warning',
    'The postal address of the sender is missing. Add {{ sender.address }}.',
    'L’adresse postale de l’expéditeur manque. Ajoutez {{ sender.address }}.',
  ],
  image_without_alt: [
    'error',
    'An image has no alternative text. Add alt="…", or alt="" when it is only decoration.',
    'Une image n’a pas de texte de remplacement. Ajoutez alt="…", ou alt="" si elle est purement décorative.',
  ],
  image_not_https: [
    'error',
    'The image $ is not secure. Use https.',
    'L’image $ n’est pas sécurisée. Utilisez https.',
  ],
  open_pixel: [
    'error',
    'The image $ cannot be seen: it would only report who opens the message. Take it out.',
    'L’image $ est invisible : elle ne servirait qu’à signaler qui ouvre le message. Retirez-la.',
  ],
  image_identifies_reader: [
    'error',
    'The image $ tells another server who opens the message. Take the personal field out.',
    'L’image $ indique à un autre serveur qui ouvre le message. Retirez-en le champ personnel.',
  ],
  too_large: [
    'warning',
    'The message has $ kB. Gmail hides what comes after 102 kB.',
    'Le message pèse $ ko. Gmail masque ce qui dépasse 102 ko.',
  ],
  title_missing: [
    'error',
    'The message has no title for screen readers. Add <mj-title>.',
    'Le message n’a pas de titre pour les lecteurs d’écran. Ajoutez <mj-title>.',
  ],
  language_differs: [
    'warning',
    'The MJML says the language is "$", the message says something else.',
    'Le MJML indique la langue « $ », différente de celle du message.',
  ],
  active_content: [
    'error',
    '$ does not work in mail and makes filters suspicious. Take it out.',
    '$ ne fonctionne pas dans un e-mail et éveille la méfiance des filtres. Retirez-le.',
  ],
  remote_style: [
    'error',
    'The style loads $ from another server, which would learn who opens the message. Take it out.',
    'Le style charge $ depuis un autre serveur, qui saurait qui ouvre le message. Retirez-le.',
  ],
  table_without_role: [
    'warning',
    '$ layout table(s) lack role="presentation".',
    '$ tableau(x) de mise en page sans role="presentation".',
  ],
  text_empty: [
    'error',
    'The text part is empty. Write one, or add words to the message.',
    'La version texte est vide. Rédigez-la, ou ajoutez du texte au message.',
  ],
  text_without_unsubscribe: [
    'error',
    'The text part has no unsubscribe link. Add {{ links.unsubscribe }}.',
    'La version texte n’a pas de lien de désabonnement. Ajoutez {{ links.unsubscribe }}.',
  ],
  text_without_sender: [
    'error',
    'The text part does not say who sends it. Add {{ sender.name }}.',
    'La version texte ne dit pas qui l’envoie. Ajoutez {{ sender.name }}.',
  ],
} as const satisfies Readonly<Record<string, Words>>;

export type FindingCode = keyof typeof WORDING;

export const finding = (code: FindingCode, where: Where, what = ''): Finding => {
  const [severity, en, fr] = WORDING[code];
  const say = (words: string): string => (what === '' ? words : words.split('$').join(what));
  return { severity, code, message: { en: say(en), fr: say(fr) }, where };
};
