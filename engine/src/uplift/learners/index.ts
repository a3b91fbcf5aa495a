export type { Base, BaseModel, ConstantModel } from './base-model.ts';
export type { ClassTransformationModel } from './class-transformation.ts';
export type { UpliftData } from './data.ts';
export {
  type DrModel,
  fitUplift,
  type LearnerSettings,
  predictUplift,
  type TModel,
  type UpliftModel,
} from './learner.ts';
export type { SModel } from './s-learner.ts';
export { loadUplift, saveUplift } from './save.ts';
