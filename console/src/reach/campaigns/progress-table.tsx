import { Alert, Table, Text } from '@mantine/core';
import { Fragment } from 'react';
import { formatNumber } from '#platform/format';
import { reasonWords } from '#platform/reasons';
import { useWords } from '#words';
import { AnchorLink } from './links.tsx';
import type { Tallied } from './tally.ts';

interface ProgressTableProps {
  readonly id: string;
  readonly parts: readonly Tallied[];
  readonly audience: number;
  readonly unaccounted: number;
}

/** The same numbers with their reasons; they add up to the audience, and the table says so. */
export const ProgressTable = ({ id, parts, audience, unaccounted }: ProgressTableProps) => {
  const { t } = useWords();
  return (
    <>
      <Table style={{ fontVariantNumeric: 'tabular-nums' }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('campaigns.progress.what')}</Table.Th>
            <Table.Th ta="end">{t('campaigns.review.people')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {parts.map(({ part, people, reasons }) => (
            <Fragment key={part}>
              <Table.Tr>
                <Table.Td>
                  {t(`campaigns.tally.${part}`)}
                  <Text size="xs" c="var(--mesure-quiet)">
                    {t(`campaigns.tallyHint.${part}`)}
                  </Text>
                </Table.Td>
                <Table.Td ta="end">{formatNumber(people)}</Table.Td>
              </Table.Tr>
              {reasons.map(({ state, reason, count }) => (
                <Table.Tr key={`${state} ${reason}`}>
                  <Table.Td pl="xl">
                    <AnchorLink
                      to="/campaigns/$id"
                      params={{ id }}
                      search={{ sends: state, reason }}
                      hash="sends"
                    >
                      {reasonWords(reason)}
                    </AnchorLink>
                  </Table.Td>
                  <Table.Td ta="end" c="var(--mesure-quiet)">
                    {formatNumber(count)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Fragment>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th>{t('campaigns.review.audience')}</Table.Th>
            <Table.Th ta="end">{formatNumber(audience)}</Table.Th>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
      {unaccounted === 0 ? null : (
        <Alert color="red" role="alert">
          {t('campaigns.progress.unaccounted', { count: unaccounted })}
        </Alert>
      )}
    </>
  );
};
