import { checkLength, checkProbability } from '../errors/index.ts';
import { momentsOf } from '../moments/index.ts';
import { normalTail, studentQuantile } from '../special/index.ts';
import { type Attribute, checkAttribute } from './attribute.ts';
import { type Comparison, compareGroups } from './compare.ts';
import { bitAt } from './confusion.ts';
import type { Estimate } from './estimate.ts';
import { MINIMUMS, type TooSmall } from './minimums.ts';

/** Decisions as a policy served them. */
export interface ServedLog {
  /** Who: people count once each, by their own mean. */
  readonly people: readonly string[];
  /** 1 = the watched action (a discount, say) was served in this decision. */
  readonly served: ArrayLike<number>;
  /** The logged probability of the watched action in this decision, whatever was drawn; in [0, 1]. */
  readonly propensities: Float64Array;
  /** One value per decision; a person's first one counts. */
  readonly attribute: Attribute;
}

export type ServedGroup =
  | {
      readonly kind: 'assessed';
      readonly group: string;
      readonly people: number;
      readonly decisions: number;
      /** Mean over people of their share of decisions with the action, Student's interval. */
      readonly rate: Estimate;
      /** The same from the logged probabilities: what the policy meant, without the luck of the draw. */
      readonly meant: Estimate;
    }
  | {
      readonly kind: 'not_assessable';
      readonly group: string;
      readonly people: number;
      readonly reason: TooSmall;
    };

export interface ServedReport {
  readonly groups: readonly ServedGroup[];
  readonly served: Comparison;
  readonly meant: Comparison;
  /** Σ(1{served} - p) over its standard deviation, and how likely that is: a small value says that the log's propensities are not those of the draws. */
  readonly draw: { readonly z: number | null; readonly pValue: number | null };
}

const meanOf = (values: Float64Array, confidence: number): Estimate => {
  const { n, mean, m2 } = momentsOf(values);
  const half = studentQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(m2 / (n - 1) / n);
  return { value: mean, low: Math.max(0, mean - half), high: Math.min(1, mean + half) };
};

/**
 * Audits what was served, not a model: a bandit's choices depend on when people came and on its chance. One row per person, so that
 * frequent visitors do not count more. O(decisions + groups²).
 *
 * @throws EngineError `length_mismatch`, `probability_out_of_range`, `nan`, `out_of_range`, `unknown_key`
 * @example auditServed({ people, served, propensities, attribute }).served.state // 'unclear'
 */
export const auditServed = (
  { people, served, propensities, attribute }: ServedLog,
  minimumPeople: number = MINIMUMS.people,
): ServedReport => {
  const n = people.length;
  checkLength('served', served.length, n);
  checkLength('propensities', propensities.length, n);
  checkAttribute(attribute, n);
  const persons = new Map<string, { group: number; decisions: number; served: number; meant: number }>();
  let sum = 0;
  let variance = 0;
  for (const [i, person] of people.entries()) {
    const p = checkProbability(`propensities[${i}]`, propensities[i] as number);
    const was = bitAt('served', served, i);
    let row = persons.get(person);
    if (row === undefined) {
      row = { group: attribute.values[i] as number, decisions: 0, served: 0, meant: 0 };
      persons.set(person, row);
    }
    row.decisions++;
    row.served += was;
    row.meant += p;
    sum += was - p;
    variance += p * (1 - p);
  }
  const rows = [...persons.values()];
  const grouped = attribute.levels.map((group, at) => {
    const own = rows.filter((row) => row.group === at);
    return {
      group,
      people: own.length,
      decisions: own.reduce((total, row) => total + row.decisions, 0),
      served: Float64Array.from(own, (row) => row.served / row.decisions),
      meant: Float64Array.from(own, (row) => row.meant / row.decisions),
    };
  });
  const able = grouped.filter((group) => group.people >= Math.max(2, minimumPeople));
  const compare = (of: 'served' | 'meant'): Comparison =>
    compareGroups(
      able.map((group) => ({ group: group.group, at: (level: number) => meanOf(group[of], level) })),
    );
  const z = variance === 0 ? null : sum / Math.sqrt(variance);
  return {
    groups: grouped.map((group): ServedGroup => {
      const { group: name, people: count, decisions } = group;
      return able.includes(group)
        ? {
            kind: 'assessed',
            group: name,
            people: count,
            decisions,
            rate: meanOf(group.served, 0.95),
            meant: meanOf(group.meant, 0.95),
          }
        : {
            kind: 'not_assessable',
            group: name,
            people: count,
            reason: count === 0 ? 'nobody' : 'too_few_people',
          };
    }),
    served: compare('served'),
    meant: compare('meant'),
    draw: { z, pValue: z === null ? null : 2 * normalTail(Math.abs(z)) },
  };
};
