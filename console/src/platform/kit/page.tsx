import { Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './page.module.css';

export interface PageProps {
  readonly title: string;
  /** The page's question answered in a sentence, with numbers and units. */
  readonly answer?: ReactNode;
  /** What one may do here: buttons, the deliberate one last. */
  readonly actions?: ReactNode;
  /** Above the title: where this belongs. */
  readonly above?: ReactNode;
  /** Who else is here (`OthersHere`), in the line above the title: its place is kept while nobody is. */
  readonly others?: ReactNode;
  /** Lists and editors use the whole width; texts and forms stay readable. */
  readonly wide?: boolean;
  readonly children?: ReactNode;
}

/** One page: its title becomes the document's, and takes the focus when somebody arrives by a link. */
export const Page = ({ title, answer, actions, above, others, wide = false, children }: PageProps) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Mesure`;
  }, [title]);
  useEffect(() => {
    const free = document.activeElement === document.body || document.activeElement === null;
    if (free) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Stack gap="lg" className={wide ? classes.wide : classes.page}>
      <Stack gap={4} component="header">
        {others ? (
          <Group justify="space-between" wrap="nowrap" gap="sm" className={classes.above}>
            <div>{above}</div>
            {others}
          </Group>
        ) : (
          above
        )}
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={4} className={classes.heading}>
            <Title order={1} ref={heading} tabIndex={-1} className={classes.title}>
              {title}
            </Title>
            {answer ? (
              <Text size="md" className={classes.answer} component="div">
                {answer}
              </Text>
            ) : null}
          </Stack>
          {actions ? (
            <Group gap="xs" className={classes.actions}>
              {actions}
            </Group>
          ) : null}
        </Group>
      </Stack>
      {children}
    </Stack>
  );
};
