import { Button, List, Stack, Text } from '@mantine/core';
import { type ImportReport, importsRoutes } from '@mesure/contract/imports';
import { IconDownload } from '@tabler/icons-react';
import { formatDate, formatMoney, formatNumber } from '#platform/format';
import { type Fact, Facts, Panel } from '#platform/kit';
import { useWords } from '#words';
import { OddNames } from './odd-names.tsx';
import { Troubles } from './troubles.tsx';

interface ReportPanelsProps {
  readonly report: ImportReport;
  readonly importId: string;
  readonly dry: boolean;
}

const itemKinds = ['postage', 'fee', 'manual', 'discount', 'sample', 'gift_card', 'adjustment'] as const;
const kindOf = (kind: string): (typeof itemKinds)[number] | 'other' =>
  itemKinds.find((known) => known === kind) ?? 'other';

/** The quality report: the lines add up first, then what they are, then every kind of trouble with examples. */
export const ReportPanels = ({ report, importId, dry }: ReportPanelsProps) => {
  const { t } = useWords();
  const { productLines, otherLines, linesSetAside, linesIn } = report;
  const rest = linesIn - productLines - otherLines - linesSetAside;
  const facts: readonly Fact[] = [
    {
      name: t('imports.report.orders'),
      value: formatNumber(report.orders.completed),
      note: t('imports.report.ordersNote', {
        refunded: report.orders.refunded,
        cancelled: report.orders.cancelled,
      }),
    },
    {
      name: t('imports.report.people'),
      value: formatNumber(report.people.new + report.people.known),
      note: t('imports.report.peopleNote', { new: report.people.new, known: report.people.known }),
    },
    { name: t('imports.report.products'), value: formatNumber(report.products) },
    {
      name: t('imports.report.revenue'),
      value:
        report.revenue.map(({ minor, currency }) => formatMoney(minor, currency)).join(' · ') ||
        formatNumber(0),
    },
    ...(report.firstOrderAt && report.lastOrderAt
      ? [
          {
            name: t('imports.report.period'),
            value: `${formatDate(report.firstOrderAt)} – ${formatDate(report.lastOrderAt)}`,
          },
        ]
      : []),
    {
      name: t('imports.report.consents'),
      value: formatNumber(report.consents.granted),
      note: t('imports.report.consentsNote', {
        withdrawn: report.consents.withdrawn,
        simulated: report.consents.simulated,
      }),
    },
    { name: t('imports.report.withoutCustomer'), value: formatNumber(report.linesWithoutCustomer) },
    ...(report.blankLines > 0
      ? [{ name: t('imports.report.blank'), value: formatNumber(report.blankLines) }]
      : []),
  ];
  return (
    <>
      <Panel title={dry ? t('imports.report.dryTitle') : t('imports.report.title')}>
        <Text>
          {t('imports.report.drySum', {
            count: linesIn,
            product: productLines,
            other: otherLines,
            aside: linesSetAside,
          })}{' '}
          {rest === 0 ? t('imports.report.accounted') : t('imports.report.unaccounted', { count: rest })}
        </Text>
        <Facts facts={facts} />
        {linesSetAside > 0 ? (
          <Stack gap={4} align="flex-start">
            <Button
              component="a"
              variant="default"
              download
              href={importsRoutes.downloadSetAside.path.replace(':id', importId)}
              leftSection={<IconDownload size={18} aria-hidden />}
            >
              {t('imports.report.setAside', { count: linesSetAside })}
            </Button>
            <Text size="sm" c="var(--mesure-quiet)">
              {t('imports.report.setAsideHint')}
            </Text>
          </Stack>
        ) : null}
        {report.files.length > 1 ? (
          <details>
            <summary>{t('imports.report.files')}</summary>
            <List size="sm" mt="xs">
              {report.files.map(({ name, lines }) => (
                <List.Item key={name}>{t('imports.report.fileLines', { name, count: lines })}</List.Item>
              ))}
            </List>
          </details>
        ) : null}
        {report.otherKinds.length > 0 ? (
          <Stack gap={4}>
            <Text size="sm" fw={600}>
              {t('imports.report.otherKinds')}
            </Text>
            <Text size="sm">
              {report.otherKinds
                .map(({ kind, lines }) => `${t(`imports.kind.${kindOf(kind)}`)} ${formatNumber(lines)}`)
                .join(' · ')}
            </Text>
          </Stack>
        ) : null}
      </Panel>
      <Troubles report={report} />
      <OddNames severalNames={report.severalNames} />
    </>
  );
};
