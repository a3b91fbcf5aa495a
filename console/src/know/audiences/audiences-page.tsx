import { Button, Text } from '@mantine/core';
import type { SegmentBody } from '@mesure/contract/segments';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { AnchorLink, Stored } from '#know/people';
import { usePages } from '#platform/api';
import { formatDate, formatNumber, formatShare } from '#platform/format';
import { type Column, DataList, Empty, Page } from '#platform/kit';
import { useAsk } from '#platform/routing';
import { useWords } from '#words';
import classes from './builder.module.css';
import { audiencesRoute, segmentPages } from './routes.ts';

const useColumns = (): readonly Column<SegmentBody>[] => {
  const { t, i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  return useMemo(
    () => [
      {
        key: 'name',
        title: t('audiences.column.name'),
        width: 'minmax(10rem, 2.2fr)',
        by: ({ name }) => name,
        cell: ({ id, name }) => (
          <AnchorLink
            to="/audiences/$id"
            params={{ id }}
            tabIndex={-1}
            c="var(--mantine-color-text)"
            fw={500}
            size="sm"
            truncate
            display="block"
          >
            <Stored>{name}</Stored>
          </AnchorLink>
        ),
      },
      {
        key: 'rule',
        title: t('audiences.column.rule'),
        width: 'minmax(10rem, 3fr)',
        from: 'md',
        cell: ({ words }) => (
          <Text size="sm" truncate title={words[language]} className={classes.sentence}>
            <Stored>{words[language]}</Stored>
          </Text>
        ),
      },
      {
        key: 'size',
        title: t('audiences.column.size'),
        width: '9rem',
        align: 'end',
        by: ({ size }) => size?.count ?? null,
        cell: ({ size }) =>
          size === null ? (
            <Text span size="sm" c="var(--mesure-quiet)">
              {t('audiences.notCounted')}
            </Text>
          ) : (
            <>
              {formatNumber(size.count)}{' '}
              <Text span size="sm" c="var(--mesure-quiet)">
                {size.total > 0 ? formatShare(size.count / size.total, 0) : ''}
              </Text>
            </>
          ),
      },
      {
        key: 'changed',
        title: t('audiences.column.changed'),
        width: '8rem',
        from: 'sm',
        tuck: true,
        by: ({ updatedAt }) => updatedAt,
        cell: ({ updatedAt }) => formatDate(updatedAt),
      },
    ],
    [t, language],
  );
};

/** The rules over people that were saved, each with whom it gives now. */
export const AudiencesPage = () => {
  const { t } = useWords();
  const navigate = useNavigate({ from: audiencesRoute.fullPath });
  const asked = audiencesRoute.useSearch();
  const { q = '', sort } = asked;
  const ask = useAsk<typeof asked>();
  const columns = useColumns();
  const { list } = usePages(segmentPages);
  const onSearch = useCallback((text: string) => ask({ q: text || undefined }), [ask]);
  const create = (
    <Button component={Link} to="/audiences/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('audiences.new')}
    </Button>
  );
  return (
    <Page wide title={t('audiences.title')} answer={t('audiences.answer')} actions={create}>
      <DataList
        label={t('audiences.title')}
        {...list}
        columns={columns}
        keyOf={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/audiences/$id', params: { id } })}
        search={q}
        onSearch={onSearch}
        searchLabel={t('audiences.search')}
        matches={(row, search) =>
          [row.name, row.description, row.words.en, row.words.fr].some((text) =>
            text.toLocaleLowerCase().includes(search),
          )
        }
        sort={sort}
        onSort={(next) => ask({ sort: next })}
        onClearFilters={() => onSearch('')}
        empty={<Empty title={t('audiences.empty.title')} hint={t('audiences.empty.hint')} action={create} />}
      />
    </Page>
  );
};
