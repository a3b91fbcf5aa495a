import { Box, Button, Group, Stack, Text } from '@mantine/core';
import { reportRoutes } from '@mesure/contract/report';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { call, keepingBefore, queryOf } from '#platform/api';
import { tellError } from '#platform/feedback';
import { formatInstant } from '#platform/format';
import { ErrorNotice, Loading, Page, saveFile } from '#platform/kit';
import { AnchorLink, FindingBadge } from '#reach/campaigns';
import { useWords } from '#words';
import { ArmsTable } from './arms-table.tsx';
import { ComparisonTable } from './comparison-table.tsx';
import { Funnel } from './funnel.tsx';
import { IntervalPlot } from './interval-plot.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { MethodPanel } from './method-panel.tsx';
import classes from './report.module.css';

const route = getRouteApi('/inside/campaigns/$id/report');

/** While messages leave and orders come, it is read again by itself. */
const WHILE_RUNNING_MS = 30_000;

export const ReportPage = () => {
  const { t, i18n } = useWords();
  const { id } = route.useParams();
  const { measure = 'conversion', scale = 'absolute' } = route.useSearch();
  const navigate = useNavigate({ from: '/campaigns/$id/report' });
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const asked = { params: { id }, query: { language } } as const;
  const {
    data: report,
    error,
    refetch,
  } = useQuery({
    ...queryOf(reportRoutes.readCampaignReport, asked),
    ...keepingBefore,
    refetchInterval: ({ state }) => (state.data?.window.complete === false ? WHILE_RUNNING_MS : false),
  });
  const above = (
    <AnchorLink to="/campaigns/$id" params={{ id }} data-screen-only>
      {t('report.back')}
    </AnchorLink>
  );
  if (!report)
    return (
      <Page title={t('report.title')} above={above}>
        {error ? (
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading lines={10} height={32} />
        )}
      </Page>
    );
  const csv = (): void => {
    call(reportRoutes.exportCampaignReport, asked).then(
      (text) =>
        saveFile(
          `${t('report.file', { name: report.campaign.name })}.csv`,
          new Blob([text], { type: 'text/csv;charset=utf-8' }),
        ),
      tellError,
    );
  };
  return (
    <div className={classes.report}>
      <Page
        title={t('report.of', { name: report.campaign.name })}
        above={above}
        actions={
          <>
            <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={csv}>
              {t('report.csv')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconPrinter size={16} aria-hidden />}
              onClick={() => window.print()}
            >
              {t('report.print')}
            </Button>
          </>
        }
        answer={
          <Stack gap="xs">
            <Group gap="sm" align="flex-start" wrap="nowrap">
              <Box flex="none" pt={3}>
                <FindingBadge status={report.finding.status} />
              </Box>
              <Text size="lg" fw={600} lh={1.4}>
                {report.finding.sentence}
              </Text>
            </Group>
            <Text size="sm" c="var(--mesure-quiet)">
              {report.window.complete ? t('report.final') : t('report.running')}{' '}
              {t('report.asOf', { at: formatInstant(report.asOf) })}
            </Text>
          </Stack>
        }
      >
        <ErrorNotice error={error} />
        <IntervalPlot
          report={report}
          measure={measure}
          scale={scale}
          onChange={(shown) =>
            void navigate({
              search: (before) => ({ ...before, ...shown }),
              replace: true,
              resetScroll: false,
            })
          }
        />
        <ComparisonTable report={report} />
        <ArmsTable report={report} />
        <Funnel report={report} />
        <LedgerTable report={report} />
        <MethodPanel report={report} />
      </Page>
    </div>
  );
};
