import type { ListedProfile } from '@mesure/contract/profiles';

export type Picked = 'longest_name' | 'missing_fields' | 'other_script' | 'by_chance';
type Person = Pick<
  ListedProfile,
  'id' | 'email' | 'externalId' | 'firstName' | 'lastName' | 'language' | 'city' | 'country'
>;

export interface Reader {
  readonly id: string;
  readonly name: string;
  /** Null: looked for by name. */
  readonly picked: Picked | null;
  /** Tells people of one name apart. */
  readonly email: string | null;
}

const fullName = ({ firstName, lastName }: Person): string => `${firstName ?? ''} ${lastName ?? ''}`.trim();

/** What to call somebody: the name, else what is known. */
export const nameOf = (person: Person, nameless: string): string =>
  fullName(person) || person.email || person.externalId || nameless;

const missing = (person: Person): number =>
  [person.firstName, person.lastName, person.language, person.city, person.country].filter((field) => !field)
    .length;
const otherScript = (person: Person): number => (/(?!\p{Script=Latin})\p{L}/u.test(fullName(person)) ? 1 : 0);

const most = <P>(people: readonly P[], score: (person: P) => number): P | undefined => {
  let winner: P | undefined;
  for (const person of people)
    if (score(person) > (winner === undefined ? 0 : score(winner))) winner = person;
  return winner;
};

const odd = [
  ['longest_name', (person: Person) => fullName(person).length],
  ['missing_fields', missing],
  ['other_script', otherScript],
] as const;

/** Whom to try a message on: the oddest first, because that is where messages break, then people from all over. */
export const pickReaders = (
  people: readonly Person[],
  count: number,
  nameless: string,
): readonly Reader[] => {
  const picked = new Map<string, Reader>();
  const take = (person: Person | undefined, why: Picked): void => {
    if (person && !picked.has(person.id) && picked.size < count)
      picked.set(person.id, {
        id: person.id,
        name: nameOf(person, nameless),
        picked: why,
        email: person.email,
      });
  };
  for (const [why, score] of odd) take(most(people, score), why);
  const rest = people.filter(({ id }) => !picked.has(id));
  const wanted = Math.min(count - picked.size, rest.length);
  for (let index = 0; index < wanted; index += 1)
    take(rest[Math.floor((index * rest.length) / wanted)], 'by_chance');
  return [...picked.values()];
};
