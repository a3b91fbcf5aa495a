import { Button, SimpleGrid, Text } from '@mantine/core';
import { useState } from 'react';
import { formatMoney } from '#platform/format';
import { type Column, DataList, Empty, Panel, type Sort, StateBadge } from '#platform/kit';
import { useWords } from '#words';
import { rows, type SampleRow, sampleErrors } from './samples.ts';

export const ListSamples = () => {
  const { t } = useWords();
  const [sort, setSort] = useState<Sort>('name');
  const [search, setSearch] = useState('');
  const columns: readonly Column<SampleRow>[] = [
    {
      key: 'name',
      title: t('gallery.name'),
      width: 'minmax(8rem, 2fr)',
      by: ({ name }) => name,
      cell: ({ name }) => (
        <Text size="sm" truncate>
          {name}
        </Text>
      ),
    },
    {
      key: 'state',
      title: t('gallery.state'),
      cell: ({ tone }) => <StateBadge tone={tone}>{t(`gallery.tone.${tone}`)}</StateBadge>,
    },
    {
      key: 'amount',
      title: t('gallery.amount'),
      align: 'end',
      by: ({ minor }) => minor,
      cell: ({ minor }) => formatMoney(minor, 'EUR'),
    },
  ];
  const given = { columns, keyOf: ({ name }: SampleRow) => name };
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }}>
      <Panel title={t('gallery.list')}>
        <DataList
          {...given}
          label={t('gallery.list')}
          rows={rows}
          search={search}
          onSearch={setSearch}
          matches={({ name }, text) => name.toLocaleLowerCase().includes(text)}
          onClearFilters={() => setSearch('')}
          {...(sort === undefined ? {} : { sort })}
          onSort={setSort}
          onOpen={() => undefined}
        />
      </Panel>
      <Panel title={t('gallery.listLoading')}>
        <DataList {...given} label={t('gallery.listLoading')} rows={undefined} />
      </Panel>
      <Panel title={t('gallery.listEmpty')}>
        <DataList
          {...given}
          label={t('gallery.listEmpty')}
          rows={[]}
          empty={
            <Empty
              title={t('gallery.empty')}
              hint={t('gallery.emptyHint')}
              action={<Button>{t('gallery.emptyAction')}</Button>}
            />
          }
        />
      </Panel>
      <Panel title={t('gallery.listFailed')}>
        <DataList
          {...given}
          label={t('gallery.listFailed')}
          rows={undefined}
          error={sampleErrors[1]}
          onRetry={() => undefined}
        />
      </Panel>
    </SimpleGrid>
  );
};
