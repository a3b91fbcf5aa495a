import { Accordion, Group, Table, Text } from '@mantine/core';
import type { ImportReport, ImportTreatment } from '@mesure/contract/imports';
import { formatNumber } from '#platform/format';
import { Panel, StateBadge } from '#platform/kit';
import type { Tone } from '#platform/theme';
import { useWords } from '#words';

const tones: Readonly<Record<ImportTreatment, Tone>> = {
  imported: 'good',
  imported_flagged: 'caution',
  set_aside: 'bad',
  ignored: 'neutral',
};

/** Each kind of trouble: how many lines, what was done, and a few of them. */
export const Troubles = ({ report }: { readonly report: ImportReport }) => {
  const { t } = useWords();
  return (
    <Panel title={t('imports.report.troubles')}>
      {report.troubles.length === 0 ? <Text size="sm">{t('imports.report.noTroubles')}</Text> : null}
      <Accordion multiple chevronPosition="left" variant="default">
        {report.troubles.map(({ kind, lines, treatment, samples }) => (
          <Accordion.Item key={`${kind} ${treatment}`} value={`${kind} ${treatment}`}>
            <Accordion.Control>
              <Group justify="space-between" gap="xs">
                <Text size="sm" fw={500}>
                  {t(`imports.trouble.${kind}`)}
                </Text>
                <Group gap="sm">
                  <Text size="sm">{t('imports.report.lines', { count: lines })}</Text>
                  <StateBadge tone={tones[treatment]}>{t(`imports.treatment.${treatment}`)}</StateBadge>
                </Group>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <Table.ScrollContainer minWidth={480}>
                <Table fz="xs">
                  <Table.Caption>{t('imports.report.samples')}</Table.Caption>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('imports.report.sampleFile')}</Table.Th>
                      <Table.Th>{t('imports.report.sampleValue')}</Table.Th>
                      <Table.Th>{t('imports.report.sampleExcerpt')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {samples.map(({ file, line, value, excerpt }) => (
                      <Table.Tr key={`${file} ${String(line)}`}>
                        <Table.Td>{`${file}, ${formatNumber(line)}`}</Table.Td>
                        <Table.Td>{value}</Table.Td>
                        <Table.Td>{excerpt}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Panel>
  );
};
