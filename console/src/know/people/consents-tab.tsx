import { Button, Group, Stack, Text } from '@mantine/core';
import { consentRoutes } from '@mesure/contract/consent';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryOf } from '#platform/api';
import { formatDate } from '#platform/format';
import { Empty, ErrorNotice, Loading, Panel, StateBadge } from '#platform/kit';
import { useWords } from '#words';
import { AddConsent } from './add-consent.tsx';
import { ConsentProof } from './consent-proof.tsx';
import { useEntities, usePurposes } from './purposes.ts';
import { byPurpose, type PurposeHistory } from './standing.ts';
import { WithdrawConsent } from './withdraw-consent.tsx';

/** What a person agreed to, with the proof of each yes and each no. */
export const ConsentsTab = ({ id }: { readonly id: string }) => {
  const { t } = useWords();
  const { nameOf } = usePurposes();
  const entities = useEntities();
  const [adding, setAdding] = useState(false);
  const [withdrawing, setWithdrawing] = useState<PurposeHistory | null>(null);
  const consents = useQuery(queryOf(consentRoutes.listConsents, { params: { id } }));
  if (consents.error) return <ErrorNotice error={consents.error} onRetry={() => void consents.refetch()} />;
  if (!consents.data) return <Loading lines={6} height={48} />;
  const histories = byPurpose(consents.data.items);
  const add = <Button onClick={() => setAdding(true)}>{t('people.consents.add')}</Button>;
  return (
    <Stack gap="md">
      {histories.length === 0 ? (
        <Empty title={t('people.consents.empty')} hint={t('people.consents.emptyHint')} action={add} />
      ) : (
        <Group>{add}</Group>
      )}
      {histories.map((history) => {
        const { purpose, entityId, entries, standing } = history;
        const entity = entities.find((each) => each.id === entityId);
        return (
          <Panel
            key={`${entityId} ${purpose}`}
            title={nameOf(purpose)}
            {...(entity ? { hint: t('people.consents.to', { name: entity.name }) } : {})}
            actions={
              <Group gap="sm">
                <StateBadge
                  tone={standing === undefined ? 'neutral' : standing.state === 'granted' ? 'good' : 'bad'}
                >
                  {standing === undefined
                    ? t('people.consents.nothingStands')
                    : t(`people.consents.${standing.state}Since`, { date: formatDate(standing.at) })}
                </StateBadge>
                {standing?.state === 'granted' ? (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={t('people.consents.withdrawOf', { purpose: nameOf(purpose) })}
                    onClick={() => setWithdrawing(history)}
                  >
                    {t('people.consents.withdraw')}
                  </Button>
                ) : null}
              </Group>
            }
          >
            <Stack gap="md" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
              {entries.map((entry) => (
                <li key={entry.id}>
                  <ConsentProof entry={entry} />
                </li>
              ))}
            </Stack>
          </Panel>
        );
      })}
      <Text size="sm" c="var(--mesure-quiet)">
        {t('people.consents.ledger')}
      </Text>
      <AddConsent id={id} opened={adding} onClose={() => setAdding(false)} />
      <WithdrawConsent id={id} history={withdrawing} onClose={() => setWithdrawing(null)} />
    </Stack>
  );
};
