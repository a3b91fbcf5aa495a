export { type ArrayOfType, type ArrayType, takeArray } from './array-types.ts';
export { type ModelParts, type Plain, readModelFile, writeModelFile } from './model-file.ts';
