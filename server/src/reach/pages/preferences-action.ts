import type { AgreedPurpose } from './choice-words.ts';
import { type Form, field } from './form.ts';

/** What a form of the preferences page asks for. */
export type PreferencesAction =
  | { readonly kind: 'topics'; readonly keep: readonly string[] }
  | { readonly kind: 'pause' | 'resume' | 'stop_all' }
  | { readonly kind: 'stop' | 'agree'; readonly purpose: AgreedPurpose };

/** Null for anything that the page does not offer: then nothing changes. */
export const readAction = (form: Form): PreferencesAction | null => {
  const action = field(form, 'action');
  switch (action) {
    case 'topics':
      return { kind: 'topics', keep: form.get('topic') ?? [] };
    case 'pause':
    case 'resume':
    case 'stop_all':
      return { kind: action };
    case 'stop_prospecting':
      return { kind: 'stop', purpose: 'prospecting' };
    case 'stop_personalisation':
      return { kind: 'stop', purpose: 'personalisation' };
    case 'stop_click_tracking':
      return { kind: 'stop', purpose: 'click_tracking' };
    case 'agree_prospecting':
      return { kind: 'agree', purpose: 'prospecting' };
    case 'agree_personalisation':
      return { kind: 'agree', purpose: 'personalisation' };
    case 'agree_click_tracking':
      return { kind: 'agree', purpose: 'click_tracking' };
    case undefined:
    default:
      return null;
  }
};
