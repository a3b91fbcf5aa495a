import { appError } from '#platform/errors';
import type { SourceFile } from './source-file.ts';

/** Files of one import are parts of one export: the same columns in the same order. */
export const checkSameHeader = (
  first: Pick<SourceFile, 'name' | 'header'>,
  other: Pick<SourceFile, 'name' | 'header'>,
): void => {
  const position = first.header.findIndex((column, index) => other.header[index] !== column);
  const at = position < 0 ? first.header.length : position;
  if (position < 0 && other.header.length === first.header.length) return;
  throw appError('unprocessable', {
    message: `${other.name} does not have the columns of ${first.name}: column ${at + 1} is "${other.header[at] ?? ''}" instead of "${first.header[at] ?? ''}". Import it on its own.`,
    details: { reason: 'other_columns', file: other.name, column: at + 1 },
  });
};
