import { randomId } from '@mantine/hooks';
import '@mantine/notifications/styles.layer.css';
import { Button, Group, Text } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { ApiError, errorWords } from '#platform/api';
import { say } from '#words';
import classes from './notify.module.css';

/** A short word that something happened; read out by screen readers, gone after six seconds. */
const tell = (message: string): void => {
  notifications.show({ message, autoClose: 6_000, withBorder: true });
};

/** Something happened and can be taken back: undo rather than confirm. */
const tellWithUndo = (message: string, undo: () => Promise<unknown>): void => {
  const id = randomId();
  notifications.show({
    id,
    autoClose: 12_000,
    withBorder: true,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="light"
          flex="none"
          onClick={() => {
            notifications.hide(id);
            undo().then(() => tell(say('common.undone')), tellError);
          }}
        >
          {say('common.undo')}
        </Button>
      </Group>
    ),
  });
};

/** For errors that belong to no field and no part of the page. */
const tellError = (error: unknown): void => {
  const { sentence, small } = errorWords(error);
  const id = error instanceof ApiError && error.requestId ? error.requestId : undefined;
  notifications.show({
    color: 'red',
    autoClose: 15_000,
    withBorder: true,
    title: say('common.error.title'),
    message: (
      <>
        <Text size="sm" c="var(--mantine-color-text)">
          {sentence}
        </Text>
        {small === null ? null : (
          <Text size="xs" lang="en" c="var(--mesure-quiet)">
            {small}
          </Text>
        )}
        {id ? (
          <Text size="xs" ff="monospace" c="var(--mesure-quiet)">
            {say('common.error.requestId', { id })}
          </Text>
        ) : null}
      </>
    ),
  });
};

/** Where notices appear, and how they are made. */
export const loaded = {
  Place: () => <Notifications position="bottom-right" className={classes.place} />,
  tell,
  tellWithUndo,
  tellError,
};
