import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Page } from '#platform/kit';
import { useAsk } from '#platform/routing';
import { useWords } from '#words';
import { AudienceForm, type AudienceFormProps } from './audience-form.tsx';
import { AudiencesLink } from './audiences-link.tsx';
import type { RuleForm } from './rule-forms.tsx';
import type { Saving } from './use-saving.ts';

interface AudienceEditorProps extends Omit<AudienceFormProps, 'errors' | 'onForm' | 'readOnly'> {
  readonly title: string;
  readonly answer?: string;
  readonly others?: ReactNode;
  readonly menu?: ReactNode;
  readonly saving: Saving;
  readonly isSaving: boolean;
  readonly isSaved: boolean;
  readonly onSave: () => void;
}

/** The page of an audience, new or known: to be saved by its button or by Ctrl+S. */
export const AudienceEditor = (props: AudienceEditorProps) => {
  const { title, answer, others, menu, saving, isSaving, isSaved, onSave, ...form } = props;
  const { t } = useWords();
  const ask = useAsk<{ readonly form?: RuleForm | undefined }>();
  const { may, errors } = saving;
  const save = (): void => {
    if (may && !isSaving) onSave();
  };
  useHotkeys([['mod+S', save]], [], true);
  return (
    <Page
      wide
      title={title}
      above={<AudiencesLink />}
      others={others}
      answer={answer}
      actions={
        <>
          {menu}
          <Button
            onClick={save}
            loading={isSaving}
            disabled={!may || isSaved}
            title={may ? undefined : t('common.error.forbidden')}
          >
            {t('common.save')}
          </Button>
        </>
      }
    >
      <AudienceForm
        errors={errors}
        readOnly={!may}
        onForm={(next) => ask({ form: next === 'text' ? 'text' : undefined })}
        {...form}
      />
    </Page>
  );
};
