import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { MailFrame } from '#platform/kit';
import { useWords } from '#words';

const widths = { desktop: 720, phone: 375 } as const;

/** The message as its reader sees it: on a screen or a phone, in a light or a dark mail client. */
export const MailShown = ({ html }: { readonly html: string }) => {
  const { t } = useWords();
  const [device, setDevice] = useState<keyof typeof widths>('desktop');
  const [look, setLook] = useState<'light' | 'dark'>('light');
  if (html === '') return <Text size="sm">{t('catcher.noHtml')}</Text>;
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <SegmentedControl
          size="xs"
          aria-label={t('catcher.device')}
          value={device}
          onChange={(value) => setDevice(value === 'phone' ? 'phone' : 'desktop')}
          data={(['desktop', 'phone'] as const).map((value) => ({ value, label: t(`catcher.${value}`) }))}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('catcher.look')}
          value={look}
          onChange={(value) => setLook(value === 'dark' ? 'dark' : 'light')}
          data={(['light', 'dark'] as const).map((value) => ({ value, label: t(`catcher.${value}`) }))}
        />
      </Group>
      <MailFrame
        html={html}
        title={t('catcher.frame')}
        width={widths[device]}
        height={720}
        dark={look === 'dark'}
        links
      />
      <Text size="xs" c="var(--mesure-quiet)">
        {t('catcher.images')}
      </Text>
    </Stack>
  );
};
