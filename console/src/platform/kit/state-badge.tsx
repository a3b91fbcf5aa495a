import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheck,
  IconCircleDotted,
  IconCircleX,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type Tone, tones } from '#platform/theme';

const shapes = {
  neutral: IconCircleDotted,
  active: IconCircle,
  good: IconCircleCheck,
  caution: IconAlertTriangle,
  bad: IconCircleX,
} as const;

/** A state as shape, word and colour: never colour alone. */
export const StateBadge = ({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) => {
  const Shape = shapes[tone];
  return (
    <Badge
      variant="light"
      color={tones[tone]}
      c="var(--mantine-color-text)"
      tt="none"
      fw={500}
      leftSection={<Shape size={14} aria-hidden />}
    >
      {children}
    </Badge>
  );
};
