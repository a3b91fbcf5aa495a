import { Table } from '@mantine/core';
import type { ImportReport } from '@mesure/contract/imports';
import { Panel } from '#platform/kit';
import { useWords } from '#words';

/** Products that the file calls by several names. */
export const OddNames = ({ severalNames }: Pick<ImportReport, 'severalNames'>) => {
  const { t } = useWords();
  if (severalNames.products === 0) return null;
  return (
    <Panel
      title={t('imports.report.severalNames', { count: severalNames.products })}
      hint={t('imports.report.severalNamesHint')}
    >
      <Table.ScrollContainer minWidth={480}>
        <Table fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('imports.field.sku')}</Table.Th>
              <Table.Th>{t('imports.report.kept')}</Table.Th>
              <Table.Th>{t('imports.report.others')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {severalNames.samples.map(({ sku, kept, others }) => (
              <Table.Tr key={sku}>
                <Table.Td>{sku}</Table.Td>
                <Table.Td>
                  <bdi>{kept}</bdi>
                </Table.Td>
                <Table.Td>
                  <bdi>{others.join(' · ')}</bdi>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
};
