import { type SettingsChange, settingsRoutes, type WorkspaceSettings } from '@mesure/contract/settings';
import { call, refresh, useCall } from '#platform/api';
import { tellWithUndo } from '#platform/feedback';
import { tellTimeIn } from '#platform/format';
import { useSettings } from '#platform/session';
import { useWords } from '#words';

const concerned = ['settings', 'access', 'sender', 'home'];

const valuesBefore = (settings: WorkspaceSettings, change: SettingsChange): SettingsChange =>
  Object.fromEntries(Object.keys(change).map((field) => [field, settings[field as keyof WorkspaceSettings]]));

/** Changes settings of the workspace; what was there before is one press away. */
export const useChangeSettings = () => {
  const { t } = useWords();
  const settings = useSettings();
  const { mutate, ...state } = useCall(settingsRoutes.changeSettings, {
    refreshes: concerned,
    onSuccess: ({ timeZone }) => tellTimeIn(timeZone),
  });
  const save = (change: SettingsChange, onSaved: () => void): void => {
    const before = valuesBefore(settings, change);
    mutate(
      { body: change },
      {
        onSuccess: () => {
          onSaved();
          tellWithUndo(t('common.saved'), async () => {
            const { timeZone } = await call(settingsRoutes.changeSettings, { body: before });
            tellTimeIn(timeZone);
            await refresh(...concerned);
          });
        },
      },
    );
  };
  return { save, error: state.error, isPending: state.isPending };
};
