export { createLoop, type Loop, type LoopOptions } from './loop.ts';
export { createTurn, type Turn } from './turn.ts';
