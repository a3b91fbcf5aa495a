import { Button, Group, Stack, Text } from '@mantine/core';
import { sendRoutes } from '@mesure/contract/sends';
import { useInfiniteQuery } from '@tanstack/react-query';
import { pagesOf } from '#platform/api';
import { Empty, ErrorNotice, Loading } from '#platform/kit';
import { useWords } from '#words';
import { SendEntry } from './send-entry.tsx';

/** Every message to a person: why it came, or why it did not. */
export const MessagesTab = ({ id }: { readonly id: string }) => {
  const { t } = useWords();
  const sends = useInfiniteQuery(
    pagesOf(sendRoutes.listProfileSends, { cursor: 'cursor', params: { id }, query: { limit: 50 } }),
  );
  if (sends.error) return <ErrorNotice error={sends.error} onRetry={() => void sends.refetch()} />;
  const items = sends.data?.pages.flatMap((page) => page.items);
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
      {sends.hasNextPage ? (
        <Group>
          <Button
            variant="default"
            loading={sends.isFetchingNextPage}
            onClick={() => void sends.fetchNextPage()}
          >
            {t('common.more')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
};
