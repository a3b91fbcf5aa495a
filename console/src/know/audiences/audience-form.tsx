import { Alert, Button, Grid, Stack, Textarea, TextInput } from '@mantine/core';
import type { FormErrors } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useWords } from '#words';
import { LiveCount } from './live-count.tsx';
import { vocabularyQuery } from './routes.ts';
import { type RuleForm, RuleForms } from './rule-forms.tsx';
import { nothingKnown } from './tree/fresh.ts';
import type { Editing } from './use-editing.ts';

export interface AudienceFormProps {
  readonly editing: Editing;
  readonly errors: FormErrors;
  readonly form: RuleForm;
  readonly onForm: (form: RuleForm) => void;
  readonly onDiscard: () => void;
  readonly readOnly: boolean;
  /** Notices above, and what only a saved audience has below. */
  readonly notices?: ReactNode;
  readonly below?: ReactNode;
}

/** Name, rule and what comes of it, side by side where there is room. */
export const AudienceForm = ({ editing, errors, readOnly, notices, below, ...rest }: AudienceFormProps) => {
  const { t } = useWords();
  const known = useQuery(vocabularyQuery).data ?? nothingKnown;
  return (
    <Stack gap="md">
      {editing.restored ? (
        <Alert color="gray">
          {t('common.draft.restored')}{' '}
          <Button size="compact-sm" variant="default" onClick={rest.onDiscard}>
            {t('common.draft.discard')}
          </Button>
        </Alert>
      ) : null}
      {notices}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="md">
            <TextInput
              label={t('audiences.name')}
              withAsterisk
              dir="auto"
              maxLength={120}
              readOnly={readOnly}
              value={editing.name}
              error={errors['name']}
              onChange={(event) => editing.rename(event.currentTarget.value)}
            />
            <Textarea
              label={`${t('audiences.description')} (${t('common.optional')})`}
              dir="auto"
              autosize
              minRows={1}
              maxRows={6}
              maxLength={2000}
              readOnly={readOnly}
              value={editing.description}
              error={errors['description']}
              onChange={(event) => editing.describe(event.currentTarget.value)}
            />
            <RuleForms
              editing={editing}
              known={known}
              form={rest.form}
              onForm={rest.onForm}
              readOnly={readOnly}
            />
            {below}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <LiveCount rule={editing.rule} known={known} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
};
