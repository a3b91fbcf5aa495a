import type { Catalogue } from '../catalogue.ts';
import { rooms } from './rooms.ts';
import { start } from './start.ts';

export const fr: Catalogue = { ...start, ...rooms };
