export type { BrakeCause, BrakeScope, BrakeState, BrakeTarget, ReleaseRequest } from './brake.ts';
export { bindBrakeRoutes } from './routes.ts';
export { type Brake, createBrake } from './service.ts';
