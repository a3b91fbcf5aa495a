import { Button, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { senderRoutes } from '@mesure/contract/sender';
import { IconKey } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryOf, useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { Empty, ErrorNotice, Loading, Panel, validateWith } from '#platform/kit';
import { useWords } from '#words';
import { useLocked } from './may-change.ts';
import { SettingsPage } from './settings-page.tsx';
import { SigningDomain } from './signing-domain.tsx';
import { domainsOf } from './signing-domains.ts';

/** The signatures by which mail servers know that a message is ours, and the DNS records behind them. */
export const SigningPage = () => {
  const { t } = useWords();
  const locked = useLocked('admin');
  const { data, error, isPending, refetch } = useQuery(queryOf(senderRoutes.readSender));
  const domains = data ? domainsOf(data) : [];
  // The records stand above the buttons: until they are there, so is nothing that one could press.
  const records = useQueries({
    queries: domains.map(({ domain }) => queryOf(senderRoutes.readDnsRecords, { query: { domain } })),
  });
  const [shown, setShown] = useState(false);
  if (!shown && !isPending && records.every((one) => !one.isPending)) setShown(true);
  const form = useForm({
    initialValues: { domain: '' },
    validate: validateWith(senderRoutes.createDkimKey.body, { domain: t('settings.signing.domainWrong') }),
  });
  const create = useCall(senderRoutes.createDkimKey, {
    refreshes: ['sender'],
    onSuccess: ({ key }) => {
      form.reset();
      tell(t('settings.signing.made', { domain: key.domain }));
    },
  });
  return (
    <SettingsPage section="signing" locked={locked}>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {shown ? null : <Loading lines={8} height={36} />}
      {data && domains.length === 0 ? (
        <Empty title={t('settings.signing.empty')} hint={t('settings.signing.emptyHint')} />
      ) : null}
      {shown
        ? domains.map(({ domain, keys, writesFrom }) => (
            <SigningDomain
              key={domain}
              domain={domain}
              keys={keys}
              writesFrom={writesFrom}
              locked={locked}
              making={create.isPending}
              onMakeKey={() => create.mutate({ body: { domain } })}
            />
          ))
        : null}
      <ErrorNotice error={create.error} />
      {shown ? (
        <Panel title={t('settings.signing.other')} hint={t('settings.signing.otherHint')}>
          <form noValidate onSubmit={form.onSubmit((body) => create.mutate({ body }))}>
            <Group align="flex-start" gap="sm">
              <TextInput
                label={t('settings.signing.domain')}
                placeholder="news.shop.example"
                autoComplete="off"
                disabled={locked !== undefined}
                miw={260}
                {...form.getInputProps('domain')}
              />
              <Button
                type="submit"
                mt={25}
                variant="default"
                disabled={locked !== undefined}
                loading={create.isPending}
                leftSection={<IconKey size={18} aria-hidden />}
              >
                {t('settings.signing.make')}
              </Button>
            </Group>
          </form>
        </Panel>
      ) : null}
    </SettingsPage>
  );
};
