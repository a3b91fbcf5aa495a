export { fitIals } from './fit.ts';
export { foldInItem, foldInPerson } from './fold-in.ts';
export { type IalsModel, loadIals, saveIals } from './model.ts';
export type { IalsSettings } from './settings.ts';
export { ialsTaste } from './taste.ts';
