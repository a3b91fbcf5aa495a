import { Skeleton, Stack } from '@mantine/core';
import { useWords } from '#words';

/** Takes the room that the content will take, so that nothing jumps. */
export const Loading = ({
  lines = 6,
  height = 20,
}: {
  readonly lines?: number;
  /** Of a line: pixels, or a length of CSS. */
  readonly height?: number | string;
}) => {
  const { t } = useWords();
  return (
    <Stack gap="sm" role="status" aria-label={t('common.loading')}>
      {Array.from({ length: lines }, (_unused, line) => (
        // The lines of a skeleton are alike and never move.
        <Skeleton
          key={`line-${String(line)}`}
          height={height}
          width={lines > 1 && line === lines - 1 ? '60%' : '100%'}
        />
      ))}
    </Stack>
  );
};
