export type { ImportsDeps, KnowsPeople } from './imports-deps.ts';
export { importJobs } from './jobs.ts';
export type { ProfilesWith } from './match-people.ts';
export { bindImportsRoutes } from './routes.ts';
export { createImports, type Imports, type ImportWithFiles } from './service.ts';
export { hasCommittedImport, type WaitingImport, waitingImports } from './waiting-read.ts';
