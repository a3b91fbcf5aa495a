import pg from 'pg';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMP = 1114;
const INT8_ARRAY = 1016;
const NUMERIC_ARRAY = 1231;
const DATE_ARRAY = 1182;
const TEXT_ARRAY = 1009;

type Parse = (text: string) => unknown;

const toNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a JavaScript number`);
  return value;
};

type TextArray = readonly (string | null | TextArray)[];
type NumberArray = readonly (number | null | NumberArray)[];

const numbersIn = (values: TextArray): NumberArray =>
  values.map((value) =>
    value === null ? null : typeof value === 'string' ? toNumber(value) : numbersIn(value),
  );

// The driver's list of types names no arrays, so its look-up is typed here for any of them.
const driver: { readonly getTypeParser: (oid: number, format: 'text') => Parse } = pg.types;

const textArray = (text: string): TextArray => driver.getTypeParser(TEXT_ARRAY, 'text')(text) as TextArray;

/** A date has no time zone and numeric has no binary form: both stay text. The driver's own choices would lose digits or a day. */
const parsers: ReadonlyMap<number, Parse> = new Map<number, Parse>([
  [INT8, toNumber],
  [DATE, (text) => text],
  [TIMESTAMP, (text) => text],
  [INT8_ARRAY, (text) => numbersIn(textArray(text))],
  [NUMERIC_ARRAY, textArray],
  [DATE_ARRAY, textArray],
]);

export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => parsers.get(oid) ?? pg.types.getTypeParser(oid, format),
};
