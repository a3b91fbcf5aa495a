import { SegmentedControl, SimpleGrid } from '@mantine/core';
import { messagesRoutes } from '@mesure/contract/messages';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { AnchorLink } from '#know/people';
import { queryOf, useCall } from '#platform/api';
import { tellError } from '#platform/feedback';
import { Page } from '#platform/kit';
import { useMay } from '#platform/session';
import { useWords } from '#words';
import type { MessageLanguage } from './draft.ts';
import { newMessageRoute } from './routes.ts';
import { StarterCard } from './starter-card.tsx';

/** Templates to start from, shown as they look. */
export const StartersPage = () => {
  const { t, i18n } = useWords();
  const navigate = useNavigate();
  const may = useMay('marketer', 'admin');
  const search = newMessageRoute.useSearch();
  const language: MessageLanguage = search.language ?? (i18n.language === 'fr' ? 'fr' : 'en');
  const { data } = useSuspenseQuery(queryOf(messagesRoutes.listMessageStarters));
  const create = useCall(messagesRoutes.createMessage, {
    onError: tellError,
    onSuccess: ({ message }) => navigate({ to: '/messages/$id', params: { id: message.id }, replace: true }),
  });
  return (
    <Page
      title={t('messages.new.title')}
      answer={t('messages.new.answer')}
      above={
        <AnchorLink to="/messages" size="sm">
          {t('shell.places.messages')}
        </AnchorLink>
      }
      actions={
        <SegmentedControl
          aria-label={t('messages.new.language')}
          value={language}
          onChange={(value) =>
            void navigate({
              to: '/messages/new',
              search: { language: value === 'fr' ? 'fr' : 'en' },
              replace: true,
            })
          }
          data={(['en', 'fr'] as const).map((value) => ({ value, label: t(`messages.language.${value}`) }))}
        />
      }
      wide
    >
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} maw={1400}>
        {data.items
          .filter((starter) => starter.language === language)
          .map(({ key, name, ...source }) => (
            <StarterCard
              key={key}
              name={name}
              source={source}
              starting={create.isPending && create.variables.body.name === name}
              onStart={() => {
                if (may && !create.isPending) create.mutate({ body: { name, ...source } });
              }}
            />
          ))}
      </SimpleGrid>
    </Page>
  );
};
