export * from './calendar/index.ts';
export * from './carriers/index.ts';
export * from './forecast/index.ts';
export * from './monitor/index.ts';
export * from './words/index.ts';
