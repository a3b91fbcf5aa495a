import type { Catalogue } from '../../catalogue.ts';
import { editing } from './editing.ts';
import { list } from './list.ts';
import { review } from './review.ts';
import { running } from './running.ts';

export const campaigns: Catalogue['campaigns'] = { ...list, ...editing, ...review, ...running };
