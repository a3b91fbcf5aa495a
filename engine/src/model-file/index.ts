export { type ArrayOfType, type ArrayType, takeArray } from './array-types.ts';
export { type ModelParts, readModelFile, writeModelFile } from './model-file.ts';
export type { Plain } from './plain.ts';
