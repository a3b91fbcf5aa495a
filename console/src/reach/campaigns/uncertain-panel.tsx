import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { type SendItem, sendRoutes } from '@mesure/contract/sends';
import { useState } from 'react';
import { pagesOf, usePages } from '#platform/api';
import { formatInstant } from '#platform/format';
import { ErrorNotice, Loading, LoadMore, Panel, PlaceLink } from '#platform/kit';
import { reasonWords } from '#platform/reasons';
import { useMay } from '#platform/session';
import { useWords } from '#words';
import { SettleDialog } from './settle-dialog.tsx';

/** Sends of which nobody knows whether they arrived: never sent again by themselves, settled by a person. */
export const UncertainPanel = ({ id, count }: { readonly id: string; readonly count: number }) => {
  const { t } = useWords();
  const may = useMay('marketer', 'admin');
  const [settling, setSettling] = useState<{ send: SendItem; as: 'accepted' | 'cancelled' } | null>(null);
  const { list } = usePages(
    pagesOf(sendRoutes.listCampaignSends, {
      cursor: 'cursor',
      params: { id },
      query: { state: 'uncertain', limit: 50 },
    }),
  );
  return (
    <Panel title={t('campaigns.uncertain.title')} hint={t('campaigns.uncertain.hint')}>
      <ErrorNotice error={list.error} />
      {may ? null : <Text size="sm">{t('campaigns.needsMarketer')}</Text>}
      {list.rows || list.error ? null : <Loading lines={Math.min(count, 50)} height={44} />}
      <Table.ScrollContainer minWidth={480}>
        <Table>
          <Table.Tbody>
            {list.rows?.map((send) => (
              <Table.Tr key={send.id}>
                <Table.Td>
                  <Stack gap={2}>
                    <PlaceLink to={`/people/${send.profileId}`}>
                      {send.person ?? t('campaigns.sends.person', { id: send.profileId.slice(-8) })}
                    </PlaceLink>
                    <Text size="xs" c="var(--mesure-quiet)">
                      {send.attemptingAt ? formatInstant(send.attemptingAt) : ''}{' '}
                      {send.detail ?? (send.reason ? reasonWords(send.reason) : '')}
                    </Text>
                  </Stack>
                </Table.Td>
                <Table.Td>
                  <Group gap="xs" justify="flex-end">
                    <Button
                      size="xs"
                      variant="default"
                      disabled={!may}
                      onClick={() => setSettling({ send, as: 'accepted' })}
                    >
                      {t('campaigns.uncertain.accepted')}
                    </Button>
                    <Button
                      size="xs"
                      variant="default"
                      disabled={!may}
                      onClick={() => setSettling({ send, as: 'cancelled' })}
                    >
                      {t('campaigns.uncertain.cancelled')}
                    </Button>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <LoadMore {...list} />
      <SettleDialog settling={settling} onClose={() => setSettling(null)} />
    </Panel>
  );
};
