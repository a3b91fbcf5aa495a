import { Table, Text } from '@mantine/core';
import { type ImportGuess, type ImportMapping, importFields } from '@mesure/contract/imports';
import { Panel } from '#platform/kit';
import { useWords } from '#words';

/** More columns than this say nothing more at a glance. */
const maxColumns = 80;

export const PreviewPanel = ({
  guess,
  mapping,
}: {
  readonly guess: ImportGuess;
  readonly mapping: ImportMapping;
}) => {
  const { t } = useWords();
  const meaning = new Map(importFields.map((field) => [mapping.columns[field], field]));
  const header = guess.header.slice(0, maxColumns);
  const cut = guess.header.length > header.length;
  return (
    <Panel
      title={t('imports.preview.title')}
      hint={
        cut
          ? `${t('imports.preview.hint')} ${t('imports.preview.cut', { shown: header.length, count: guess.header.length })}`
          : t('imports.preview.hint')
      }
    >
      <Table.ScrollContainer minWidth={320} tabIndex={0} aria-label={t('imports.preview.title')}>
        <Table withColumnBorders striped fz="xs">
          <Table.Thead>
            <Table.Tr>
              {header.map((name, at) => {
                const field = name === '' ? undefined : meaning.get(name);
                return (
                  // A file may title two columns alike.
                  <Table.Th key={`${String(at)} ${name}`} style={{ whiteSpace: 'nowrap' }}>
                    <Text
                      size="xs"
                      c={field ? 'var(--mantine-color-text)' : 'var(--mesure-quiet)'}
                      fw={field ? 600 : 400}
                    >
                      {field ? t(`imports.field.${field}`) : t('imports.preview.unused')}
                    </Text>
                    {name}
                  </Table.Th>
                );
              })}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {guess.preview.map((record, line) => (
              <Table.Tr key={`${String(line)} ${record.join('|').slice(0, 80)}`}>
                {header.map((name, at) => (
                  <Table.Td
                    key={`${String(at)} ${name}`}
                    style={{
                      whiteSpace: 'nowrap',
                      maxWidth: '18rem',
                      overflow: 'hidden',
                      textOverflow: 'ellipsis',
                    }}
                    title={record[at]}
                  >
                    {record[at]}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
};
