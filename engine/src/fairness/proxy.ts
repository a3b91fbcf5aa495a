import { checkCount, engineError } from '../errors/index.ts';
import type { Random } from '../random/index.ts';
import { type Attribute, checkAttribute } from './attribute.ts';
import { foldsOf, type Setting, scoresOfOne, scoresOfSet } from './cross-fit.ts';
import { type Codes, checkFeature, codesOf, type Feature } from './features.ts';
import { MINIMUMS } from './minimums.ts';
import { judge, PROXY_LIMITS, type Predictability, type ProxyLimits } from './predictability.ts';

export interface ProxyFinding {
  /** The feature's name, or null for all together. */
  readonly feature: string | null;
  /** One for each level with enough people. */
  readonly levels: readonly Predictability[];
  readonly flagged: boolean;
}

export type ProxyReport =
  | {
      readonly kind: 'assessed';
      readonly attribute: string;
      readonly features: readonly ProxyFinding[];
      /** Also what each feature hides and several together show (dimensions of an embedding). */
      readonly set: ProxyFinding;
      /** Levels with too few people. */
      readonly notAssessable: readonly string[];
    }
  | { readonly kind: 'not_assessable'; readonly attribute: string; readonly reason: 'too_few_people' };

export interface ProxyInput {
  readonly features: readonly Feature[];
  readonly attribute: Attribute;
  readonly random: Random;
  readonly limits?: ProxyLimits;
  /** People needed in a level and outside it; default 100. */
  readonly minimumPeople?: number;
}

const finding = (feature: string | null, levels: readonly Predictability[]): ProxyFinding => ({
  feature,
  levels,
  flagged: levels.some(({ flagged }) => flagged),
});

/**
 * Which features, alone or together, tell the attribute (Feldman et al. 2015): out of sample by four folds, one level against the others.
 * A model without the attribute still uses it where a proxy stands in. Alone, features are seen in any shape (16 bins, categories); together
 * by a logistic model on them, which sees sums, not interactions. O(levels × (features × n log n + n × features²)).
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `not_finite`, `negative_count`, `unknown_key`
 * @example detectProxies({ features: [postcode, hour], attribute: origin, random: createRandom(1) })
 */
export const detectProxies = ({
  features,
  attribute,
  random,
  limits = PROXY_LIMITS,
  minimumPeople = MINIMUMS.people,
}: ProxyInput): ProxyReport => {
  checkCount('minimumPeople', minimumPeople);
  if (features.length === 0) throw engineError('empty_input', 'no features');
  checkAttribute(attribute, attribute.values.length);
  for (const feature of features) checkFeature(feature, attribute.values.length);
  const known = Int32Array.from(
    Array.from(attribute.values, (_, row) => row).filter((row) => attribute.values[row] !== -1),
  );
  const coded = features.map((feature): readonly [Feature, Codes] => {
    const part: Feature =
      feature.kind === 'number'
        ? { ...feature, values: Float64Array.from(known, (row) => feature.values[row] as number) }
        : { ...feature, values: Int32Array.from(known, (row) => feature.values[row] as number) };
    return [part, codesOf(part)];
  });
  const settings: Setting[] = [];
  const notAssessable: string[] = [];
  for (const [at, level] of attribute.levels.entries()) {
    // Two levels are one question.
    if (attribute.levels.length === 2 && at === 1 && settings.length === 1) continue;
    const labels = Uint8Array.from(known, (row) => (attribute.values[row] === at ? 1 : 0));
    const people = labels.reduce((sum, label) => sum + label, 0);
    if (people < Math.max(1, minimumPeople) || known.length - people < Math.max(1, minimumPeople))
      notAssessable.push(level);
    else settings.push({ labels, fold: foldsOf(labels, random.stream(level)), level });
  }
  if (settings.length === 0)
    return { kind: 'not_assessable', attribute: attribute.name, reason: 'too_few_people' };
  return {
    kind: 'assessed',
    attribute: attribute.name,
    features: coded.map(([feature, codes]) =>
      finding(
        feature.name,
        settings.map((setting) =>
          judge(scoresOfOne(codes, setting), setting, {
            area: limits.featureArea,
            information: limits.information,
          }),
        ),
      ),
    ),
    set: finding(
      null,
      settings.map((setting) =>
        judge(scoresOfSet(coded, setting), setting, {
          area: limits.setArea,
          information: limits.information,
        }),
      ),
    ),
    notAssessable,
  };
};
