import { knows, say } from '#words';

type Known = 'unknown';

/** Why a message is not sent, waits, or a campaign does not go on; the code itself where there are no words for it. */
export const reasonWords = (code: string): string =>
  knows(`reasons.${code}`) ? say(`reasons.${code as Known}`) : code.replaceAll('_', ' ');
