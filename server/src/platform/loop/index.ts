export { createLoop, type Loop, type LoopOptions } from './loop.ts';
export { createSlots, type Slots } from './slots.ts';
export { createTurn, type Turn } from './turn.ts';
