/** A feature of a model: its name, what it is, and from which other features it is made. */
export interface FeatureSource {
  readonly name: string;
  /** What it means, in the words of its author; read like the name. */
  readonly meaning?: string;
  readonly madeFrom?: readonly string[];
}

export type RefusedKind =
  | 'first_name'
  | 'surname'
  | 'birthplace'
  | 'nationality'
  | 'precise_location'
  | 'spoken_language'
  | 'iban_country'
  | 'religion_or_diet'
  | 'health'
  | 'sexual_life'
  | 'union'
  | 'politics'
  | 'origin';

export interface RefusedFeature {
  readonly feature: string;
  readonly kind: RefusedKind;
  /** From the feature to the one that is refused itself. */
  readonly path: readonly string[];
}

// Words of names, without accents, singular and plural; English and French.
const KINDS: readonly (readonly [RefusedKind, RegExp])[] = [
  ['first_name', /\b(first|given|fore) ?names?\b|\bprenoms?\b/],
  ['surname', /\b(sur|last|family) ?names?\b|\bnoms? (de )?famille\b|\bpatronymes?\b/],
  [
    'birthplace',
    /\bbirth ?places?\b|\b(place|country|city) of birth\b|\b(lieu|pays|ville) (de )?naissance\b/,
  ],
  ['nationality', /\bnationalit(y|ies|es?)\b|\bcitizenships?\b/],
  [
    'precise_location',
    /\b(lat|latitude|lng|lon|longitude|gps|geo ?location|geolocalisation)\b|\bprecise location\b/,
  ],
  ['spoken_language', /\b(spoken|mother|native) (language|tongue)s?\b|\blangues? (parlee|maternelle)s?\b/],
  ['iban_country', /\biban\b/],
  [
    'religion_or_diet',
    /\b(religion|religious|religieu(x|se)|halal|kosher|casher|ramadan|lent|careme|diets?|dietary|regime alimentaire|confession)\b/,
  ],
  [
    'health',
    /\b(health|sante|pharmac(y|ies|ie)|medical|medication|disabilit(y|ies)|handicap|pregnan(t|cy)|grossesse)\b/,
  ],
  ['sexual_life', /\b(sex|sexual|sexuel(le)?|sexual ?health|orientation sexuelle|contracepti(on|ve))\b/],
  ['union', /\b(trade )?unions?\b|\bsyndicats?\b|\bsyndical(e|es)?\b/],
  ['politics', /\b(politics?|political|politique|party membership|opinion politique)\b/],
  ['origin', /\b(race|racial|ethnic|ethnicity|ethnie|ethnique|origine ethnique|skin colou?r)\b/],
];

/** `firstName`, `first_name`, `Prénom` as words without accents. */
const wordsOf = (text: string): string =>
  text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

const kindOf = ({ name, meaning }: FeatureSource): RefusedKind | undefined => {
  const words = `${wordsOf(name)} | ${wordsOf(meaning ?? '')}`;
  return KINDS.find(([, pattern]) => pattern.test(words))?.[0];
};

/**
 * Features that must not be used whatever the statistics say, also through what is made from them (an embedding of names). A list of
 * words is a first gate only: what it does not know, `detectProxies` has to find. O(features × words + lineage).
 *
 * @example refusedFeatures([{ name: 'firstName' }, { name: 'embedding', madeFrom: ['firstName'] }])
 * // [{ feature: 'firstName', kind: 'first_name', path: ['firstName'] }, { feature: 'embedding', …, path: ['embedding', 'firstName'] }]
 */
export const refusedFeatures = (features: readonly FeatureSource[]): readonly RefusedFeature[] => {
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  return features.flatMap((start): readonly RefusedFeature[] => {
    const seen = new Set<string>();
    const paths: (readonly string[])[] = [[start.name]];
    for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
      const name = path.at(-1) as string;
      if (seen.has(name)) continue;
      seen.add(name);
      const source = byName.get(name) ?? { name };
      const kind = kindOf(source);
      if (kind !== undefined) return [{ feature: start.name, kind, path }];
      for (const parent of source.madeFrom ?? []) paths.push([...path, parent]);
    }
    return [];
  });
};
