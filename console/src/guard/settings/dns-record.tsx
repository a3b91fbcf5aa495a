import { Code, Group, Stack, Text, Title } from '@mantine/core';
import type { dnsRecordSchema } from '@mesure/contract/sender';
import type { z } from 'zod';
import { CopyText, StateBadge } from '#platform/kit';
import type { Tone } from '#platform/theme';
import { currentLanguage, useWords } from '#words';

type Shown = z.output<typeof dnsRecordSchema>;

const tones: Readonly<Record<Shown['status'], Tone>> = {
  unchecked: 'neutral',
  ok: 'good',
  missing: 'bad',
  differs: 'caution',
  unreachable: 'caution',
};

/** One record to publish: name and value to copy, and what DNS answered. */
export const DnsRecord = ({ record }: { readonly record: Shown }) => {
  const { t } = useWords();
  const { purpose, type, name, value, status, found, advice } = record;
  return (
    <Stack gap={6} component="section" aria-label={t(`settings.signing.purposes.${purpose}`)}>
      <Group gap="sm">
        <Title order={3} size="h6">
          {t(`settings.signing.purposes.${purpose}`)} <Code>{type}</Code>
        </Title>
        <StateBadge tone={tones[status]}>{t(`settings.signing.status.${status}`)}</StateBadge>
      </Group>
      <Text size="sm">{advice[currentLanguage()]}</Text>
      <Text size="xs" fw={600}>
        {t('settings.signing.recordName')}
      </Text>
      <CopyText value={name} />
      <Text size="xs" fw={600}>
        {t('settings.signing.recordValue')}
      </Text>
      <CopyText value={value} />
      {found.length > 0 && status !== 'ok' ? (
        <>
          <Text size="xs" fw={600}>
            {t('settings.signing.found')}
          </Text>
          {found.map((text) => (
            <Code key={text} block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {text}
            </Code>
          ))}
        </>
      ) : null}
    </Stack>
  );
};
