import { messagesRoutes } from '@mesure/contract/messages';
import { call, refresh } from '#platform/api';
import { tellError, tellWithUndo } from '#platform/feedback';
import { useWords } from '#words';

/** Saves an earlier version again as the newest; undone by saving what was the newest before. */
export const useRestore = (id: string, newest: number): ((version: number) => void) => {
  const { t } = useWords();
  const saveAgain = async (version: number, basedOn: number): Promise<number> => {
    const old = await call(messagesRoutes.readMessageVersion, { params: { id, version } });
    const { message } = await call(messagesRoutes.updateMessage, {
      params: { id },
      body: {
        basedOn,
        subject: old.subject,
        mjml: old.mjml,
        language: old.language,
        ...(old.text === undefined ? {} : { text: old.text }),
      },
    });
    await refresh('messages');
    return message.version;
  };
  return (version) => {
    saveAgain(version, newest).then(
      (saved) =>
        tellWithUndo(t('messages.versions.restored', { from: version, to: saved }), () =>
          saveAgain(newest, saved),
        ),
      tellError,
    );
  };
};
