import { type ProfileSort, sortableMatches } from '@mesure/contract/profiles';
import type { Tx } from '#platform/postgres';
import { readCursor, refuseCursor, writeCursor } from './cursor.ts';
import type { ListedProfile } from './profile.ts';
import { LISTED_COLUMNS } from './read.ts';
import { type Search, type SearchRange, searchOf } from './search.ts';

export interface PeopleQuery {
  /** What was typed; absent or empty: everybody. */
  readonly text?: string | undefined;
  /** Default: `best` for a search, `newest` without. */
  readonly sort?: ProfileSort | undefined;
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
}

export interface PeoplePage {
  readonly items: readonly ListedProfile[];
  readonly next?: string;
  /** The order given: too many matches are listed best first whatever was asked for. */
  readonly sort: ProfileSort;
}

const HERE = 'workspace_id = app_workspace()';
const ZERO_ID = '00000000-0000-0000-0000-000000000000';

/** The end of the range of everything that begins with a text: the highest code point, in byte order. */
const HIGHEST = '\u{10FFFF}';

type Keyed = ListedProfile & { readonly key: string };

const plain = ({ key: _key, ...profile }: Keyed): ListedProfile => profile;

/** Values of one statement, in the order of their placeholders. */
const createValues = () => {
  const values: unknown[] = [];
  return { values, bind: (value: unknown): string => `$${values.push(value)}` };
};
type Values = ReturnType<typeof createValues>;

const within = ({ column, prefix }: SearchRange, { bind }: Values): string =>
  `${column} >= ${bind(prefix)}::text and ${column} < ${bind(prefix + HIGHEST)}::text`;

const exactly = ({ exact }: Search, { bind }: Values): string =>
  `select id from profile where ${HERE} and email_key = ${bind(exact.email)}
   union select id from profile where ${HERE} and external_key = ${bind(exact.externalKey)}
   ${exact.id === null ? '' : `union select id from profile where ${HERE} and id = ${bind(exact.id)}::uuid`}`;

const exactMatches = (tx: Tx, search: Search): Promise<Keyed[]> => {
  const values = createValues();
  return tx.rows<Keyed>(
    `select ${LISTED_COLUMNS}, '' as key from profile where ${HERE} and id in (${exactly(search, values)}) order by id`,
    values.values,
  );
};

/** The place where a page of a search ended: in which range (0: those named exactly), at which key and id. */
interface Place {
  readonly range: number;
  readonly key: string;
  readonly id: string;
}

/**
 * One range of one index, in its order. Somebody whom an earlier range holds is left out there: as a range is only read
 * when the earlier ones are used up, what is left out was shown.
 */
const rangeMatches = (
  tx: Tx,
  search: Search,
  page: { readonly place: Place; readonly limit: number; readonly shown: readonly string[] },
): Promise<Keyed[]> => {
  const values = createValues();
  const { bind } = values;
  const { place, limit, shown } = page;
  const range = search.ranges[place.range - 1] as SearchRange;
  const earlier = search.ranges
    .slice(0, place.range - 1)
    .map((each) => `(${within(each, values)}) is not true`);
  return tx.rows<Keyed>(
    `select ${LISTED_COLUMNS}, ${range.column} as key from profile
     where ${[
       HERE,
       within(range, values),
       ...(place.key === ''
         ? []
         : [`(${range.column}, id) > (${bind(place.key)}::text, ${bind(place.id)}::uuid)`]),
       ...earlier,
       ...(shown.length === 0 ? [] : [`id <> all (${bind(shown)}::uuid[])`]),
     ].join(' and ')}
     order by ${range.column}, id limit ${bind(limit)}`,
    values.values,
  );
};

