import { profileFields, type Vocabulary } from '@mesure/contract/segments';
import type { EventReader } from '#know/collect';

/** Values, traits, events and properties that are offered: a menu, not a catalogue. */
const MOST = { values: 20, traits: 100, events: 60, properties: 40 } as const;
/** The newest events of a name that its properties are looked for in. */
const LOOKED_AT = 5000;
/** An offered value is a choice in a menu; texts of a form are not. */
const LONGEST_VALUE = 120;

type Common = readonly (readonly [value: string, times: number])[];

const common = (values: Common | undefined): { value: string; times: number }[] =>
  (values ?? []).map(([value, times]) => ({ value, times })).sort((one, other) => other.times - one.times);

/** Space-saving counts (Metwally 2005): exact for what is really common, and bounded in memory whatever the number of values. */
const top = (value: string, condition: string): string =>
  `arrayMap(found -> tuple(found.1, found.2), topKIf(${MOST.values}, 10, 'counts')(toString(${value}), ${condition} and length(${value}) <= ${LONGEST_VALUE}))`;

const range = (row: {
  readonly least: number | null;
  readonly most: number | null;
  readonly numbers: number;
}) =>
  row.numbers === 0 || row.least === null || row.most === null ? null : { min: row.least, max: row.most };

type Ask = <R>(sql: string, params?: Readonly<Record<string, unknown>>) => Promise<R[]>;

/** An external id names one person: nothing about it is common. */
const NAMES_ONE_PERSON = 'external_id';

const fieldsOf = async (ask: Ask): Promise<Pick<Vocabulary, 'people' | 'fields'>> => {
  const columns = profileFields.flatMap((field) => [
    `countIf(${field} != '') as known_${field}`,
    ...(field !== NAMES_ONE_PERSON ? [`${top(field, `${field} != ''`)} as top_${field}`] : []),
  ]);
  const [row] = await ask<Readonly<Record<string, unknown>>>(
    `select count() as people, ${columns.join(', ')} from profiles final where deleted = 0`,
  );
  return {
    people: Number(row?.people ?? 0),
    fields: profileFields.map((field) => ({
      field,
      people: Number(row?.[`known_${field}`] ?? 0),
      values: common(row?.[`top_${field}`] as Common | undefined),
    })),
  };
};

interface KeyRow {
  readonly key: string;
  readonly texts: number;
  readonly yesOrNo: number;
  readonly numbers: number;
  readonly top: Common;
  readonly least: number | null;
  readonly most: number | null;
}

/** Text and number keys of rows with the maps `text` and `numbers`, as one list. */
const keysIn = (rows: string, by: string): string =>
  `select ${by} key, countIf(not number) as texts, countIf(not number and value in ('true', 'false')) as yesOrNo,
     countIf(number) as numbers, ${top('value', "not number and value != ''")} as top,
     minOrNullIf(amount, number) as least, maxOrNullIf(amount, number) as most
   from (
     select *, pair.1 as key, pair.2 as value, pair.3 as amount, pair.4 as number from (
       select *, arrayJoin(arrayConcat(
         arrayMap((k, v) -> (toString(k), v, toFloat64(0), false), mapKeys(text), mapValues(text)),
         arrayMap((k, v) -> (toString(k), '', v, true), mapKeys(numbers), mapValues(numbers)))) as pair
       from (${rows})))
   group by ${by} key order by count() desc`;

const traitsOf = async (ask: Ask): Promise<Vocabulary['traits']> => {
  const rows = await ask<KeyRow>(
    `${keysIn('select text, numbers from profiles final where deleted = 0', '')} limit ${MOST.traits}`,
  );
  return rows.map((row) => ({
    key: row.key,
    type:
      row.numbers > 0 && row.texts > 0
        ? ('mixed' as const)
        : row.numbers > 0
          ? ('number' as const)
          : row.yesOrNo === row.texts
            ? ('boolean' as const)
            : ('text' as const),
    people: row.texts + row.numbers,
    values: common(row.top),
    range: range(row),
  }));
};

interface NameRow {
  readonly name: string;
  readonly times: number;
  readonly lastAt: string;
}

interface ItemsRow {
  readonly name: string;
  readonly sku: Common;
  readonly product: Common;
  readonly category: Common;
}

/** The newest few of each name: read backwards along the primary key, however many there are. */
const newest = (names: readonly NameRow[], columns: string): string =>
  names
    .map(
      (_, index) =>
        `select ${columns} from (select * from events where name = {n${index}:String} order by name desc, at desc limit ${LOOKED_AT})`,
    )
    .join(' union all ');

const eventsOf = async (ask: Ask): Promise<Vocabulary['events']> => {
  const names = await ask<NameRow>(
    `select name, count() as times, max(at) as lastAt from events group by name order by times desc, name limit ${MOST.events}`,
  );
  if (names.length === 0) return [];
  const params = Object.fromEntries(names.map(({ name }, index) => [`n${index}`, name]));
  const properties = await ask<KeyRow & { readonly name: string }>(
    `${keysIn(newest(names, 'name, text, numbers'), 'name,')} limit ${MOST.properties} by name`,
    params,
  );
  const items = await ask<ItemsRow>(
    `select name, ${top('sku', "sku != ''")} as sku, ${top('product', "product != ''")} as product,
       ${top('category', "category != ''")} as category
     from (select name, item.1 as sku, item.2 as product, item.3 as category from (
       select name, arrayJoin(arrayZip(item_sku, item_name, item_category)) as item
       from (${newest(names, 'name, item_sku, item_name, item_category')})))
     group by name`,
    params,
  );
  return names.map(({ name, times, lastAt }) => {
    const lines = items.find((each) => each.name === name);
    return {
      name,
      times,
      lastAt: new Date(lastAt).toISOString(),
      properties: properties
        .filter((each) => each.name === name)
        .flatMap((row) => [
          ...(row.texts > 0
            ? [{ key: row.key, type: 'text' as const, values: common(row.top), range: null }]
            : []),
          ...(row.numbers > 0
            ? [{ key: row.key, type: 'number' as const, values: [], range: range(row) }]
            : []),
        ]),
      items:
        lines === undefined
          ? null
          : { sku: common(lines.sku), name: common(lines.product), category: common(lines.category) },
    };
  });
};

/** What the people and events of a workspace are like. Bounded: one pass over people, the newest few of each event. */
export const readVocabulary = async (
  reader: EventReader,
  workspaceId: string,
): Promise<Omit<Vocabulary, 'at'>> => {
  const ask: Ask = (sql, params) =>
    reader.query(workspaceId, { sql, ...(params === undefined ? {} : { params }) });
  const { people, fields } = await fieldsOf(ask);
  return {
    people,
    fields,
    traits: await traitsOf(ask),
    events: await eventsOf(ask),
    currencies: await ask(
      `select currency, count() as orders from events where name = 'order_completed' and currency != ''
       group by currency order by orders desc limit 20`,
    ),
  };
};
