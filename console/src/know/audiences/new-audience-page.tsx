import { segmentsRoutes } from '@mesure/contract/segments';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { queryOf, useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { Loading, Page } from '#platform/kit';
import { useWords } from '#words';
import { AudienceEditor } from './audience-editor.tsx';
import { AudiencesLink } from './audiences-link.tsx';
import { newAudienceRoute } from './routes.ts';
import { everybody } from './tree/edit.ts';
import { type Typed, useEditing } from './use-editing.ts';
import { useSaving } from './use-saving.ts';

const Editor = ({ start, draftName }: { readonly start: Typed; readonly draftName: string }) => {
  const { t } = useWords();
  const navigate = useNavigate({ from: newAudienceRoute.fullPath });
  const { form = 'builder' } = newAudienceRoute.useSearch();
  const editing = useEditing(draftName, start, 0);
  const saving = useSaving(editing);
  const create = useCall(segmentsRoutes.createSegment, {
    onSuccess: ({ id, version, rule }, { body }) => {
      editing.saved({ ...body, rule }, version);
      tell(t('common.saved'));
      void navigate({ to: '/audiences/$id', params: { id }, search: { form }, replace: true });
    },
    onError: saving.refused,
  });
  const save = (): void => {
    const body = saving.check();
    if (body) create.mutate({ body });
  };
  return (
    <AudienceEditor
      title={t('audiences.newTitle')}
      editing={editing}
      saving={saving}
      isSaving={create.isPending}
      isSaved={false}
      onSave={save}
      form={form}
      onDiscard={() => editing.reset(start, 0)}
    />
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
      <Page wide title={t('audiences.newTitle')} above={<AudiencesLink />}>
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
