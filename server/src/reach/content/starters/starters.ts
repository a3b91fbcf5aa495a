import type { MessageSource } from '../message.ts';
import { letter } from './letter.ts';
import { newsletter } from './newsletter.ts';
import { reminder } from './reminder.ts';

export interface Starter extends MessageSource {
  readonly key: string;
  readonly name: string;
}

/** Templates that pass the lint as they are, in both languages. */
export const starters: readonly Starter[] = (['fr', 'en'] as const).flatMap((language) => [
  newsletter(language),
  letter(language),
  reminder(language),
]);
