import { domainToASCII } from 'node:url';
import { nameKey } from './profile.ts';

/** Keys that people are found by: columns that hold folded text in byte order, each with an index of its own. */
export type SearchColumn = 'list_key' | 'name_key' | 'email_key' | 'external_key' | 'domain_key';

export interface SearchRange {
  readonly column: SearchColumn;
  /** Everything that begins so. */
  readonly prefix: string;
}

export interface Search {
  /** Whoever it names exactly comes first. */
  readonly exact: { readonly email: string; readonly externalKey: string; readonly id: string | null };
  /** Best first; somebody whom two ranges hold belongs to the earlier. */
  readonly ranges: readonly SearchRange[];
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Of an address that may be half typed: a domain outside ASCII counts once it is whole. */
const addressBeginning = (text: string): string => {
  const plain = text.normalize('NFC').toLowerCase();
  const at = plain.lastIndexOf('@');
  const domain = plain.slice(at + 1);
  return /[^\p{ASCII}]/u.test(domain) && at >= 0
    ? `${plain.slice(0, at)}@${domainToASCII(domain) || domain}`
    : plain;
};

/** PostgreSQL folds ASCII only where it compares byte by byte. */
const externalBeginning = (text: string): string =>
  text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** What a text in the search field may mean. undefined: it says nothing, everybody is meant. */
export const searchOf = (typed: string): Search | undefined => {
  const text = typed.replaceAll('\0', '').trim();
  if (text === '') return undefined;
  const email = addressBeginning(text);
  const exact = { email, externalKey: externalBeginning(text), id: UUID.test(email) ? email : null };
  if (text.startsWith('@')) return { exact, ranges: [{ column: 'domain_key', prefix: email.slice(1) }] };
  const name = nameKey(text);
  const oneWord = !/\s/.test(text);
  const ranges: SearchRange[] = [
    // Of apostrophes alone nothing is left, and an empty beginning would be everybody's.
    ...(name === '' || text.includes('@')
      ? []
      : ([
          { column: 'list_key', prefix: name },
          { column: 'name_key', prefix: name },
        ] as const)),
    ...(oneWord ? [{ column: 'email_key', prefix: email } as const] : []),
    { column: 'external_key', prefix: exact.externalKey },
    ...(oneWord && !text.includes('@') ? [{ column: 'domain_key', prefix: email } as const] : []),
  ];
  return { exact, ranges };
};
