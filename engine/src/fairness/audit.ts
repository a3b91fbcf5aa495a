import { checkLength, checkLevel, engineError } from '../errors/index.ts';
import type { Random } from '../random/index.ts';
import { type Attribute, checkAttribute, intersect } from './attribute.ts';
import { type BootstrapInterval, bootstrapDisparity } from './bootstrap.ts';
import { type AlarmState, type Comparison, compareGroups } from './compare.ts';
import { type Confusion, countGroups } from './confusion.ts';
import type { Estimate } from './estimate.ts';
import { MINIMUMS, type Minimums, type TooSmall, tooSmall } from './minimums.ts';
import { checkUnique } from './people.ts';
import { type Metric, partOf } from './rates.ts';
import { wilsonInterval } from './wilson.ts';

/** The rates that are compared when labels are known; without labels only `selection`. */
export const AUDITED = ['selection', 'truePositive', 'falsePositive', 'precision'] as const;
export type Audited = (typeof AUDITED)[number];

/** Where a low ratio of a group is a disadvantage: these raise alarms; the others are shown. */
const WATCHED: readonly Audited[] = ['selection', 'truePositive'];

export interface AuditInput {
  /** One id per row, each once: an audit counts people, not impressions (`uniquePeople` makes one row each). */
  readonly people: readonly string[];
  /** 1 = selected. */
  readonly selected: ArrayLike<number>;
  /** 1 = selecting would have been right. */
  readonly labels?: ArrayLike<number>;
  readonly attributes: readonly Attribute[];
  /** Names of attributes to be crossed; all pairs when left out. */
  readonly intersections?: readonly (readonly string[])[];
  readonly minimums?: Minimums;
  /** Of all intervals that can raise an alarm together; default 0.95. */
  readonly confidence?: number;
  /** Default 0.8. */
  readonly alarmRatio?: number;
  /** Adds bootstrap intervals of the extremes. */
  readonly random?: Random;
}

export type RateFinding =
  | ({ readonly kind: 'rate'; readonly of: number } & Estimate)
  | { readonly kind: 'not_assessable'; readonly reason: TooSmall; readonly of: number };

export interface GroupFinding {
  readonly group: string;
  readonly people: number;
  readonly selected: number;
  /** Only with labels. */
  readonly counts?: Confusion;
  /** With Wilson's interval of this rate alone; `precision` and the two error rates only with labels. */
  readonly rates: Readonly<Partial<Record<Audited, RateFinding>>>;
}

export interface ComparedRate extends Comparison {
  /** Whether it can raise an alarm. */
  readonly watched: boolean;
  readonly bootstrap?: BootstrapInterval;
}

export interface AttributeFinding {
  readonly attribute: string;
  readonly groups: readonly GroupFinding[];
  readonly compared: Readonly<Partial<Record<Audited, ComparedRate>>>;
  /** People whose level is not known: they are in no group. */
  readonly unknown: number;
}

export interface AuditReport {
  /** Alarm if any watched rate has one; else unclear if any is; else no_alarm if any could be assessed. It is no verdict on people or law. */
  readonly state: AlarmState;
  readonly attributes: readonly AttributeFinding[];
  /** Groups of which nothing can be said, `attribute: group`. */
  readonly notAssessable: readonly string[];
  readonly people: number;
  readonly confidence: number;
  readonly alarmRatio: number;
  readonly minimums: Minimums;
  /** Watched comparisons among which the error level was shared. */
  readonly family: number;
}

const crossed = ({ attributes, intersections }: AuditInput): Attribute[] => {
  const byName = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  if (byName.size < attributes.length)
    throw engineError('repeated_unit', 'two attributes have the same name');
  const pairs =
    intersections ??
    attributes.flatMap((a, i) => attributes.slice(i + 1).map((b): readonly string[] => [a.name, b.name]));
  return pairs.map((names) =>
    intersect(
      names.map((name) => {
        const found = byName.get(name);
        if (!found) throw engineError('unknown_key', `no attribute ${name}`, { name });
        return found;
      }),
    ),
  );
};

