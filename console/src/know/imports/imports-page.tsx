import { Anchor, Button } from '@mantine/core';
import { type ImportSummary, importState, importsRoutes } from '@mesure/contract/imports';
import { IconFileImport } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { pagesOf, usePages } from '#platform/api';
import { formatBytes, formatInstant, formatNumber } from '#platform/format';
import { type Column, DataList, Empty, FilterSelect, Page } from '#platform/kit';
import { useAsk } from '#platform/routing';
import { useWords } from '#words';
import { isMoving } from './import-life.ts';
import { ImportStateBadge } from './import-state.tsx';

const route = getRouteApi('/inside/imports');

const sizeOf = ({ files }: ImportSummary): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

export const ImportsPage = () => {
  const { t } = useWords();
  const asked = route.useSearch();
  const { q, sort, state } = asked;
  const ask = useAsk<typeof asked>();
  const navigate = useNavigate({ from: '/imports' });
  const { list } = usePages({
    ...pagesOf(importsRoutes.listImports, { cursor: 'cursor', query: { limit: 100 } }),
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ items }) => items.some((item) => isMoving(item.state))) ? 1_500 : false,
  });
  const { rows: all, hasMore } = list;
  const rows = useMemo(
    () => (state === undefined ? all : all?.filter((item) => item.state === state)),
    [all, state],
  );

  const nameOf = ({ files }: ImportSummary): string => {
    const [first, ...rest] = files;
    if (!first) return t('imports.list.noFile');
    return rest.length === 0 ? first.name : t('imports.list.more', { name: first.name, count: rest.length });
  };

  const columns: readonly Column<ImportSummary>[] = [
    {
      key: 'file',
      title: t('imports.list.file'),
      width: 'minmax(10rem, 3fr)',
      by: nameOf,
      cell: (row) => (
        <Anchor
          size="sm"
          fw={500}
          truncate
          tabIndex={-1}
          renderRoot={(props) => <Link to="/imports/$id" params={{ id: row.id }} {...props} />}
        >
          {nameOf(row)}
        </Anchor>
      ),
    },
    {
      key: 'state',
      title: t('imports.list.state'),
      width: 'minmax(9rem, 1fr)',
      by: (row) => t(`imports.state.${row.state}`),
      cell: (row) => <ImportStateBadge state={row.state} />,
    },
    {
      key: 'lines',
      title: t('imports.list.lines'),
      width: '6rem',
      align: 'end',
      from: 'sm',
      by: (row) => row.progress.lines,
      cell: (row) => formatNumber(row.progress.lines),
    },
    {
      key: 'size',
      title: t('imports.list.size'),
      width: '6rem',
      align: 'end',
      from: 'md',
      by: sizeOf,
      cell: (row) => formatBytes(sizeOf(row)),
    },
    {
      key: 'by',
      title: t('imports.list.by'),
      width: 'minmax(8rem, 1.4fr)',
      from: 'md',
      by: (row) => row.createdBy,
      cell: (row) => row.createdBy,
    },
    {
      key: 'at',
      title: t('imports.list.at'),
      width: '11rem',
      from: 'sm',
      tuck: true,
      by: (row) => Date.parse(row.createdAt),
      cell: (row) => formatInstant(row.createdAt),
    },
  ];

  const committed = all?.filter((item) => item.state === 'committed') ?? [];
  const goNew = (
    <Button
      leftSection={<IconFileImport size={18} aria-hidden />}
      renderRoot={(props) => <Link to="/imports/new" {...props} />}
    >
      {t('imports.new')}
    </Button>
  );
  return (
    <Page
      wide
      title={t('imports.title')}
      answer={
        committed.length > 0 && !hasMore
          ? t('imports.list.answer', {
              count: committed.length,
              lines: committed.reduce((sum, { progress }) => sum + progress.lines, 0),
            })
          : '\u00a0'
      }
      actions={all?.length === 0 ? undefined : goNew}
    >
      <DataList
        label={t('imports.list.label')}
        {...list}
        rows={rows}
        columns={columns}
        keyOf={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/imports/$id', params: { id } })}
        search={q ?? ''}
        onSearch={(text) => ask({ q: text || undefined })}
        matches={(row, text) =>
          [row.createdBy, ...row.files.map(({ name }) => name)].some((word) =>
            word.toLocaleLowerCase().includes(text),
          )
        }
        {...(sort === undefined ? {} : { sort })}
        onSort={(next) => ask({ sort: next })}
        filtered={state !== undefined}
        onClearFilters={() => void navigate({ search: {} })}
        filters={
          <FilterSelect
            label={t('imports.list.state')}
            unchosen={t('imports.list.anyState')}
            options={importState.options.map((value) => ({ value, label: t(`imports.state.${value}`) }))}
            value={state}
            onChange={(value) => ask({ state: value })}
          />
        }
        empty={<Empty title={t('imports.list.empty')} hint={t('imports.list.emptyHint')} action={goNew} />}
      />
    </Page>
  );
};
