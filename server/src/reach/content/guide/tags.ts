import type { TagName } from '../liquid-engine.ts';
import type { Both } from '../message.ts';

export interface TagWords {
  readonly about: Both;
  readonly example: string;
  readonly gives: string;
}

const tag = (about: Both, example: string, gives: string): TagWords => ({ about, example, gives });

/** Every Liquid tag that the renderer has; the examples are rendered by a test. */
export const TAG_WORDS: Readonly<Record<TagName, TagWords>> = {
  if: tag(
    { en: 'Only when something is so', fr: 'Seulement si une condition est remplie' },
    '{% if products.size > 0 %}for you{% else %}soon{% endif %}',
    'for you',
  ),
  unless: tag(
    { en: 'Only when something is not so', fr: 'Seulement si une condition n’est pas remplie' },
    '{% unless profile.traits.member %}join us{% endunless %}',
    'join us',
  ),
  case: tag(
    { en: 'One of several texts', fr: 'Un texte parmi plusieurs' },
    '{% assign n = 2 %}{% case n %}{% when 1 %}one{% when 2 %}two{% else %}many{% endcase %}',
    'two',
  ),
  for: tag(
    { en: 'Once for each in a list', fr: 'Une fois pour chaque élément d’une liste' },
    '{% for product in products limit: 2 %}[{{ product.sku }}]{% endfor %}',
    '[example-1][example-2]',
  ),
  break: tag(
    { en: 'Ends a list early', fr: 'Arrête une liste' },
    '{% for n in (1..5) %}{{ n }}{% if n == 2 %}{% break %}{% endif %}{% endfor %}',
    '12',
  ),
  continue: tag(
    { en: 'Leaves one of a list out', fr: 'Passe un élément d’une liste' },
    '{% for n in (1..3) %}{% if n == 2 %}{% continue %}{% endif %}{{ n }}{% endfor %}',
    '13',
  ),
  cycle: tag(
    { en: 'One after the other, and again', fr: 'L’un après l’autre, puis de nouveau' },
    '{% for n in (1..3) %}{% cycle "a", "b" %}{% endfor %}',
    'aba',
  ),
  assign: tag(
    { en: 'Keeps a value under a name', fr: 'Garde une valeur sous un nom' },
    '{% assign word = "tea" %}{{ word }}',
    'tea',
  ),
  capture: tag(
    { en: 'Keeps a text under a name', fr: 'Garde un texte sous un nom' },
    '{% capture line %}black {{ "tea" }}{% endcapture %}{{ line }}',
    'black tea',
  ),
  echo: tag({ en: 'Writes a value', fr: 'Écrit une valeur' }, '{% echo "tea" %}', 'tea'),
  comment: tag(
    { en: 'A note that nobody receives', fr: 'Une note que personne ne reçoit' },
    'tea{% comment %}ask Alex{% endcomment %}',
    'tea',
  ),
  raw: tag(
    { en: 'Writes braces as they are', fr: 'Écrit les accolades telles quelles' },
    '{% raw %}{{ tea }}{% endraw %}',
    '{{ tea }}',
  ),
  increment: tag(
    { en: 'Counts up from 0', fr: 'Compte à partir de 0' },
    '{% increment n %}{% increment n %}',
    '01',
  ),
  decrement: tag(
    { en: 'Counts down from −1', fr: 'Décompte à partir de −1' },
    '{% decrement n %}{% decrement n %}',
    '-1-2',
  ),
};
