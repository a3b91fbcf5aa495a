import { Box, Stack } from '@mantine/core';
import { consentRoutes } from '@mesure/contract/consent';
import type { ListedProfile } from '@mesure/contract/profiles';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { formatDate, formatNumber } from '#platform/format';
import { type Fact, Facts, Panel, StateBadge } from '#platform/kit';
import { useWords } from '#words';
import { AnchorLink } from './anchor-link.tsx';
import { countryName, languageName } from './place-names.ts';
import { standingOf } from './standing.ts';
import { Stored } from './stored.tsx';

/** A badge and two lines: kept free until the answer is there, so that nothing below moves. */
const standingHeight = '4.25rem';

const Standing = ({ id }: { readonly id: string }) => {
  const { t } = useWords();
  const consents = useQuery(queryOf(consentRoutes.listConsents, { params: { id } }));
  const tone = { granted: 'good', withdrawn: 'bad', none: 'neutral' } as const;
  if (!consents.data) return <Box h={standingHeight} />;
  const standing = standingOf(consents.data.items, 'prospecting');
  return (
    <Stack gap={2} align="flex-start" mih={standingHeight}>
      <StateBadge tone={tone[standing.state]}>{t(`people.standing.${standing.state}`)}</StateBadge>
      <AnchorLink to="/people/$id" params={{ id }} search={{ tab: 'consents' }} size="sm">
        {standing.at === null
          ? t('people.standing.show')
          : t('people.standing.since', { date: formatDate(standing.at) })}
      </AnchorLink>
    </Stack>
  );
};

/** Who it is, at a glance: language, place, and whether we may write. */
export const PersonFacts = ({ person }: { readonly person: ListedProfile }) => {
  const { t } = useWords();
  const place = [person.city, person.region, person.country && countryName(person.country)].filter(Boolean);
  const facts: readonly Fact[] = [
    { name: t('people.fact.consent'), value: <Standing id={person.id} /> },
    {
      name: t('people.fact.language'),
      value: person.language ? languageName(person.language) : t('common.unknown'),
    },
    {
      name: t('people.fact.place'),
      value: place.length > 0 ? <Stored>{place.join(', ')}</Stored> : t('common.unknown'),
      ...(person.timeZone ? { note: person.timeZone.replaceAll('_', ' ') } : {}),
    },
    {
      name: t('people.fact.externalId'),
      value: person.externalId ? <Stored>{person.externalId}</Stored> : t('common.none'),
    },
    ...(person.createdAt
      ? [
          {
            name: t('people.fact.since'),
            value: formatDate(person.createdAt),
            note: t('people.fact.changed', { date: formatDate(person.updatedAt) }),
          },
        ]
      : []),
    ...Object.entries(person.traits).map(([key, value]) => ({
      name: key,
      value:
        typeof value === 'boolean' ? (
          t(value ? 'common.yes' : 'common.no')
        ) : (
          <Stored>{typeof value === 'number' ? formatNumber(value) : value}</Stored>
        ),
    })),
  ];
  return (
    <Panel title={t('people.fact.title')}>
      <Facts facts={facts} />
    </Panel>
  );
};
