export * from './evaluate/index.ts';
export * from './hours/index.ts';
export * from './local-time/index.ts';
export * from './slots/index.ts';