const bestMatches = async (tx: Tx, search: Search, query: PeopleQuery): Promise<PeoplePage> => {
  const from: Place =
    query.after === undefined
      ? { range: 0, key: '', id: ZERO_ID }
      : (([, range, key, id]) => ({ range: Number(range), key: String(key), id: String(id) }))(
          readCursor(query.after, ['best', 0, '', ZERO_ID]),
        );
  // At most three, known by their own indexes.
  const exact = await exactMatches(tx, search);
  const shown = exact.map(({ id }) => id);
  const found: { readonly profile: Keyed; readonly range: number }[] =
    from.range === 0 ? exact.filter(({ id }) => id > from.id).map((profile) => ({ profile, range: 0 })) : [];
  for (let range = Math.max(1, from.range); range <= search.ranges.length; range += 1) {
    const limit = query.limit + 1 - found.length;
    if (limit <= 0) break;
    const place = range === from.range ? from : { range, key: '', id: ZERO_ID };
    for (const profile of await rangeMatches(tx, search, { place, limit, shown }))
      found.push({ profile, range });
  }
  const last = found[query.limit - 1];
  return {
    items: found.slice(0, query.limit).map(({ profile }) => plain(profile)),
    sort: 'best',
    ...(found.length > query.limit && last !== undefined
      ? { next: writeCursor(['best', last.range, last.profile.key, last.profile.id]) }
      : {}),
  };
};

const ORDERS = {
  name: { column: 'list_key', type: 'text', direction: 'asc' },
  name_desc: { column: 'list_key', type: 'text', direction: 'desc' },
  newest: { column: 'created_at', type: 'timestamptz', direction: 'desc' },
  oldest: { column: 'created_at', type: 'timestamptz', direction: 'asc' },
} as const;

type ListSort = keyof typeof ORDERS;

/** Everybody, or these people, in an order that an index keeps. */
const listed = async (
  tx: Tx,
  query: PeopleQuery & { readonly sort: ListSort },
  among?: readonly string[],
): Promise<PeoplePage> => {
  const { column, type, direction } = ORDERS[query.sort];
  const values = createValues();
  const { bind } = values;
  const conditions = [HERE];
  if (among !== undefined) conditions.push(`id = any (${bind(among)}::uuid[])`);
  if (query.after !== undefined) {
    const [sort, key, id] = readCursor(query.after, ['name', type === 'text' ? '' : 0, ZERO_ID]);
    if (sort !== query.sort) refuseCursor();
    const bound = type === 'text' ? key : new Date(Number(key));
    conditions.push(
      `(${column}, id) ${direction === 'asc' ? '>' : '<'} (${bind(bound)}::${type}, ${bind(id)}::uuid)`,
    );
  }
  const rows = await tx.rows<Keyed>(
    `select ${LISTED_COLUMNS}, list_key as key from profile where ${conditions.join(' and ')}
     order by ${column} ${direction}, id ${direction} limit ${bind(query.limit + 1)}`,
    values.values,
  );
  const last = rows[query.limit - 1];
  return {
    items: rows.slice(0, query.limit).map(plain),
    sort: query.sort,
    ...(rows.length > query.limit && last !== undefined
      ? { next: writeCursor([query.sort, type === 'text' ? last.key : last.createdAt.getTime(), last.id]) }
      : {}),
  };
};

/** Everybody whom a search finds, or undefined where they are more than can be sorted as somebody waits. */
const allMatches = async (tx: Tx, search: Search): Promise<readonly string[] | undefined> => {
  const values = createValues();
  const limit = values.bind(sortableMatches + 1);
  const ranges = search.ranges.map(
    (range) => `(select id from profile where ${HERE} and ${within(range, values)} limit ${limit})`,
  );
  const rows = await tx.rows<{ id: string }>(
    `select id from (${[exactly(search, values), ...ranges].join(' union ')}) as found limit ${limit}`,
    values.values,
  );
  return rows.length > sortableMatches ? undefined : rows.map(({ id }) => id);
};

/** One page of everybody, or of those whom a text finds. */
export const searchPeople = async (tx: Tx, query: PeopleQuery): Promise<PeoplePage> => {
  const search = searchOf(query.text ?? '');
  const sort = query.sort ?? (search === undefined ? 'newest' : 'best');
  if (search === undefined) return listed(tx, { ...query, sort: sort === 'best' ? 'newest' : sort });
  if (sort === 'best') return bestMatches(tx, search, query);
  const among = await allMatches(tx, search);
  return among === undefined ? bestMatches(tx, search, query) : listed(tx, { ...query, sort }, among);
};
