import { Alert, Box, Group, Text } from '@mantine/core';
import type { DraftPreview, MessageSourceBody } from '@mesure/contract/messages';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { ApiError } from '#platform/api';
import { ErrorNotice, Loading, MailFrame, Panel } from '#platform/kit';
import { useWords } from '#words';
import { CheckNotice } from './check-notice.tsx';
import { Choice } from './choice.tsx';
import classes from './messages.module.css';
import { ReaderPicker } from './reader-picker.tsx';
import type { Readers } from './use-readers.ts';
import { usePreview } from './use-reading.ts';

const widths = { desktop: 680, phone: 375 } as const;
const height = 620;

interface PreviewPanelProps {
  readonly source: MessageSourceBody;
  readonly readers: Readers;
}

/** One real person's message: on a screen or a phone, in a light or a dark mail client, as HTML or as text. */
export const PreviewPanel = ({ source, readers }: PreviewPanelProps) => {
  const { t, i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const [device, setDevice] = useState<keyof typeof widths>('desktop');
  const [look, setLook] = useState<'light' | 'dark'>('light');
  const [part, setPart] = useState<'message' | 'text'>('message');
  const preview = usePreview(source, readers.list === undefined ? undefined : (readers.current?.id ?? null));
  const [good, setGood] = useState<Extract<DraftPreview, { ok: true }>>();
  const shown = preview.error ? undefined : preview.data?.items[0];
  useEffect(() => {
    if (shown?.ok) setGood(shown);
  }, [shown]);
  const broken = preview.error instanceof ApiError && preview.error.details?.['reason'] === 'not_compiled';
  const drawn = shown?.ok ? shown : broken ? good : undefined;
  const name = readers.current?.name ?? t('messages.preview.nobody');
  return (
    <Panel title={t('messages.preview.title')}>
      <ReaderPicker readers={readers} />
      <Group gap="xs">
        <Choice
          label={t('messages.preview.part')}
          value={part}
          onChange={setPart}
          options={[
            ['message', t('messages.preview.message')],
            ['text', t('messages.preview.text')],
          ]}
        />
        <Choice
          label={t('messages.preview.device')}
          value={device}
          onChange={setDevice}
          options={[
            ['desktop', t('messages.preview.desktop')],
            ['phone', t('messages.preview.phone')],
          ]}
        />
        <Choice
          label={t('messages.preview.look')}
          value={look}
          onChange={setLook}
          options={[
            ['light', t('messages.preview.light')],
            ['dark', t('messages.preview.dark')],
          ]}
        />
      </Group>
      <CheckNotice source={source} readers={readers} />
      <Box mih={height}>
        {source.mjml === '' ? <Text size="sm">{t('messages.preview.empty')}</Text> : null}
        {broken ? (
          <Alert color="yellow" role="status" mb="sm" icon={<IconAlertTriangle aria-hidden />}>
            {good ? t('messages.preview.broken') : t('messages.preview.brokenFirst')}
          </Alert>
        ) : preview.error ? (
          <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />
        ) : null}
        {shown && !shown.ok ? (
          <Alert
            color="red"
            role="status"
            icon={<IconAlertTriangle aria-hidden />}
            title={t('messages.preview.fails')}
            classNames={{ title: classes.alertTitle }}
          >
            {shown.error.message[language]}
          </Alert>
        ) : null}
        {!preview.data && !preview.error && source.mjml !== '' ? <Loading lines={1} height={height} /> : null}
        {drawn ? (
          <div className={shown ? undefined : classes.earlier}>
            <Text size="sm" mb="xs" className={classes.code}>
              <Text span size="sm" c="var(--mesure-quiet)">{`${t('messages.preview.subject')} `}</Text>
              <strong>{drawn.subject}</strong>
            </Text>
            {part === 'message' ? (
              <MailFrame
                html={drawn.html}
                title={t('messages.preview.of', { name })}
                width={widths[device]}
                height={height}
                dark={look === 'dark'}
              />
            ) : (
              <pre className={classes.plain} tabIndex={0} style={{ height }}>
                {drawn.text}
              </pre>
            )}
          </div>
        ) : null}
      </Box>
      <Text size="xs" c="var(--mesure-quiet)">
        {t('messages.preview.images')}
      </Text>
    </Panel>
  );
};
