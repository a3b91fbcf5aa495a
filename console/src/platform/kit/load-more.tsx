import { Button, Group } from '@mantine/core';
import { useWords } from '#words';

interface LoadMoreProps {
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  readonly loadingMore: boolean;
}

/** Below what comes in pages, where scrolling does not bring the next one. */
export const LoadMore = ({ hasMore, loadMore, loadingMore }: LoadMoreProps) => {
  const { t } = useWords();
  return hasMore ? (
    <Group justify="center">
      <Button variant="default" loading={loadingMore} onClick={loadMore}>
        {t('common.more')}
      </Button>
    </Group>
  ) : null;
};
