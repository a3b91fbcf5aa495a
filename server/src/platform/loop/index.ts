export { createLoop, type Loop, type LoopOptions } from './loop.ts';
