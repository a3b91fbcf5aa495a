import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { printRule } from '@mesure/contract/rule-text';
import type { Rule, SegmentBody } from '@mesure/contract/segments';
import { useState } from 'react';
import { isolated } from '#know/people';
import { formatInstant } from '#platform/format';
import { DiffView } from '#platform/kit';
import { useWords } from '#words';

interface ConflictNoticeProps {
  readonly theirs: SegmentBody;
  readonly mine: Rule;
  readonly onTheirs: () => void;
  readonly onMine: () => void;
}

const WIDTH = 60;

/** Somebody saved in the meantime: both rules side by side, and the choice between them. */
export const ConflictNotice = ({ theirs, mine, onTheirs, onMine }: ConflictNoticeProps) => {
  const { t } = useWords();
  const [compared, setCompared] = useState(false);
  return (
    <Alert
      color="yellow"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      role="alert"
      title={t('common.error.conflict')}
    >
      <Stack gap="sm">
        <Text size="sm">
          {t(theirs.updatedBy ? 'audiences.conflict.by' : 'audiences.conflict.text', {
            who: isolated(theirs.updatedBy?.name ?? ''),
            name: isolated(theirs.name),
            version: theirs.version,
            date: formatInstant(theirs.updatedAt),
          })}
        </Text>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => setCompared(!compared)}>
            {t(compared ? 'audiences.conflict.hide' : 'audiences.conflict.compare')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onTheirs}>
            {t('audiences.conflict.theirs')}
          </Button>
          <Button size="compact-sm" onClick={onMine}>
            {t('audiences.conflict.mine')}
          </Button>
        </Group>
        {compared ? (
          <DiffView
            label={t('audiences.conflict.label')}
            before={printRule(theirs.rule, { width: WIDTH })}
            after={printRule(mine, { width: WIDTH })}
          />
        ) : null}
      </Stack>
    </Alert>
  );
};
