import { Alert, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyText } from '#platform/kit';

interface ShownOnceProps {
  readonly title: string;
  readonly hint: string;
  readonly icon: ReactNode;
  readonly value: string;
}

/** A secret or a link that nobody can ask for again: to be carried away now. */
export const ShownOnce = ({ title, hint, icon, value }: ShownOnceProps) => (
  <Alert color="teal" role="status" icon={icon} title={title}>
    <Stack gap="xs">
      <Text size="sm">{hint}</Text>
      <CopyText value={value} />
    </Stack>
  </Alert>
);