const rateFinding = (
  metric: Metric,
  counts: Confusion,
  { minimums, confidence }: { readonly minimums: Minimums; readonly confidence: number },
): RateFinding => {
  const { count, of } = partOf(metric, counts);
  const reason = tooSmall(metric, counts, minimums);
  return reason === undefined
    ? { kind: 'rate', of, ...wilsonInterval(count, of, confidence) }
    : { kind: 'not_assessable', reason, of };
};

const overallState = (states: readonly AlarmState[]): AlarmState =>
  (['alarm', 'unclear', 'no_alarm'] as const).find((state) => states.includes(state)) ?? 'not_assessable';

/**
 * Who is selected, by group: rates with intervals, all intersections, small groups as “not assessable”, and an alarm where a ratio
 * between groups is below `alarmRatio` with its whole interval. The error level is shared among all watched comparisons, so that
 * an audit of many attributes still raises a wrong alarm in at most 5 % of cases. It never says that something is in
 * order: `no_alarm` only means that no disparity of that size was found in the groups that could be assessed.
 * O(people × attributes + groups²).
 *
 * @throws EngineError `empty_input`, `repeated_unit`, `length_mismatch`, `out_of_range`, `unknown_key`, `probability_out_of_range`
 * @example auditSelection({ people, selected, attributes: [attributeOf('band', bands)] }).state // 'unclear'
 */
export const auditSelection = (input: AuditInput): AuditReport => {
  const { people, selected, labels, attributes, confidence = 0.95, alarmRatio = 0.8 } = input;
  const { minimums = MINIMUMS, random } = input;
  checkLevel('confidence', confidence);
  if (people.length === 0 || attributes.length === 0)
    throw engineError('empty_input', 'an audit needs people and attributes');
  checkLength('selected', selected.length, people.length);
  checkUnique(people);
  for (const attribute of attributes) checkAttribute(attribute, people.length);
  const all = [...attributes, ...crossed(input)];
  const metrics = labels ? AUDITED : (['selection'] as const);
  const watched = metrics.filter((metric) => WATCHED.includes(metric));
  const family = all.length * watched.length;
  const shared = 1 - (1 - confidence) / family;

  const findings = all.map(({ name, levels, values }): AttributeFinding => {
    const counts = countGroups({
      selected,
      ...(labels ? { labels } : {}),
      groups: values,
      groupCount: levels.length,
    });
    const rated = (group: Confusion) =>
      Object.fromEntries(
        metrics.map((metric) => [metric, rateFinding(metric, group, { minimums, confidence })]),
      );
    const compared = metrics.map((metric): readonly [Audited, ComparedRate] => {
      const able = levels.flatMap((group, at) => {
        const of = counts[at] as Confusion;
        return tooSmall(metric, of, minimums) === undefined ? [{ group, counts: of }] : [];
      });
      const comparison = compareGroups(
        able.map(({ group, counts: found }) => {
          const { count, of } = partOf(metric, found);
          return { group, at: (level: number) => wilsonInterval(count, of, level) };
        }),
        { confidence: shared, alarmRatio },
      );
      const resampled =
        random && able.length > 1
          ? {
              bootstrap: bootstrapDisparity(
                metric,
                able.map((group) => group.counts),
                { random: random.stream(`${name}/${metric}`), confidence },
              ),
            }
          : {};
      return [metric, { ...comparison, watched: WATCHED.includes(metric), ...resampled }];
    });
    return {
      attribute: name,
      groups: levels.map((group, at) => {
        const found = counts[at] as Confusion;
        const { count, of } = partOf('selection', found);
        return {
          group,
          people: of,
          selected: count,
          ...(labels ? { counts: found } : {}),
          rates: rated(found),
        };
      }),
      compared: Object.fromEntries(compared),
      unknown: values.reduce((sum, value) => sum + (value === -1 ? 1 : 0), 0),
    };
  });
  return {
    state: overallState(
      findings.flatMap(({ compared }) => watched.flatMap((metric) => compared[metric]?.state ?? [])),
    ),
    attributes: findings,
    notAssessable: findings.flatMap(({ attribute, groups }) =>
      groups
        .filter(({ rates }) => rates.selection?.kind === 'not_assessable')
        .map(({ group }) => `${attribute}: ${group}`),
    ),
    people: people.length,
    confidence,
    alarmRatio,
    minimums,
    family,
  };
};
