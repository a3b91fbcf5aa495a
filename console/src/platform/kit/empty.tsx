import { Center, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export interface EmptyProps {
  readonly title: string;
  /** What this place is for and what the next step is. */
  readonly hint?: ReactNode;
  readonly action?: ReactNode;
}

/** A place with nothing in it yet: it teaches its next step. */
export const Empty = ({ title, hint, action }: EmptyProps) => (
  <Center mih={240} p="md">
    <Stack align="center" gap="sm" maw={520}>
      <Title order={2} size="h4" ta="center">
        {title}
      </Title>
      {hint ? (
        <Text size="sm" ta="center" c="var(--mesure-quiet)" component="div">
          {hint}
        </Text>
      ) : null}
      {action}
    </Stack>
  </Center>
);
