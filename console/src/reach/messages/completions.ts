import type { MessageGuide } from '@mesure/contract/messages';

export interface Offer {
  readonly label: string;
  readonly detail: string;
  readonly apply: string;
  readonly kind: 'property' | 'function' | 'keyword' | 'type';
}

export interface Offers {
  /** Characters before the cursor that an offer replaces. */
  readonly typed: number;
  readonly items: readonly Offer[];
}

export interface Vocabulary {
  readonly guide: MessageGuide;
  /** Keys of traits that customers of this shop have. */
  readonly traits: readonly string[];
  readonly language: 'en' | 'fr';
}

const nothing: Offers = { typed: 0, items: [] };

const matching = (typed: string, items: readonly Offer[]): Offers => ({
  typed: typed.length,
  items: items.filter(({ label }) => label.toLowerCase().startsWith(typed.toLowerCase())),
});

const fieldOffers = ({ guide, traits, language }: Vocabulary): readonly Offer[] => [
  ...guide.fields.map(
    ({ path, label }): Offer => ({ label: path, detail: label[language], apply: path, kind: 'property' }),
  ),
  ...traits
    // Others are read as profile.traits["a b"], which completion would only get in the way of.
    .filter((key) => /^[A-Za-z_][\w-]*$/.test(key))
    .map((key): Offer => {
      const path = `profile.traits.${key}`;
      return { label: path, detail: '', apply: path, kind: 'property' };
    }),
];

/** The Liquid that the cursor stands in: `{{ …` or `{% …` without its end. */
const openLiquid = (before: string): { readonly kind: '{{' | '{%'; readonly inside: string } | null => {
  const at = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'));
  if (at < 0) return null;
  const kind = before[at + 1] === '%' ? '{%' : '{{';
  const inside = before.slice(at + 2);
  return inside.includes(kind === '{%' ? '%}' : '}}') || inside.length > 300 ? null : { kind, inside };
};

const liquidOffers = (kind: '{{' | '{%', inside: string, vocabulary: Vocabulary): Offers => {
  const { guide, language } = vocabulary;
  const filter = /\|\s*(\w*)$/.exec(inside);
  if (filter)
    return matching(
      filter[1] ?? '',
      guide.filters.map(({ name, about }) => ({
        label: name,
        detail: about[language],
        apply: name === 'default' ? 'default: ""' : name,
        kind: 'function',
      })),
    );
  const tag = kind === '{%' ? /^-?\s*(\w*)$/.exec(inside) : null;
  if (tag)
    return matching(
      tag[1] ?? '',
      guide.tags.map(({ name, about }) => ({
        label: name,
        detail: about[language],
        apply: name,
        kind: 'keyword',
      })),
    );
  const path = /(?:^|[\s:(,=<>])([A-Za-z_][\w.-]*)?$/.exec(inside);
  return path ? matching(path[1] ?? '', fieldOffers(vocabulary)) : nothing;
};

const markupOffers = (before: string, { guide, language }: Vocabulary): Offers => {
  const tag = /<([\w-]*)$/.exec(before);
  if (tag)
    return matching(
      tag[1] ?? '',
      guide.components.map(({ name, about }) => ({
        label: name,
        detail: about[language],
        apply: name,
        kind: 'type',
      })),
    );
  const attribute = /<(mj-[\w-]+)\s(?:[^<>"]|"[^"]*")*?([\w-]*)$/.exec(before.slice(-2_000));
  const component = guide.components.find(({ name }) => name === attribute?.[1]);
  if (!attribute || !component || !/\s[\w-]*$/.test(before)) return nothing;
  return matching(
    attribute[2] ?? '',
    component.attributes.map((name) => ({ label: name, detail: '', apply: `${name}=""`, kind: 'property' })),
  );
};

/** What could come next at the cursor, from what the renderer takes. */
export const offersAt = (before: string, vocabulary: Vocabulary): Offers => {
  const liquid = openLiquid(before);
  return liquid ? liquidOffers(liquid.kind, liquid.inside, vocabulary) : markupOffers(before, vocabulary);
};
