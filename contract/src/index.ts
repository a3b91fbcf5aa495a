export { type ErrorBody, type ErrorCode, errorTable } from './errors.ts';
export { type Access, type Role, type Route, route } from './route.ts';
