import type { ImportMapping } from '@mesure/contract/imports';
import type { ColumnIndexes, ConsentIndexes } from './column-indexes.ts';
import { readCountry } from './countries.ts';
import { withoutApostrophe } from './csv-output.ts';
import type { ReadInstant } from './instants.ts';
import type { OrderLine } from './order-line.ts';
import { clip, ownCopy, readLanguage, readTimeZone, readYesNo, splitFullName } from './written-values.ts';

/** A consent as one line proves it; `at` in UTC milliseconds. */
export interface SeenConsent {
  readonly state: 'granted' | 'withdrawn';
  readonly at: number;
  readonly source: string;
  readonly file: number;
  readonly line: number;
}

export interface PersonFields {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly phone?: string;
  readonly language?: 'fr' | 'en';
  readonly country?: string;
  readonly region?: string;
  readonly city?: string;
  /** An IANA zone: what quiet hours are told in. */
  readonly timeZone?: string;
}

/** What one order says of the person who placed it. Blank columns are absent: they never erase what was known. */
export interface Sighting {
  readonly externalId: string;
  readonly email: string;
  /** UTC milliseconds of the order: the latest sighting's fields win. */
  readonly at: number;
  readonly fields: PersonFields;
  /** By the position of the consent in the mapping. */
  readonly consents: Readonly<Record<number, SeenConsent>>;
  readonly unprovenConsents: number;
}

export interface SightingOptions {
  readonly mapping: ImportMapping;
  readonly columns: ColumnIndexes;
  readonly consentColumns: readonly ConsentIndexes[];
  readonly readInstant: ReadInstant;
}

const MAX_TEXT = 200;

export const createSightings = (options: SightingOptions): ((line: OrderLine) => Sighting) => {
  const { columns, mapping, consentColumns, readInstant } = options;
  const text = (fields: readonly string[], index: number): string =>
    index < 0 ? '' : ownCopy(clip(withoutApostrophe((fields[index] ?? '').trim()), MAX_TEXT));

  const readFields = (fields: readonly string[]): PersonFields => {
    const [first, last] = columns.fullName < 0 ? ['', ''] : splitFullName(text(fields, columns.fullName));
    const firstName = text(fields, columns.firstName) || first;
    const lastName = text(fields, columns.lastName) || last;
    const phone = text(fields, columns.phone);
    const language = readLanguage(text(fields, columns.language));
    const country = readCountry(text(fields, columns.country));
    const region = text(fields, columns.region);
    const city = text(fields, columns.city);
    const timeZone = readTimeZone(text(fields, columns.timeZone));
    return {
      ...(firstName !== '' && { firstName }),
      ...(lastName !== '' && { lastName }),
      ...(phone !== '' && { phone }),
      ...(language !== null && { language }),
      ...(country !== '' && { country }),
      ...(region !== '' && { region }),
      ...(city !== '' && { city }),
      ...(timeZone !== null && { timeZone }),
    };
  };

  const readConsents = (line: OrderLine) => {
    const consents: Record<number, SeenConsent> = {};
    let unproven = 0;
    consentColumns.forEach((indexes, position) => {
      const answer = readYesNo(text(line.fields, indexes.column));
      if (answer === null) return;
      const at = readInstant(text(line.fields, indexes.dateColumn));
      const given = mapping.consents[position]?.source;
      const source =
        given !== undefined && 'text' in given ? given.text : text(line.fields, indexes.sourceColumn);
      if (at === undefined || source === '') {
        if (answer) unproven += 1;
        return;
      }
      consents[position] = {
        state: answer ? 'granted' : 'withdrawn',
        at,
        source,
        file: line.file,
        line: line.line,
      };
    });
    return { consents, unproven };
  };

  return (line) => {
    const { consents, unproven } = readConsents(line);
    return {
      externalId: ownCopy(line.customerId),
      email: ownCopy(line.email),
      at: line.at,
      fields: readFields(line.fields),
      consents,
      unprovenConsents: unproven,
    };
  };
};
