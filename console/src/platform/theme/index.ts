export { theme } from './theme.ts';
export { type Tone, tones } from './tokens.ts';
