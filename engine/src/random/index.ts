export { type Hash128, murmur3, murmur3OfText } from './murmur3.ts';
export { createRandom, type Random } from './random.ts';
export { createXoshiro } from './xoshiro.ts';
