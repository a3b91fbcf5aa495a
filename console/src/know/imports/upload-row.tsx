import { ActionIcon, Alert, Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { formatBytes, formatDate } from '#platform/format';
import { ErrorNotice } from '#platform/kit';
import { useWords } from '#words';
import { forgetUpload, isUnderWay, sendAnyway, stopUpload, type Upload } from './uploads.ts';

const largeBytes = 200_000_000;

interface UploadRowProps {
  readonly upload: Upload;
  /** Told when a file that was held back goes, with the import that it goes to. */
  readonly onSent?: (importId: string) => void;
}

const useSaid = (upload: Upload): string => {
  const { t } = useWords();
  const { state, file } = upload;
  switch (state.is) {
    case 'sending':
      return state.sent >= file.size
        ? t('imports.upload.reading')
        : t('imports.upload.sending', { sent: formatBytes(state.sent), size: formatBytes(file.size) });
    case 'refused':
    case 'asks':
      return formatBytes(file.size);
    default:
      return t(`imports.upload.${state.is}`);
  }
};

/** One file on its way: how far it is, or what keeps it and what to do about it. */
export const UploadRow = ({ upload, onSent }: UploadRowProps) => {
  const { t } = useWords();
  const said = useSaid(upload);
  const { state, file } = upload;
  const { name } = file;
  const send = (): void => void sendAnyway(upload).then((id) => (id === null ? undefined : onSent?.(id)));
  return (
    <Stack gap={4} component="li">
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm" fw={500} truncate title={name}>
          {name}
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Text size="sm" c="var(--mesure-quiet)" style={{ whiteSpace: 'nowrap' }}>
            {said}
          </Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={
              isUnderWay(upload) ? t('imports.upload.cancel', { name }) : t('imports.upload.remove', { name })
            }
            onClick={() => (isUnderWay(upload) ? stopUpload(upload) : forgetUpload(upload))}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      {state.is === 'sending' ? (
        <Progress
          value={(100 * state.sent) / Math.max(1, file.size)}
          animated={state.sent >= file.size}
          aria-label={t('imports.upload.progress', { name })}
        />
      ) : null}
      {isUnderWay(upload) && file.size > largeBytes && !/\.gz$/i.test(name) ? (
        <Text size="xs" c="var(--mesure-quiet)">
          {t('imports.upload.large', { size: formatBytes(file.size) })}
        </Text>
      ) : null}
      {state.is === 'refused' ? (
        <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />}>
          {t(`imports.problem.${state.problem}`)}
        </Alert>
      ) : null}
      {state.is === 'asks' ? (
        <Alert color="yellow" role="alert" icon={<IconAlertTriangle aria-hidden />}>
          <Stack gap="xs">
            <Text size="sm">{t('imports.upload.known', { at: formatDate(state.known.createdAt) })}</Text>
            <Group gap="sm">
              <Button size="compact-sm" variant="default" onClick={() => forgetUpload(upload)}>
                {t('imports.upload.leaveOut')}
              </Button>
              <Button size="compact-sm" variant="default" onClick={send}>
                {t('imports.upload.anyway')}
              </Button>
              <Anchor
                size="sm"
                renderRoot={(props) => <Link to="/imports/$id" params={{ id: state.known.id }} {...props} />}
              >
                {t('imports.upload.knownLink')}
              </Anchor>
            </Group>
          </Stack>
        </Alert>
      ) : null}
      {state.is === 'failed' ? <ErrorNotice error={state.error} onRetry={send} /> : null}
      {state.is === 'cancelled' ? (
        <Group>
          <Button size="compact-sm" variant="default" onClick={send}>
            {t('imports.upload.again')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
};
