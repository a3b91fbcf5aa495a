import { knowledgePictures } from './knowledge.ts';
import { proofPictures } from './proof.ts';

/** By file name in engine/docs. */
export const pictures: Readonly<Record<string, () => string>> = { ...proofPictures, ...knowledgePictures };
