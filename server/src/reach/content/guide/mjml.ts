import type { Both } from '../message.ts';

export interface MjmlWords {
  readonly about: Both;
  /** Where it may stand. */
  readonly inside: readonly string[];
  /** The attributes that people use; MJML knows more. */
  readonly attributes: readonly string[];
}

const PADDING = ['padding', 'padding-top', 'padding-bottom', 'padding-left', 'padding-right'];
const TYPE = ['color', 'font-family', 'font-size', 'font-weight', 'line-height'];
const COLUMN = ['mj-column', 'mj-hero'];

const component = (
  about: Both,
  inside: readonly string[],
  attributes: readonly string[] = [],
): MjmlWords => ({ about, inside, attributes });

/** Components to write messages with; a test holds them against MJML's own list. */
export const MJML_WORDS: Readonly<Record<string, MjmlWords>> = {
  'mj-head': component({ en: 'Title, preview and styles', fr: 'Titre, aperçu et styles' }, ['mjml']),
  'mj-body': component({ en: 'What is read', fr: 'Ce qui est lu' }, ['mjml'], ['width', 'background-color']),
  'mj-title': component({ en: 'Title for screen readers', fr: 'Titre pour les lecteurs d’écran' }, [
    'mj-head',
  ]),
  'mj-preview': component(
    { en: 'Shown in the inbox behind the subject', fr: 'Affiché après l’objet dans la boîte de réception' },
    ['mj-head'],
  ),
  'mj-attributes': component({ en: 'Looks of all components', fr: 'Aspect de tous les composants' }, [
    'mj-head',
  ]),
  'mj-breakpoint': component(
    { en: 'Width below which columns stack', fr: 'Largeur sous laquelle les colonnes s’empilent' },
    ['mj-head'],
    ['width'],
  ),
  'mj-style': component(
    { en: 'Styles of your own (CSS)', fr: 'Styles personnels (CSS)' },
    ['mj-head'],
    ['inline'],
  ),
  'mj-section': component(
    { en: 'A row of columns', fr: 'Une rangée de colonnes' },
    ['mj-body', 'mj-wrapper'],
    ['background-color', 'background-url', 'border-radius', 'full-width', 'text-align', ...PADDING],
  ),
  'mj-wrapper': component(
    { en: 'Several rows on one ground', fr: 'Plusieurs rangées sur un même fond' },
    ['mj-body'],
    ['background-color', 'border', 'border-radius', 'full-width', ...PADDING],
  ),
  'mj-hero': component(
    { en: 'Words over a picture', fr: 'Un texte sur une image' },
    ['mj-body', 'mj-wrapper'],
    ['mode', 'height', 'background-url', 'background-color', 'vertical-align', ...PADDING],
  ),
  'mj-group': component(
    { en: 'Columns that stay side by side on phones', fr: 'Colonnes qui restent côte à côte sur téléphone' },
    ['mj-section'],
    ['width', 'background-color', 'vertical-align'],
  ),
  'mj-column': component(
    { en: 'A column; on phones they stack', fr: 'Une colonne ; elles s’empilent sur téléphone' },
    ['mj-section', 'mj-group'],
    ['width', 'background-color', 'border-radius', 'vertical-align', ...PADDING],
  ),
  'mj-text': component({ en: 'Text', fr: 'Texte' }, COLUMN, ['align', ...TYPE, ...PADDING]),
  'mj-button': component({ en: 'A link as a button', fr: 'Un lien en forme de bouton' }, COLUMN, [
    'href',
    'title',
    'align',
    'background-color',
    'border-radius',
    'inner-padding',
    'width',
    ...TYPE,
    ...PADDING,
  ]),
  'mj-image': component({ en: 'A picture', fr: 'Une image' }, COLUMN, [
    'src',
    'alt',
    'href',
    'width',
    'align',
    'border-radius',
    'fluid-on-mobile',
    ...PADDING,
  ]),
  'mj-divider': component({ en: 'A line', fr: 'Un filet' }, COLUMN, [
    'border-color',
    'border-style',
    'border-width',
    'width',
    ...PADDING,
  ]),
  'mj-spacer': component({ en: 'Empty room', fr: 'Un espace vide' }, COLUMN, ['height']),
  'mj-table': component({ en: 'A table of figures', fr: 'Un tableau de données' }, COLUMN, [
    'align',
    'width',
    ...TYPE,
    ...PADDING,
  ]),
  'mj-navbar': component({ en: 'A row of links', fr: 'Une rangée de liens' }, COLUMN, ['align', 'base-url']),
  'mj-navbar-link': component(
    { en: 'One of the links', fr: 'L’un des liens' },
    ['mj-navbar'],
    ['href', 'name', ...TYPE, ...PADDING],
  ),
  'mj-raw': component({ en: 'HTML or Liquid as it stands', fr: 'Du HTML ou du Liquid, tel quel' }, [
    'mj-body',
    'mj-section',
    ...COLUMN,
  ]),
};

/** Components that are not offered, and why: each of them loads something from another server, or is of little use. */
export const MJML_NOT_OFFERED: Readonly<Record<string, string>> = {
  'mj-font': 'loads a font from another server',
  'mj-social': 'loads its icons from another server',
  'mj-social-element': 'loads its icons from another server',
  'mj-accordion': 'loads its icons from another server',
  'mj-accordion-element': 'belongs to mj-accordion',
  'mj-accordion-title': 'belongs to mj-accordion',
  'mj-accordion-text': 'belongs to mj-accordion',
  'mj-carousel': 'loads its icons from another server',
  'mj-carousel-image': 'belongs to mj-carousel',
  'mj-html-attributes': 'changes markup that is made by others',
};
