import { editing } from './editing.ts';
import { list } from './list.ts';
import { review } from './review.ts';
import { running } from './running.ts';

export const campaigns = { ...list, ...editing, ...review, ...running } as const;
