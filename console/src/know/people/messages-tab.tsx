import { Stack, Text } from '@mantine/core';
import { sendRoutes } from '@mesure/contract/sends';
import { pagesOf, usePages } from '#platform/api';
import { Empty, ErrorNotice, Loading, LoadMore } from '#platform/kit';
import { useWords } from '#words';
import { SendEntry } from './send-entry.tsx';

/** Every message to a person: why it came, or why it did not. */
export const MessagesTab = ({ id }: { readonly id: string }) => {
  const { t } = useWords();
  const { list } = usePages(
    pagesOf(sendRoutes.listProfileSends, { cursor: 'cursor', params: { id }, query: { limit: 50 } }),
  );
  const { rows: items, error, onRetry } = list;
  if (error) return <ErrorNotice error={error} onRetry={onRetry} />;
  if (!items) return <Loading lines={5} height={64} />;
  if (items.length === 0)
    return <Empty title={t('people.messages.empty')} hint={t('people.messages.emptyHint')} />;
  const came = items.filter(({ state }) => state === 'accepted').length;
  return (
    <Stack gap="md">
      <Text size="sm">
        {t('people.messages.came', { count: came })}{' '}
        {t('people.messages.stopped', {
          count: items.filter(({ state }) => state === 'blocked' || state === 'cancelled').length,
        })}
      </Text>
      {items.map((send) => (
        <SendEntry key={send.id} send={send} />
      ))}
      <LoadMore {...list} />
    </Stack>
  );
};
