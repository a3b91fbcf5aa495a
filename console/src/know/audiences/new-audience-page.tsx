import { Button } from '@mantine/core';
import type { FormErrors } from '@mantine/form';
import { useHotkeys } from '@mantine/hooks';
import { segmentsRoutes } from '@mesure/contract/segments';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { AnchorLink } from '#know/people';
import { queryOf, useCall } from '#platform/api';
import { tell, tellError } from '#platform/feedback';
import { fieldsRefused, Loading, Page, validateWith } from '#platform/kit';
import { useMay } from '#platform/session';
import { useWords } from '#words';
import { AudienceForm } from './audience-form.tsx';
import { nameTaken } from './refusals.ts';
import { newAudienceRoute } from './routes.ts';
import { everybody } from './tree/edit.ts';
import { type Typed, useEditing } from './use-editing.ts';

const Editor = ({ start, draftName }: { readonly start: Typed; readonly draftName: string }) => {
  const { t } = useWords();
  const may = useMay('marketer', 'approver', 'admin');
  const navigate = useNavigate({ from: newAudienceRoute.fullPath });
  const { form = 'builder' } = newAudienceRoute.useSearch();
  const editing = useEditing(draftName, start, 0);
  const [errors, setErrors] = useState<FormErrors>({});
  const create = useCall(segmentsRoutes.createSegment, {
    onSuccess: ({ id, version }) => {
      editing.saved(version);
      tell(t('common.saved'));
      void navigate({ to: '/audiences/$id', params: { id }, search: { form }, replace: true });
    },
    onError: (error) => {
      const refused = { ...fieldsRefused(error), ...nameTaken(error) };
      setErrors(refused);
      if (Object.keys(refused).length === 0) tellError(error);
    },
  });
  const save = (): void => {
    if (!may || create.isPending) return;
    const body = { name: editing.name, description: editing.description, rule: editing.rule };
    const found = validateWith(segmentsRoutes.createSegment.body)(body);
    setErrors(found);
    if (editing.unread || Object.keys(found).some((path) => path.startsWith('rule')))
      tell(t('audiences.notWhole'));
    else if (Object.keys(found).length === 0) create.mutate({ body });
  };
  useHotkeys([['mod+S', save]], [], true);
  return (
    <Page
      wide
      title={t('audiences.newTitle')}
      above={
        <AnchorLink to="/audiences" size="sm">
          {t('audiences.title')}
        </AnchorLink>
      }
      actions={
        <Button
          onClick={save}
          loading={create.isPending}
          disabled={!may}
          title={may ? undefined : t('common.error.forbidden')}
        >
          {t('common.save')}
        </Button>
      }
    >
      <AudienceForm
        editing={editing}
        errors={errors}
        form={form}
        readOnly={!may}
        onForm={(next) =>
          void navigate({
            search: (before) => ({ ...before, form: next === 'text' ? 'text' : undefined }),
            replace: true,
            resetScroll: false,
          })
        }
        onDiscard={() => editing.reset(start, 0)}
      />
    </Page>
  );
};

/** A new audience, empty or as a copy of another one. */
export const NewAudiencePage = () => {
  const { t } = useWords();
  const { from } = newAudienceRoute.useSearch();
  const origin = useQuery({
    ...queryOf(segmentsRoutes.getSegment, { params: { id: from ?? '' } }),
    enabled: from !== undefined,
  });
  if (from !== undefined && origin.isPending)
    return (
      <Page title={t('audiences.newTitle')}>
        <Loading lines={8} height={32} />
      </Page>
    );
  const start: Typed = origin.data
    ? {
        name: t('audiences.copyOf', { name: origin.data.name }).slice(0, 120),
        description: origin.data.description,
        rule: origin.data.rule,
        text: null,
      }
    : { name: '', description: '', rule: everybody(), text: null };
  const draftName = `segment/new/${from ?? ''}`;
  return <Editor key={draftName} start={start} draftName={draftName} />;
};
