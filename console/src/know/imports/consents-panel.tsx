import { ActionIcon, Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { consentRoutes } from '@mesure/contract/consent';
import type { ImportGuess, ImportMapping } from '@mesure/contract/imports';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { Panel } from '#platform/kit';
import { useWords } from '#words';
import { AddConsent } from './add-consent.tsx';
import { usePurposes } from './use-purposes.ts';

interface ConsentsPanelProps {
  readonly guess: ImportGuess;
  readonly mapping: ImportMapping;
  readonly onChange: (mapping: ImportMapping) => void;
}

/** Consents that the file proves: nothing is taken for a yes that does not say so. */
export const ConsentsPanel = ({ guess, mapping, onChange }: ConsentsPanelProps) => {
  const { t } = useWords();
  const [opened, { open, close }] = useDisclosure(false);
  const { labelOf } = usePurposes();
  const { data: entities } = useQuery(queryOf(consentRoutes.listEntities));
  const noEntity = entities?.items.length === 0;
  return (
    <Panel
      title={t('imports.consents.title')}
      hint={t('imports.consents.hint')}
      actions={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={noEntity}
          onClick={open}
        >
          {t('imports.consents.add')}
        </Button>
      }
    >
      {mapping.simulation ? (
        <Alert color="yellow" title={t('imports.simulation.title')}>
          {t('imports.simulation.text')}
        </Alert>
      ) : null}
      {noEntity ? <Text size="sm">{t('imports.consents.noEntity')}</Text> : null}
      {mapping.consents.length === 0 ? (
        <Text size="sm">{t('imports.consents.none')}</Text>
      ) : (
        <Stack gap="xs">
          {mapping.consents.map((consent) => {
            const purpose = labelOf(consent.purpose);
            return (
              <Group key={`${consent.purpose} ${consent.column}`} justify="space-between" wrap="nowrap">
                <Text size="sm">
                  {t('imports.consents.line', { purpose, column: consent.column, date: consent.dateColumn })}
                </Text>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('imports.consents.remove', { purpose })}
                  onClick={() =>
                    onChange({ ...mapping, consents: mapping.consents.filter((one) => one !== consent) })
                  }
                >
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              </Group>
            );
          })}
        </Stack>
      )}
      <AddConsent
        opened={opened}
        onClose={close}
        header={guess.header}
        entities={entities?.items ?? []}
        onAdd={(consent) => onChange({ ...mapping, consents: [...mapping.consents, consent] })}
      />
    </Panel>
  );
};
