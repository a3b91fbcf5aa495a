import { checkCount, checkLength, engineError, isEngineError } from '../../errors/index.ts';
import { type Zone, zoneOf } from '../local-time/index.ts';

/** Who acts: people 0 … count - 1, where they live and which group they belong to. */
export interface TimingPeople {
  readonly count: number;
  /** Names of the IANA database. */
  readonly zones: readonly string[];
  /** Length count: indices into `zones`; all the first unless said. */
  readonly zone?: ArrayLike<number>;
  /** Number of groups; 1 unless said. */
  readonly groups?: number;
  /** Length count: 0 … groups - 1; all 0 unless said. */
  readonly group?: ArrayLike<number>;
  /** One name per group: the zone of its people whose own zone nobody knows. Without it such a name is an error. */
  readonly groupZones?: readonly string[];
}

/** People as they were given, checked, with defaults written out. */
export interface CheckedPeople {
  readonly count: number;
  readonly groups: number;
  readonly group: Uint32Array;
  readonly zoneOf: (person: number) => Zone;
  /** The zone of an index, or of the person's group where nobody knows it. */
  readonly zoneAt: (person: number, index: number) => Zone;
}

const indicesFrom = (
  name: string,
  given: ArrayLike<number> | undefined,
  { people, most }: { readonly people: number; readonly most: number },
): Uint32Array => {
  const out = new Uint32Array(people);
  if (!given) return out;
  checkLength(name, given.length, people);
  for (let u = 0; u < people; u++) {
    const index = given[u] as number;
    if (!(Number.isInteger(index) && index >= 0 && index < most))
      throw engineError('unknown_key', `${name}[${u}] is ${index} of ${most}`, { name, index: u });
    out[u] = index;
  }
  return out;
};

const zoneOrNothing = (name: string): Zone | undefined => {
  try {
    return zoneOf(name);
  } catch (error) {
    if (isEngineError(error, 'unknown_key')) return undefined;
    throw error;
  }
};

const MOST_GROUPS = 65_536;

/** @throws EngineError `negative_count`, `empty_input` (no zone), `length_mismatch`, `unknown_key`, `out_of_range` */
export const checkPeople = (people: TimingPeople): CheckedPeople => {
  const count = checkCount('people.count', people.count);
  const groups = people.groups ?? 1;
  if (!(Number.isInteger(groups) && groups >= 1 && groups <= MOST_GROUPS))
    throw engineError(
      'out_of_range',
      `groups must be a whole number from 1 to ${MOST_GROUPS}, got ${groups}`,
    );
  if (people.zones.length === 0) throw engineError('empty_input', 'people need a time zone');
  const group = indicesFrom('group', people.group, { people: count, most: groups });
  const zone = indicesFrom('zone', people.zone, { people: count, most: people.zones.length });
  const { groupZones } = people;
  if (groupZones) checkLength('groupZones', groupZones.length, groups);
  const ofGroup = groupZones?.map(zoneOf);
  // A name that nobody lives in need not be known.
  const known: (Zone | null | undefined)[] = [];
  const resolve = (index: number): Zone | null => {
    const name = people.zones[index] as string;
    const found = ofGroup ? (zoneOrNothing(name) ?? null) : zoneOf(name);
    known[index] = found;
    return found;
  };
  const zoneAt = (person: number, index: number): Zone => {
    if (!(Number.isInteger(index) && index >= 0 && index < people.zones.length))
      throw engineError('unknown_key', `a zone of person ${person} is ${index} of ${people.zones.length}`);
    const own = known[index];
    return (
      (own === undefined ? resolve(index) : own) ?? ((ofGroup as Zone[])[group[person] as number] as Zone)
    );
  };
  return { count, groups, group, zoneOf: (person) => zoneAt(person, zone[person] as number), zoneAt };
};
