import { Select, Table, Text } from '@mantine/core';
import type { ImportField, ImportGuess, ImportMapping } from '@mesure/contract/imports';
import { useWords } from '#words';
import { samplesOf } from './mapping.ts';
import classes from './mapping-panel.module.css';

interface MappingRowProps {
  readonly field: ImportField;
  readonly guess: ImportGuess;
  readonly mapping: ImportMapping;
  readonly onColumn: (column: string | null) => void;
}

/** No column is called this: the choice to use none, for those who do not point at the cross. */
const none = '\u0000';

export const MappingRow = ({ field, guess, mapping, onColumn }: MappingRowProps) => {
  const { t } = useWords();
  const column = mapping.columns[field];
  const samples = samplesOf(guess, column);
  const reason =
    column === guess.mapping.columns[field]
      ? guess.reasons.find((one) => one.field === field)?.by
      : ('hand' as const);
  // Two columns of one title cannot be told apart by it: the first one stands for both.
  const columns = [...new Set(guess.header)].filter((name) => name !== '');
  return (
    <Table.Tr>
      <Table.Td className={classes.field}>{t(`imports.field.${field}`)}</Table.Td>
      <Table.Td>
        <Select
          aria-label={t('imports.mapping.columnOf', { field: t(`imports.field.${field}`) })}
          placeholder={t('imports.mapping.notUsed')}
          data={[{ value: none, label: t('imports.mapping.notUsed') }, ...columns]}
          value={column ?? null}
          onChange={(value) => onColumn(value === none ? null : value)}
          searchable
          clearable
          limit={200}
          miw={180}
        />
      </Table.Td>
      <Table.Td className={classes.samples}>
        {column !== undefined && samples.length === 0 ? (
          <Text size="sm" c="var(--mesure-quiet)">
            {t('imports.mapping.noSample')}
          </Text>
        ) : (
          <Text size="sm" lineClamp={2} title={samples.join(' · ')}>
            {samples.join(' · ')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {column === undefined || reason === undefined ? null : (
          <Text size="sm" c="var(--mesure-quiet)">
            {t(`imports.mapping.by.${reason}`)}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
};
