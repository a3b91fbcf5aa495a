import { Anchor } from '@mantine/core';
import type { caughtMailSchema } from '@mesure/contract/catcher';
import { Link, useNavigate } from '@tanstack/react-router';
import type { z } from 'zod';
import { formatBytes, formatInstant } from '#platform/format';
import { type Column, DataList, Empty, Page } from '#platform/kit';
import { useAsk } from '#platform/routing';
import { useWords } from '#words';
import { ClearButton } from './clear-button.tsx';
import { catcherRoute } from './routes.ts';
import { useMails } from './use-mails.ts';

/** Every message that would have left. New ones appear by themselves. */
export const CatcherPage = () => {
  const { t } = useWords();
  const navigate = useNavigate();
  const asked = catcherRoute.useSearch();
  const { search } = asked;
  const ask = useAsk<typeof asked>();
  const { list, first } = useMails(search);
  const everything = search ? undefined : first?.total;
  const columns: readonly Column<z.output<typeof caughtMailSchema>>[] = [
    {
      key: 'subject',
      title: t('catcher.subject'),
      width: 'minmax(8rem, 3fr)',
      cell: ({ id, subject }) => (
        <Anchor
          size="sm"
          tabIndex={-1}
          renderRoot={(props) => <Link to="/catcher/$id" params={{ id }} search={{ search }} {...props} />}
        >
          {subject || t('catcher.noSubject')}
        </Anchor>
      ),
    },
    { key: 'to', title: t('catcher.to'), width: 'minmax(8rem, 2fr)', cell: ({ to }) => to },
    {
      key: 'at',
      title: t('catcher.at'),
      width: '11rem',
      from: 'sm',
      tuck: true,
      cell: ({ at }) => formatInstant(at),
    },
    {
      key: 'size',
      title: t('catcher.size'),
      width: '6rem',
      align: 'end',
      from: 'md',
      cell: ({ bytes }) => formatBytes(bytes),
    },
  ];
  return (
    <Page
      title={t('shell.places.catcher')}
      answer={everything ? t('catcher.answer', { count: everything }) : '\u00a0'}
      actions={<ClearButton total={everything} />}
      wide
    >
      <DataList
        label={t('catcher.label')}
        {...list}
        columns={columns}
        keyOf={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/catcher/$id', params: { id }, search: { search } })}
        search={search ?? ''}
        onSearch={(text) => ask({ search: text.trim() === '' ? undefined : text })}
        searchLabel={t('catcher.search')}
        onClearFilters={() => ask({ search: undefined })}
        {...(first ? { total: first.total } : {})}
        empty={<Empty title={t('catcher.emptyTitle')} hint={t('catcher.emptyHint')} />}
      />
    </Page>
  );
};
