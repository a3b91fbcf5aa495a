import { Text } from '@mantine/core';
import { type AuditEntryView, auditRoutes } from '@mesure/contract/audit';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { pagesOf, usePages } from '#platform/api';
import { formatInstant, formatNumber } from '#platform/format';
import { type Column, DataList, Empty, LoadMore, Page } from '#platform/kit';
import { useAsk } from '#platform/routing';
import { useMay, useSettings } from '#platform/session';
import { useWords } from '#words';
import { AuditFilters } from './audit-filters.tsx';
import { ChainVerdict } from './chain-verdict.tsx';
import { startOfDay } from './day-bounds.ts';
import { EntryDrawer } from './entry-drawer.tsx';
import { useAuditWords } from './use-audit-words.ts';

const route = getRouteApi('/inside/audit');

export const AuditPage = () => {
  const { t } = useWords();
  const may = useMay('approver', 'admin');
  if (!may)
    return (
      <Page title={t('audit.title')}>
        <Empty title={t('common.error.forbidden')} hint={t('audit.mayNot')} />
      </Page>
    );
  return <AuditList />;
};

const AuditList = () => {
  const { t } = useWords();
  const words = useAuditWords();
  const { timeZone } = useSettings();
  const search = route.useSearch();
  const { entry, ...asked } = search;
  const navigate = useNavigate({ from: '/audit' });
  const ask = useAsk<typeof search>();
  const query = {
    ...(asked.actor === undefined ? {} : { actorId: asked.actor }),
    ...(asked.action === undefined ? {} : { action: asked.action }),
    ...(asked.kind === undefined ? {} : { subjectKind: asked.kind }),
    ...(asked.subject === undefined ? {} : { subjectId: asked.subject }),
    ...(asked.from === undefined ? {} : { from: startOfDay(asked.from, timeZone) }),
    ...(asked.to === undefined ? {} : { to: startOfDay(asked.to, timeZone, 1) }),
    limit: 100,
  };
  const { list } = usePages(pagesOf(auditRoutes.listAudit, { cursor: 'cursor', query }));

  const columns: readonly Column<AuditEntryView>[] = [
    {
      key: 'when',
      title: t('audit.when'),
      width: '11rem',
      from: 'sm',
      tuck: true,
      cell: ({ at }) => formatInstant(at),
    },
    {
      key: 'who',
      title: t('audit.who'),
      width: 'minmax(9.5rem, 1fr)',
      cell: ({ actor }) => (
        <Text size="sm" truncate fw={500}>
          {actor.kind === 'system' ? t('audit.actor.system') : actor.name}
        </Text>
      ),
    },
    {
      key: 'what',
      title: t('audit.what'),
      width: 'minmax(7rem, 2fr)',
      cell: ({ action }) => words.action(action),
    },
    {
      key: 'subject',
      title: t('audit.subject'),
      width: 'minmax(8rem, 1fr)',
      from: 'sm',
      cell: ({ subject }) => words.subject(subject.kind),
    },
    {
      key: 'number',
      title: t('audit.number'),
      width: '5rem',
      align: 'end',
      from: 'md',
      cell: ({ sequence }) => formatNumber(sequence),
    },
  ];
  const show = (sequence: number | undefined): void => ask({ entry: sequence });
  return (
    <Page wide title={t('audit.title')} answer={t('audit.answer')}>
      <ChainVerdict />
      <DataList
        label={t('audit.label')}
        {...list}
        columns={columns}
        keyOf={({ sequence }) => String(sequence)}
        onOpen={({ sequence }) => show(sequence)}
        filters={<AuditFilters asked={asked} onAsk={ask} />}
        filtered={Object.values(asked).some((value) => value !== undefined)}
        onClearFilters={() => void navigate({ search: {} })}
        empty={<Empty title={t('audit.empty')} hint={t('audit.emptyHint')} />}
      />
      <LoadMore {...list} />
      <EntryDrawer
        sequence={entry}
        found={list.rows?.find(({ sequence }) => sequence === entry)}
        onClose={() => show(undefined)}
        onAsk={(changed) => void navigate({ search: changed })}
      />
    </Page>
  );
};
