import { Pill, TextInput } from '@mantine/core';
import { auditRoutes } from '@mesure/contract/audit';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { compareText } from '#platform/format';
import { FilterSelect } from '#platform/kit';
import { useWords } from '#words';
import { useAuditWords } from './use-audit-words.ts';

export interface AuditAsked {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly kind?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface AuditFiltersProps {
  readonly asked: AuditAsked;
  readonly onAsk: (changed: AuditAsked) => void;
}

const familyOf = (action: string): string => action.split('.')[0] ?? action;
const byLabel = (a: { readonly label: string }, b: { readonly label: string }): number =>
  compareText(a.label, b.label);

/** By person, action, subject and days: offered are those that occur. */
export const AuditFilters = ({ asked, onAsk }: AuditFiltersProps) => {
  const { t } = useWords();
  const words = useAuditWords();
  const { data } = useQuery({ ...queryOf(auditRoutes.readAuditVocabulary), staleTime: 60_000 });
  const actions = data?.actions ?? [];
  const families = [...new Set(actions.map(({ action }) => familyOf(action)))];
  // What stands in the address is offered even when it does not occur: a link must not look like no filter.
  const also = (
    options: readonly { value: string; label: string }[],
    value: string | undefined,
    label: string,
  ) =>
    value === undefined || options.some((one) => one.value === value)
      ? [...options]
      : [...options, { value, label }];
  return (
    <>
      <FilterSelect
        label={t('audit.who')}
        unchosen={t('audit.filter.anybody')}
        searchable
        options={also(
          (data?.actors ?? [])
            .map(({ id, name, kind }) => ({
              value: id,
              label: kind === 'system' ? t('audit.actor.system') : name,
            }))
            .filter(({ value }, at, all) => all.findIndex((one) => one.value === value) === at)
            .toSorted(byLabel),
          asked.actor,
          asked.actor ?? '',
        )}
        value={asked.actor}
        onChange={(actor) => onAsk({ actor })}
      />
      <FilterSelect
        label={t('audit.what')}
        unchosen={t('audit.filter.anyAction')}
        searchable
        options={
          asked.action !== undefined &&
          !actions.some(({ action }) => action === asked.action) &&
          !families.includes(asked.action)
            ? [{ value: asked.action, label: asked.action }]
            : families
                .map((family) => ({
                  group: words.family(family),
                  items: [
                    { value: family, label: t('audit.filter.family', { family: words.family(family) }) },
                    ...actions
                      .filter(({ action }) => familyOf(action) === family)
                      .map(({ action }) => ({ value: action, label: words.action(action) })),
                  ],
                }))
                .toSorted((a, b) => compareText(a.group, b.group))
        }
        value={asked.action}
        onChange={(action) => onAsk({ action })}
      />
      <FilterSelect
        label={t('audit.subject')}
        unchosen={t('audit.filter.anySubject')}
        searchable
        options={also(
          (data?.subjectKinds ?? [])
            .map(({ kind }) => ({ value: kind, label: words.subject(kind) }))
            .toSorted(byLabel),
          asked.kind,
          words.subject(asked.kind ?? ''),
        )}
        value={asked.kind}
        onChange={(kind) => onAsk({ kind, subject: undefined })}
      />
      <TextInput
        type="date"
        aria-label={t('audit.filter.from')}
        title={t('audit.filter.from')}
        value={asked.from ?? ''}
        max={asked.to}
        onChange={({ currentTarget }) => onAsk({ from: currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        aria-label={t('audit.filter.to')}
        title={t('audit.filter.to')}
        value={asked.to ?? ''}
        min={asked.from}
        onChange={({ currentTarget }) => onAsk({ to: currentTarget.value || undefined })}
      />
      {asked.subject === undefined ? null : (
        <Pill
          withRemoveButton
          removeButtonProps={{ 'aria-label': t('common.remove') }}
          onRemove={() => onAsk({ subject: undefined })}
        >
          {t('audit.filter.one', { subject: asked.subject })}
        </Pill>
      )}
    </>
  );
};
