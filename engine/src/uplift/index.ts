export * from './decision/index.ts';
export * from './learners/index.ts';
export * from './ranking/index.ts';
