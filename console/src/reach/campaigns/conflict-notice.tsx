import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { CampaignBody } from '@mesure/contract/campaigns';
import { formatInstant, formatList } from '#platform/format';
import { useWords } from '#words';
import { differences } from './differences.ts';
import { toDefinition } from './form-values.ts';
import type { Editing } from './use-editing.ts';

/** Two people changed it: who, when, where they differ, and both ways on. Nothing is lost before one is chosen. */
export const ConflictNotice = ({
  theirs,
  editing,
}: {
  readonly theirs: CampaignBody;
  readonly editing: Editing;
}) => {
  const { t } = useWords();
  const parts = differences(toDefinition(editing.form.values, editing.timeZone), theirs);
  return (
    <Alert color="yellow" role="alert" title={t('common.error.conflict')}>
      <Stack gap="xs">
        <Text size="sm">
          {t('campaigns.edit.conflict.who', {
            name: theirs.lastEditor.name,
            at: formatInstant(theirs.updatedAt),
          })}
        </Text>
        {parts.length > 0 ? (
          <Text size="sm">
            {t('campaigns.edit.conflict.where', {
              parts: formatList(parts.map((part) => t(`campaigns.part.${part}`))),
            })}
          </Text>
        ) : null}
        <Group gap="sm">
          <Button size="xs" variant="default" onClick={editing.takeTheirs} disabled={editing.saving}>
            {t('campaigns.edit.conflict.theirs')}
          </Button>
          <Button size="xs" onClick={() => void editing.keepMine()} loading={editing.saving}>
            {t('campaigns.edit.conflict.mine')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
};
