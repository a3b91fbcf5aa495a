import type { Tx } from '#platform/postgres';
import type { ChoicesService } from './choices.ts';
import type { PreferencesAction } from './preferences-action.ts';
import type { Visit } from './visit.ts';

/** Does what the form asked; answers the topics kept before, for the undo. */
export const applyAction = async (
  choices: ChoicesService,
  action: PreferencesAction | null,
  who: { readonly tx: Tx; readonly visit: Visit; readonly profileId: string },
): Promise<readonly string[]> => {
  const { tx, visit, profileId } = who;
  if (!action) return [];
  switch (action.kind) {
    case 'topics':
      return await choices.setTopics(tx, visit, { profileId, keep: action.keep });
    case 'pause':
      await choices.pause(tx, visit, profileId);
      break;
    case 'resume':
      await choices.resume(tx, visit, profileId);
      break;
    case 'stop_all':
      await choices.stopAll(tx, visit, profileId);
      break;
    case 'stop':
      await choices.stop(tx, visit, { profileId, purpose: action.purpose });
      break;
    case 'agree':
      await choices.agree(tx, visit, { profileId, purpose: action.purpose });
      break;
  }
  return [];
};
