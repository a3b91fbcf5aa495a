import { Anchor, Button, Tooltip } from '@mantine/core';
import { type MessageBody, type messageSorts, messagesRoutes } from '@mesure/contract/messages';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { keepingBefore, pagesOf, usePages } from '#platform/api';
import { formatInstant } from '#platform/format';
import { type Column, DataList, Empty, Page, type Sort } from '#platform/kit';
import { useAsk } from '#platform/routing';
import { useMay } from '#platform/session';
import { useWords } from '#words';
import { messagesRoute } from './routes.ts';

type ServerSort = (typeof messageSorts)[number];

/** The list's signs and the server's: the last changed come first where nothing is asked. */
const serverSort: Readonly<Record<string, ServerSort>> = {
  name: 'name',
  '-name': 'name_desc',
  changed: 'changed_asc',
  '-changed': 'changed',
};
const listSort = (sort: ServerSort | undefined): Sort =>
  Object.keys(serverSort).find((sign) => serverSort[sign] === (sort ?? 'changed'));

const NewMessage = ({ variant }: { readonly variant: 'filled' | 'default' }) => {
  const { t } = useWords();
  const may = useMay('marketer', 'admin');
  const look = { variant, leftSection: <IconPlus size={16} aria-hidden /> };
  return may ? (
    <Button {...look} renderRoot={(props) => <Link to="/messages/new" {...props} />}>
      {t('messages.new.action')}
    </Button>
  ) : (
    <Tooltip label={t('messages.mayNot')}>
      <Button {...look} data-disabled aria-disabled>
        {t('messages.new.action')}
      </Button>
    </Tooltip>
  );
};

export const MessagesPage = () => {
  const { t } = useWords();
  const navigate = useNavigate();
  const asked = messagesRoute.useSearch();
  const { search, sort } = asked;
  const ask = useAsk<typeof asked>();
  const { list } = usePages({
    ...pagesOf(messagesRoutes.listMessages, {
      cursor: 'before',
      query: { limit: 100, ...(search ? { search } : {}), ...(sort ? { sort } : {}) },
    }),
    ...keepingBefore,
  });
  const columns: readonly Column<MessageBody>[] = [
    {
      key: 'name',
      title: t('messages.list.name'),
      width: 'minmax(9rem, 3fr)',
      cell: ({ id, name }) => (
        <Anchor
          size="sm"
          tabIndex={-1}
          renderRoot={(props) => <Link to="/messages/$id" params={{ id }} {...props} />}
        >
          {name}
        </Anchor>
      ),
    },
    {
      key: 'subject',
      title: t('messages.list.subject'),
      width: 'minmax(8rem, 3fr)',
      from: 'sm',
      tuck: true,
      cell: ({ subject }) => subject,
    },
    {
      key: 'language',
      title: t('messages.list.language'),
      width: '6rem',
      from: 'sm',
      cell: ({ language }) => t(`messages.language.${language}`),
    },
    {
      key: 'version',
      title: t('messages.list.version'),
      width: '5rem',
      align: 'end',
      from: 'md',
      cell: ({ version }) => version,
    },
    {
      key: 'changed',
      title: t('messages.list.changed'),
      width: '10.5rem',
      from: 'sm',
      cell: ({ updatedAt }) => formatInstant(updatedAt),
    },
    {
      key: 'by',
      title: t('messages.list.by'),
      width: 'minmax(9rem, 1.2fr)',
      from: 'lg',
      cell: ({ changedBy }) => changedBy,
    },
  ];
  const whole = !list.hasMore && !search ? list.rows?.length : undefined;
  return (
    <Page
      title={t('shell.places.messages')}
      answer={whole ? t('messages.answer', { count: whole }) : '\u00a0'}
      actions={<NewMessage variant="filled" />}
      wide
    >
      <DataList
        label={t('messages.list.label')}
        {...list}
        columns={columns}
        keyOf={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/messages/$id', params: { id } })}
        sort={listSort(sort)}
        sorts={['name', 'changed']}
        onSort={(sign) => ask({ sort: sign === undefined ? undefined : serverSort[sign] })}
        search={search ?? ''}
        onSearch={(text) => ask({ search: text.trim() === '' ? undefined : text })}
        searchLabel={t('messages.list.search')}
        onClearFilters={() => ask({ search: undefined })}
        empty={
          <Empty
            title={t('messages.list.emptyTitle')}
            hint={t('messages.list.emptyHint')}
            action={<NewMessage variant="default" />}
          />
        }
      />
    </Page>
  );
};
