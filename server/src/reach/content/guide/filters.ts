import type { FilterName } from '../liquid-engine.ts';
import type { Both } from '../message.ts';

export interface FilterWords {
  readonly about: Both;
  readonly example: string;
  /** What the example gives, in a message of either language. */
  readonly gives: Both;
}

const same = (text: string): Both => ({ en: text, fr: text });
const filter = (about: Both, example: string, gives: Both | string): FilterWords => ({
  about,
  example,
  gives: typeof gives === 'string' ? same(gives) : gives,
});

/** Every filter that the renderer has; the examples are rendered by a test. */
export const FILTER_WORDS: Readonly<Record<FilterName, FilterWords>> = {
  default: filter(
    { en: 'What to write when there is no value', fr: 'Quoi écrire en l’absence de valeur' },
    '{{ profile.traits.nickname | default: "Hello" }}',
    'Hello',
  ),
  money: filter({ en: 'An amount of money', fr: 'Un montant' }, '{{ 1234.5 | money: "EUR" }}', {
    en: '€1,234.50',
    fr: '1 234,50 €',
  }),
  number: filter(
    { en: 'A number as the reader writes it', fr: 'Un nombre, écrit à la manière du lecteur' },
    '{{ 1234.5 | number }}',
    { en: '1,234.5', fr: '1 234,5' },
  ),
  date: filter(
    {
      en: 'A date: short, medium, long or full',
      fr: 'Une date : short, medium, long ou full (de la plus courte à la plus longue)',
    },
    '{{ "2026-03-09" | date: "long" }}',
    { en: '9 March 2026', fr: '9 mars 2026' },
  ),
  capitalize: filter(
    { en: 'First letter in capitals', fr: 'Première lettre en capitale' },
    '{{ "spring" | capitalize }}',
    'Spring',
  ),
  upcase: filter({ en: 'All in capitals', fr: 'Tout en capitales' }, '{{ "tea" | upcase }}', 'TEA'),
  downcase: filter({ en: 'All in small letters', fr: 'Tout en minuscules' }, '{{ "TEA" | downcase }}', 'tea'),
  truncate: filter(
    { en: 'At most so many characters', fr: 'Un nombre limité de caractères' },
    '{{ "A long name for a teapot" | truncate: 12, "…" }}',
    'A long name…',
  ),
  truncatewords: filter(
    { en: 'At most so many words', fr: 'Un nombre limité de mots' },
    '{{ "A long name for a teapot" | truncatewords: 3, "…" }}',
    'A long name…',
  ),
  strip: filter(
    { en: 'Without white space around it', fr: 'Sans espaces autour' },
    '{{ "  tea  " | strip }}',
    'tea',
  ),
  lstrip: filter(
    { en: 'Without white space before it', fr: 'Sans espaces devant' },
    '{{ "  tea" | lstrip }}',
    'tea',
  ),
  rstrip: filter(
    { en: 'Without white space behind it', fr: 'Sans espaces derrière' },
    '{{ "tea  " | rstrip }}',
    'tea',
  ),
  append: filter(
    { en: 'Adds text behind', fr: 'Ajoute un texte derrière' },
    '{{ "tea" | append: "pot" }}',
    'teapot',
  ),
  prepend: filter(
    { en: 'Adds text before', fr: 'Ajoute un texte devant' },
    '{{ "pot" | prepend: "tea" }}',
    'teapot',
  ),
  remove: filter(
    { en: 'Takes a text out', fr: 'Retire un texte' },
    '{{ "tea-pot" | remove: "-" }}',
    'teapot',
  ),
  replace: filter(
    { en: 'Writes one text instead of another', fr: 'Remplace un texte par un autre' },
    '{{ "black tea" | replace: "black", "green" }}',
    'green tea',
  ),
  slice: filter(
    {
      en: 'A part: from where, how many characters',
      fr: 'Une partie : à partir d’où, combien de caractères',
    },
    '{{ "teapot" | slice: 0, 3 }}',
    'tea',
  ),
  split: filter(
    { en: 'Cuts a text into a list', fr: 'Découpe un texte en liste' },
    '{{ "red,blue" | split: "," | last }}',
    'blue',
  ),
  join: filter(
    { en: 'Puts a list together', fr: 'Assemble une liste' },
    '{{ "red,blue" | split: "," | join: " + " }}',
    'red + blue',
  ),
  url_encode: filter(
    { en: 'For the address of a link', fr: 'Pour l’adresse d’un lien' },
    '{{ "tea & co" | url_encode }}',
    'tea+%26+co',
  ),
  plus: filter({ en: 'Adds', fr: 'Additionne' }, '{{ 2 | plus: 3 }}', '5'),
  minus: filter({ en: 'Subtracts', fr: 'Soustrait' }, '{{ 5 | minus: 3 }}', '2'),
  times: filter({ en: 'Multiplies', fr: 'Multiplie' }, '{{ 2 | times: 3 }}', '6'),
  divided_by: filter(
    {
      en: 'Divides (by 2: without a rest; by 2.0: with decimals)',
      fr: 'Divise (par 2 : sans reste ; par 2.0 : avec décimales)',
    },
    '{{ 7 | divided_by: 2.0 }}',
    '3.5',
  ),
  modulo: filter({ en: 'Rest of a division', fr: 'Reste d’une division' }, '{{ 7 | modulo: 2 }}', '1'),
  round: filter({ en: 'Rounds', fr: 'Arrondit' }, '{{ 2.345 | round: 1 }}', '2.3'),
  ceil: filter({ en: 'Rounds up', fr: 'Arrondit vers le haut' }, '{{ 2.1 | ceil }}', '3'),
  floor: filter({ en: 'Rounds down', fr: 'Arrondit vers le bas' }, '{{ 2.9 | floor }}', '2'),
  abs: filter({ en: 'Without its sign', fr: 'Sans son signe' }, '{{ -4 | abs }}', '4'),
  at_least: filter({ en: 'Not below', fr: 'Pas moins que' }, '{{ 2 | at_least: 5 }}', '5'),
  at_most: filter({ en: 'Not above', fr: 'Pas plus que' }, '{{ 9 | at_most: 5 }}', '5'),
  size: filter({ en: 'How many', fr: 'Combien' }, '{{ products | size }}', '3'),
  first: filter(
    { en: 'First of a list', fr: 'Premier d’une liste' },
    '{{ "red,blue" | split: "," | first }}',
    'red',
  ),
  last: filter(
    { en: 'Last of a list', fr: 'Dernier d’une liste' },
    '{{ "red,blue" | split: "," | last }}',
    'blue',
  ),
  map: filter(
    { en: 'One field of each in a list', fr: 'Un champ de chaque élément d’une liste' },
    '{{ products | map: "sku" | join: " " }}',
    'example-1 example-2 example-3',
  ),
  where: filter(
    {
      en: 'Those of a list with a certain value',
      fr: 'Les éléments d’une liste qui ont une certaine valeur',
    },
    '{{ products | where: "sku", "example-2" | size }}',
    '1',
  ),
  sort: filter(
    { en: 'Puts a list in order', fr: 'Trie une liste' },
    '{{ "b,a" | split: "," | sort | join: "" }}',
    'ab',
  ),
  reverse: filter(
    { en: 'Turns a list around', fr: 'Inverse une liste' },
    '{{ "a,b" | split: "," | reverse | join: "" }}',
    'ba',
  ),
  uniq: filter(
    { en: 'Each once', fr: 'Chaque valeur une seule fois' },
    '{{ "a,a,b" | split: "," | uniq | join: "" }}',
    'ab',
  ),
  compact: filter(
    { en: 'Without what is empty', fr: 'Sans les valeurs vides' },
    '{{ products | map: "image_url" | compact | size }}',
    '0',
  ),
};
