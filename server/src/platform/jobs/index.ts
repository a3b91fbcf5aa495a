export { type InstallJobsOptions, installJobs } from './install.ts';
export type { Job, JobHandler, JobHandlers, Jobs } from './job.ts';
export { createJobs } from './job-store.ts';
export { type JobCounts, startWorkers, type Workers, type WorkersOptions } from './workers.ts';
