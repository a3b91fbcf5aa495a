import { Group, Tabs } from '@mantine/core';
import { profilesRoutes } from '@mesure/contract/profiles';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { queryOf } from '#platform/api';
import { ErrorNotice, Loading, Page, StateBadge } from '#platform/kit';
import { useWords } from '#words';
import { AnchorLink } from './anchor-link.tsx';
import { ConsentsTab } from './consents-tab.tsx';
import { MessagesTab } from './messages-tab.tsx';
import { nameOf } from './name.ts';
import { OrdersTab } from './orders-tab.tsx';
import { PersonFacts } from './person-facts.tsx';
import { ProductsTab } from './products-tab.tsx';
import { personRoute, personTabs } from './routes.ts';
import { Stored } from './stored.tsx';
import { TimelineTab } from './timeline-tab.tsx';

const panels = {
  timeline: TimelineTab,
  orders: OrdersTab,
  consents: ConsentsTab,
  products: ProductsTab,
  messages: MessagesTab,
} as const;

/** One person: who they are, what they did, what they agreed to, and what we did with it. */
export const PersonPage = () => {
  const { t } = useWords();
  const { id } = personRoute.useParams();
  const { tab = 'timeline' } = personRoute.useSearch();
  const navigate = useNavigate({ from: personRoute.fullPath });
  const person = useQuery(queryOf(profilesRoutes.getProfile, { params: { id } }));
  const above = (
    <AnchorLink to="/people" size="sm">
      {t('people.title')}
    </AnchorLink>
  );
  if (person.error)
    return (
      <Page title={t('people.title')} above={above}>
        <ErrorNotice error={person.error} onRetry={() => void person.refetch()} />
      </Page>
    );
  if (!person.data)
    return (
      <Page title={t('people.title')} above={above}>
        <Loading lines={8} height={32} />
      </Page>
    );
  const Shown = panels[tab];
  return (
    <Page
      title={nameOf(person.data) ?? t('people.nameless')}
      above={above}
      answer={
        <Group gap="xs">
          <Stored>{person.data.email ?? t('people.noAddress')}</Stored>
          {person.data.simulated ? <StateBadge tone="neutral">{t('common.simulated')}</StateBadge> : null}
        </Group>
      }
    >
      <PersonFacts person={person.data} />
      <Tabs
        value={tab}
        onChange={(next) =>
          void navigate({
            search: { tab: personTabs.find((known) => known === next) },
            replace: true,
            resetScroll: false,
          })
        }
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {personTabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`people.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Shown id={id} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
};
