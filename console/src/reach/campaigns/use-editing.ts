import { useForm } from '@mantine/form';
import { type CampaignBody, campaignRoutes } from '@mesure/contract/campaigns';
import { useEffect, useState } from 'react';
import { ApiError, call, refresh } from '#platform/api';
import { useDraft } from '#platform/drafts';
import { fieldsRefused } from '#platform/kit';
import { useSettings } from '#platform/session';
import { arrived } from './arrived.ts';
import { validateCampaign } from './field-words.ts';
import { definitionOf, type FormValues, sameDefinition, toDefinition, toValues } from './form-values.ts';

interface Kept {
  readonly version: number;
  readonly values: FormValues;
}

/** One campaign being edited: what stands on the server, what was typed since, and whether somebody else was quicker. */
export const useEditing = (campaign: CampaignBody) => {
  const { timeZone } = useSettings();
  const draft = useDraft<Kept>(`campaign/${campaign.id}`);
  const [restored, setRestored] = useState(draft.found !== undefined);
  // What the fields are based on: the version that a change is sent with.
  const [base, setBase] = useState({
    version: draft.found?.version ?? campaign.version,
    definition: definitionOf(campaign),
  });
  /** The version that a save under way was made to. */
  const [savingOn, setSavingOn] = useState<number | null>(null);
  const saving = savingOn !== null;
  const [error, setError] = useState<unknown>(null);
  const form = useForm<FormValues>({
    initialValues: draft.found?.values ?? toValues(campaign, timeZone),
    validate: validateCampaign(timeZone),
    validateInputOnBlur: true,
  });
  const { values } = form;
  const dirty = !sameDefinition(toDefinition(values, timeZone), base.definition);
  // What arrives during a save may be what it saved; what it is to replace stays in sight until it is.
  const isTheirs = campaign.version > base.version && campaign.version <= (savingOn ?? campaign.version);
  const theirs = isTheirs ? campaign : null;

  const { keep, forget } = draft;
  const { version } = base;
  useEffect(() => {
    if (dirty) keep({ version, values });
    else forget();
  }, [dirty, keep, forget, values, version]);

  const standOn = (now: CampaignBody): void =>
    setBase({ version: now.version, definition: definitionOf(now) });
  const takeTheirs = (): void => {
    form.setValues(toValues(campaign, timeZone));
    form.clearErrors();
    standOn(campaign);
    setRestored(false);
    setError(null);
  };

  // Nothing typed here: what somebody else saved simply appears.
  useEffect(() => {
    if (theirs && !dirty && !saving) takeTheirs();
  });

  const send = async (onVersion: number): Promise<CampaignBody | null> => {
    if (form.validate().hasErrors) return null;
    const definition = toDefinition(form.getValues(), timeZone);
    setSavingOn(onVersion);
    setError(null);
    try {
      const saved = await call(campaignRoutes.updateCampaign, {
        params: { id: campaign.id },
        body: { ...definition, variants: [...definition.variants], version: onVersion },
      });
      standOn(saved);
      setRestored(false);
      arrived(saved);
      return saved;
    } catch (cause) {
      if (cause instanceof ApiError && cause.code === 'conflict') await refresh('campaigns');
      const fields = fieldsRefused(cause);
      if (Object.keys(fields).length > 0) form.setErrors(fields);
      else if (!(cause instanceof ApiError && cause.details?.['reason'] === 'version')) setError(cause);
      return null;
    } finally {
      setSavingOn(null);
    }
  };

  return {
    form,
    dirty,
    saving,
    error,
    restored,
    version,
    timeZone,
    /** Somebody else's, saved after what these fields are based on. */
    theirs: dirty ? theirs : null,
    takeTheirs,
    keepMine: () => send(campaign.version),
    /** True: what stands on the server is what stands in the fields. */
    save: async (): Promise<boolean> => (dirty ? (await send(version)) !== null : !form.validate().hasErrors),
    discard: takeTheirs,
  };
};

export type Editing = ReturnType<typeof useEditing>;
