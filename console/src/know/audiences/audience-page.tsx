import { Alert, Button } from '@mantine/core';
import type { FormErrors } from '@mantine/form';
import { useHotkeys } from '@mantine/hooks';
import { type SegmentBody, segmentsRoutes } from '@mesure/contract/segments';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { AnchorLink } from '#know/people';
import { queryOf, refresh, useCall } from '#platform/api';
import { tell, tellError } from '#platform/feedback';
import { formatInstant, formatList } from '#platform/format';
import { ErrorNotice, fieldsRefused, Loading, Page, validateWith } from '#platform/kit';
import { usePresence } from '#platform/live';
import { useMay } from '#platform/session';
import { useWords } from '#words';
import { AudienceForm } from './audience-form.tsx';
import { AudienceMenu } from './audience-menu.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { nameTaken, wasChanged } from './refusals.ts';
import { audienceRoute } from './routes.ts';
import { SizeOverTime } from './size-over-time.tsx';
import { type Typed, useEditing } from './use-editing.ts';

const typedOf = ({ name, description, rule }: SegmentBody): Typed => ({
  name,
  description,
  rule,
  text: null,
});

const Editor = ({ segment }: { readonly segment: SegmentBody }) => {
  const { t } = useWords();
  const may = useMay('marketer', 'approver', 'admin');
  const navigate = useNavigate({ from: audienceRoute.fullPath });
  const { form = 'builder' } = audienceRoute.useSearch();
  const editing = useEditing(`segment/${segment.id}`, typedOf(segment), segment.version);
  const others = usePresence('segment', segment.id);
  const [errors, setErrors] = useState<FormErrors>({});
  const update = useCall(segmentsRoutes.updateSegment, {
    refreshes: [],
    onSuccess: async ({ version }) => {
      editing.saved(version);
      tell(t('common.saved'));
      await refresh('segments', 'home');
    },
    onError: (error) => {
      if (wasChanged(error)) {
        void refresh('segments');
        return;
      }
      const refused = { ...fieldsRefused(error), ...nameTaken(error) };
      setErrors(refused);
      if (Object.keys(refused).length === 0) tellError(error);
    },
  });
  const { base, dirty, reset } = editing;
  const newer = segment.version > base && !update.isPending;
  useEffect(() => {
    if (newer && !dirty) reset(typedOf(segment), segment.version);
  }, [newer, dirty, reset, segment]);
  const save = (version = base): void => {
    if (!may || update.isPending) return;
    const body = { version, name: editing.name, description: editing.description, rule: editing.rule };
    const found = validateWith(segmentsRoutes.updateSegment.body)(body);
    setErrors(found);
    if (editing.unread || Object.keys(found).some((path) => path.startsWith('rule')))
      tell(t('audiences.notWhole'));
    else if (Object.keys(found).length === 0) update.mutate({ params: { id: segment.id }, body });
  };
  useHotkeys([['mod+S', () => save()]], [], true);
  return (
    <Page
      wide
      title={segment.name}
      above={
        <AnchorLink to="/audiences" size="sm">
          {t('audiences.title')}
        </AnchorLink>
      }
      answer={t('audiences.changedAt', { date: formatInstant(segment.updatedAt), version: segment.version })}
      actions={
        <>
          <AudienceMenu segment={segment} />
          <Button
            onClick={() => save()}
            loading={update.isPending}
            disabled={!may || !dirty}
            title={may ? undefined : t('common.error.forbidden')}
          >
            {t('common.save')}
          </Button>
        </>
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
        onDiscard={() => reset(typedOf(segment), segment.version)}
        notices={
          <>
            {others.length > 0 ? (
              <Alert color="yellow">
                {t('common.presence.also', {
                  count: others.length,
                  names: formatList(others.map(({ name }) => name)),
                })}
              </Alert>
            ) : null}
            {newer && dirty ? (
              <ConflictNotice
                theirs={segment}
                mine={editing.rule}
                onTheirs={() => reset(typedOf(segment), segment.version)}
                onMine={() => {
                  editing.rebase(segment.version);
                  save(segment.version);
                }}
              />
            ) : null}
          </>
        }
        below={<SizeOverTime id={segment.id} />}
      />
    </Page>
  );
};

/** One audience: its rule, whom it gives now, and how its size changed. */
export const AudiencePage = () => {
  const { t } = useWords();
  const { id } = audienceRoute.useParams();
  const segment = useQuery(queryOf(segmentsRoutes.getSegment, { params: { id } }));
  const above = (
    <AnchorLink to="/audiences" size="sm">
      {t('audiences.title')}
    </AnchorLink>
  );
  if (segment.data) return <Editor key={id} segment={segment.data} />;
  return (
    <Page wide title={t('audiences.title')} above={above}>
      {segment.error ? (
        <ErrorNotice error={segment.error} onRetry={() => void segment.refetch()} />
      ) : (
        <Loading lines={8} height={32} />
      )}
    </Page>
  );
};
