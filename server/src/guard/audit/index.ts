export type { AuditChange, AuditDoor, ChainVerdict } from './audit.ts';
export { bindAuditRoutes } from './routes.ts';
export { type Audit, type AuditDeps, createAudit } from './service.ts';
