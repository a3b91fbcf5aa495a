import { type SegmentBody, segmentsRoutes } from '@mesure/contract/segments';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { queryOf, refresh, useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { formatInstant } from '#platform/format';
import { ErrorNotice, Loading, Page } from '#platform/kit';
import { OthersHere } from '#platform/live';
import { useWords } from '#words';
import { AudienceEditor } from './audience-editor.tsx';
import { AudienceMenu } from './audience-menu.tsx';
import { AudiencesLink } from './audiences-link.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { wasChanged } from './refusals.ts';
import { audienceRoute } from './routes.ts';
import { SizeOverTime } from './size-over-time.tsx';
import { typedOf, useEditing } from './use-editing.ts';
import { useSaving } from './use-saving.ts';

const Editor = ({ segment }: { readonly segment: SegmentBody }) => {
  const { t } = useWords();
  const { form = 'builder' } = audienceRoute.useSearch();
  const editing = useEditing(`segment/${segment.id}`, typedOf(segment), segment.version);
  const saving = useSaving(editing);
  const update = useCall(segmentsRoutes.updateSegment, {
    refreshes: [],
    onSuccess: async ({ version, rule }, { body }) => {
      editing.saved({ ...body, rule }, version);
      tell(t('common.saved'));
      await refresh('segments', 'home');
    },
    onError: (error) => {
      if (wasChanged(error)) void refresh('segments');
      else saving.refused(error);
    },
  });
  const { base, dirty, reset } = editing;
  const newer = segment.version > base && !update.isPending;
  useEffect(() => {
    if (newer && !dirty) reset(typedOf(segment), segment.version);
  }, [newer, dirty, reset, segment]);
  const save = (version = base): void => {
    const definition = saving.check();
    if (definition) update.mutate({ params: { id: segment.id }, body: { ...definition, version } });
  };
  return (
    <AudienceEditor
      title={segment.name}
      answer={t('audiences.changedAt', { date: formatInstant(segment.updatedAt), version: segment.version })}
      others={<OthersHere kind="segment" id={segment.id} />}
      menu={<AudienceMenu segment={segment} />}
      editing={editing}
      saving={saving}
      isSaving={update.isPending}
      isSaved={!dirty}
      onSave={() => save()}
      form={form}
      onDiscard={() => reset(typedOf(segment), segment.version)}
      notices={
        newer && dirty ? (
          <ConflictNotice
            theirs={segment}
            mine={editing.rule}
            onTheirs={() => reset(typedOf(segment), segment.version)}
            onMine={() => {
              editing.rebase(segment.version);
              save(segment.version);
            }}
          />
        ) : null
      }
      below={<SizeOverTime id={segment.id} />}
    />
  );
};

/** One audience: its rule, whom it gives now, and how its size changed. */
export const AudiencePage = () => {
  const { t } = useWords();
  const { id } = audienceRoute.useParams();
  const segment = useQuery(queryOf(segmentsRoutes.getSegment, { params: { id } }));
  if (segment.data) return <Editor key={id} segment={segment.data} />;
  return (
    <Page wide title={t('audiences.title')} above={<AudiencesLink />}>
      {segment.error ? (
        <ErrorNotice error={segment.error} onRetry={() => void segment.refetch()} />
      ) : (
        <Loading lines={8} height={32} />
      )}
    </Page>
  );
};
