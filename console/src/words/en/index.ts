import { rooms } from './rooms.ts';
import { start } from './start.ts';

export const en = { ...start, ...rooms } as const;
