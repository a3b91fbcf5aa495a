import { Button, Group, Stack, Text } from '@mantine/core';
import { senderRoutes } from '@mesure/contract/sender';
import { IconKey, IconWorldSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { queryOf, useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { formatDate } from '#platform/format';
import { ErrorNotice, Loading, Panel, StateBadge } from '#platform/kit';
import { useWords } from '#words';
import { DnsRecord } from './dns-record.tsx';
import type { SigningKey } from './signing-domains.ts';

interface SigningDomainProps {
  readonly domain: string;
  readonly keys: readonly SigningKey[];
  readonly writesFrom: boolean;
  readonly locked: string | undefined;
  readonly making: boolean;
  readonly onMakeKey: () => void;
}

/** One domain: its keys, the records to publish, and what DNS says of them. */
export const SigningDomain = (props: SigningDomainProps) => {
  const { domain, keys, writesFrom, locked, making, onMakeKey } = props;
  const { t } = useWords();
  const disabled = locked !== undefined;
  const records = useQuery(queryOf(senderRoutes.readDnsRecords, { query: { domain } }));
  const check = useCall(senderRoutes.checkDnsRecords, { refreshes: [] });
  const activate = useCall(senderRoutes.activateDkimKey, {
    refreshes: ['sender'],
    onSuccess: () => tell(t('settings.signing.activated')),
  });
  const shown = check.data?.records ?? records.data?.records ?? [];
  const signs = keys.some(({ active }) => active);
  return (
    <Panel
      title={domain}
      actions={
        <StateBadge tone={signs ? 'good' : 'caution'}>
          {signs ? t('settings.signing.signed') : t('settings.signing.unsigned')}
        </StateBadge>
      }
      hint={writesFrom ? undefined : t('settings.signing.unused')}
    >
      <Stack gap="xs">
        {keys.map((key) => (
          <Group key={key.id} justify="space-between" gap="sm">
            <Text size="sm">
              {t('settings.signing.key', { selector: key.selector, at: formatDate(key.createdAt) })}
            </Text>
            {key.active ? (
              <Text size="sm">{t('settings.signing.active')}</Text>
            ) : (
              <Button
                size="compact-sm"
                variant="default"
                disabled={disabled}
                title={locked}
                loading={activate.isPending}
                onClick={() => activate.mutate({ params: { id: key.id }, body: {} })}
              >
                {t('settings.signing.activate')}
              </Button>
            )}
          </Group>
        ))}
        {keys.length === 0 ? <Text size="sm">{t('settings.signing.noKey')}</Text> : null}
      </Stack>
      <ErrorNotice error={activate.error ?? check.error ?? records.error} />
      {records.isPending ? <Loading lines={3} height={60} /> : null}
      <Stack gap="md">
        {shown.map((record) => (
          <DnsRecord key={`${record.purpose} ${record.name}`} record={record} />
        ))}
      </Stack>
      <Group gap="sm">
        <Button
          variant="default"
          disabled={disabled}
          title={locked}
          loading={check.isPending}
          leftSection={<IconWorldSearch size={18} aria-hidden />}
          onClick={() => check.mutate({ body: { domain } })}
        >
          {t('settings.signing.check')}
        </Button>
        <Button
          variant={keys.length === 0 ? 'filled' : 'subtle'}
          disabled={disabled}
          title={locked}
          loading={making}
          leftSection={<IconKey size={18} aria-hidden />}
          onClick={onMakeKey}
        >
          {keys.length === 0 ? t('settings.signing.make') : t('settings.signing.renew')}
        </Button>
      </Group>
    </Panel>
  );
};
