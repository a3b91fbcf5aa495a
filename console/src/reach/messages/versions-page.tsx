import { Button, Group, Select, Tooltip } from '@mantine/core';
import { messagesRoutes } from '@mesure/contract/messages';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { AnchorLink } from '#know/people';
import { queryOf } from '#platform/api';
import { formatInstant } from '#platform/format';
import { type Column, DataList, Empty, ErrorNotice, Loading, Page, Panel } from '#platform/kit';
import { useMay } from '#platform/session';
import { useWords } from '#words';
import { Changes } from './changes.tsx';
import { versionsRoute } from './routes.ts';
import { useRestore } from './use-restore.ts';

interface Listed {
  readonly id: string;
  readonly version: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly subject: string;
}

const useContent = (id: string, version: number | undefined) =>
  useQuery({
    ...queryOf(messagesRoutes.readMessageVersion, { params: { id, version: version ?? 1 } }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: version !== undefined,
  });

/** Every version, what changed between any two, and the way back to one. */
export const VersionsPage = () => {
  const { t } = useWords();
  const navigate = useNavigate();
  const may = useMay('marketer', 'admin');
  const { id } = versionsRoute.useParams();
  const search = versionsRoute.useSearch();
  const { data: saved } = useSuspenseQuery(queryOf(messagesRoutes.readMessage, { params: { id } }));
  const { data: list } = useSuspenseQuery(queryOf(messagesRoutes.listMessageVersions, { params: { id } }));
  const newest = saved.message.version;
  const to = Math.min(search.to ?? newest, newest);
  const from = Math.min(search.from ?? Math.max(1, to - 1), newest);
  const before = useContent(id, from);
  const after = useContent(id, to);
  const restore = useRestore(id, newest);
  const compare = (next: { readonly from?: number; readonly to?: number }) =>
    void navigate({
      to: '/messages/$id/versions',
      params: { id },
      search: { from, to, ...next },
      replace: true,
    });
  const options = list.items.map(({ version, createdAt }) => ({
    value: String(version),
    label: t('messages.versions.option', { version, at: formatInstant(createdAt) }),
  }));

  const columns: readonly Column<Listed>[] = [
    {
      key: 'version',
      title: t('messages.versions.version'),
      width: '11rem',
      cell: ({ version }) =>
        version === newest ? `${String(version)} · ${t('messages.versions.newest')}` : version,
    },
    {
      key: 'saved',
      title: t('messages.versions.saved'),
      width: 'minmax(8rem, 12rem)',
      from: 'sm',
      cell: ({ createdAt }) => formatInstant(createdAt),
    },
    {
      key: 'by',
      title: t('messages.versions.by'),
      width: 'minmax(5rem, 10rem)',
      cell: ({ createdBy }) => createdBy,
    },
    {
      key: 'subject',
      title: t('messages.versions.subject'),
      width: 'minmax(8rem, 1fr)',
      from: 'md',
      cell: ({ subject }) => subject,
    },
    {
      key: 'restore',
      title: t('messages.versions.restore'),
      width: '7rem',
      cell: ({ version }) =>
        version === newest ? null : (
          <Tooltip label={t('messages.mayNot')} disabled={may}>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('messages.versions.restoreLabel', { version })}
              {...(may ? {} : { 'data-disabled': true, 'aria-disabled': true })}
              onClick={() => (may ? restore(version) : undefined)}
            >
              {t('messages.versions.restore')}
            </Button>
          </Tooltip>
        ),
    },
  ];
  return (
    <Page
      title={t('messages.versions.title', { name: saved.message.name })}
      answer={t('messages.versions.answer', { count: list.items.length })}
      above={
        <AnchorLink to="/messages/$id" params={{ id }} size="sm">
          {t('messages.versions.back')}
        </AnchorLink>
      }
      wide
    >
      <DataList
        label={t('messages.versions.label')}
        rows={list.items}
        columns={columns}
        keyOf={(row) => row.id}
        onOpen={({ version }) => compare({ from: Math.max(1, version - 1), to: version })}
      />
      {newest === 1 ? (
        <Empty title={t('messages.versions.one')} />
      ) : (
        <Panel title={t('messages.versions.changes', { from, to })}>
          <Group gap="md" align="flex-end">
            <Select
              label={t('messages.versions.from')}
              data={options}
              w={{ base: '100%', xs: '19rem' }}
              value={String(from)}
              allowDeselect={false}
              onChange={(value) => compare({ from: Number(value) })}
            />
            <Select
              label={t('messages.versions.to')}
              data={options}
              w={{ base: '100%', xs: '19rem' }}
              value={String(to)}
              allowDeselect={false}
              onChange={(value) => compare({ to: Number(value) })}
            />
          </Group>
          <ErrorNotice error={before.error ?? after.error} />
          {before.data && after.data ? (
            <Changes
              before={{ ...before.data, text: before.data.text ?? null }}
              after={{ ...after.data, text: after.data.text ?? null }}
            />
          ) : before.error || after.error ? null : (
            <Loading lines={4} />
          )}
        </Panel>
      )}
    </Page>
  );
};
