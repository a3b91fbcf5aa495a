import { ApiError } from '@mesure/contract/client';
import { currentLanguage, knows, say } from '#words';

export interface ErrorWords {
  readonly sentence: string;
  /** The server's own sentence, in English, where ours says less. */
  readonly small: string | null;
}

type KnownReason = 'last_admin';

const scalars = (details: ApiError['details']): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(details ?? {}).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );

const isRole = (role: unknown): role is 'marketer' | 'approver' | 'admin' =>
  role === 'marketer' || role === 'approver' || role === 'admin';

/** A refusal that comes as a code with its details, in the reader's language; null where there are no words for it. */
export const reasonInWords = (details: ApiError['details']): string | null => {
  const reason = details?.['reason'];
  return typeof reason === 'string' && knows(`errors.reasons.${reason}`)
    ? say(`errors.reasons.${reason as KnownReason}`, scalars(details))
    : null;
};

const byDetails = ({ code, details }: ApiError): string | null => {
  const known = reasonInWords(details);
  if (known !== null) return known;
  const roles = details?.['roles'];
  if (code === 'forbidden' && Array.isArray(roles) && roles.length > 0 && roles.every(isRole)) {
    const list = new Intl.ListFormat(currentLanguage(), { type: 'disjunction' });
    return say('errors.needsRole', { roles: list.format(roles.map((role) => say(`errors.roles.${role}`))) });
  }
  const wait = details?.['retryAfterSeconds'];
  return code === 'rate_limited' && typeof wait === 'number' ? say('errors.wait', { count: wait }) : null;
};

/** What an error says to its reader, in the reader's language, with what to do. */
export const errorWords = (error: unknown): ErrorWords => {
  if (!(error instanceof ApiError))
    return { sentence: error instanceof Error ? error.message : String(error), small: null };
  if (error.status === 0) return { sentence: say('common.error.lost'), small: null };
  // An address of ours that was mangled: what it names cannot be there.
  if (error.code === 'invalid_request' && error.message.startsWith('params.'))
    return { sentence: say('errors.codes.not_found'), small: null };
  const known = byDetails(error);
  if (known !== null) return { sentence: known, small: null };
  // The server writes English, and knows more than a code says.
  if (currentLanguage() === 'en') return { sentence: error.message, small: null };
  return {
    sentence: say(`errors.codes.${error.code}`),
    small: error.code === 'internal' ? null : say('errors.server', { text: error.message }),
  };
};
