import type { MantineColorsTuple } from '@mantine/core';

/** The one accent: a deep teal. Shades 0–9; white on 7, 7 on white and 3 on the dark ground reach 4.5:1 (WCAG 2.2, 1.4.3). */
export const accent: MantineColorsTuple = [
  '#e6f5f4',
  '#cfeae8',
  '#a2d8d4',
  '#71c4bf',
  '#48b2ad',
  '#26a09b',
  '#118a86',
  '#0b6e6e',
  '#075858',
  '#034343',
];

/** What stops or fails. White on 7 and 7 on white reach 4.5:1, which the kit's own reds do not. */
export const red: MantineColorsTuple = [
  '#fff5f5',
  '#ffe3e3',
  '#ffc9c9',
  '#ffa8a8',
  '#ff8787',
  '#f55353',
  '#e03131',
  '#c92a2a',
  '#ad2222',
  '#8c1a1a',
];

/** Neutral grounds of the dark scheme, from text (0) to the page (9). */
export const dark: MantineColorsTuple = [
  '#e4e7eb',
  '#b9c0c9',
  '#98a2ae',
  '#6f7a88',
  '#3c4552',
  '#2e3641',
  '#242b34',
  '#1b2129',
  '#151a21',
  '#0f1318',
];

/** A 4-px grid: every distance in the console is one of these. */
export const spacing = { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' } as const;

/** What a state means, never by colour alone: each comes with a shape and a word (kit/state-badge). */
export const tones = {
  neutral: 'gray',
  active: 'accent',
  good: 'teal',
  caution: 'yellow',
  bad: 'red',
} as const;
export type Tone = keyof typeof tones;
