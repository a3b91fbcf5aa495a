import { z } from 'zod';
import type { JobHandlers } from '#platform/jobs';
import type { Imports } from './service.ts';

const task = z.object({ workspaceId: z.uuid(), importId: z.uuid() });

export const importJobs = (imports: Imports): JobHandlers => ({
  'imports.check': (payload, signal) => imports.check(task.parse(payload), signal),
  'imports.run': (payload, signal) => imports.run(task.parse(payload), signal),
  'imports.undo': (payload) => imports.undoNow(task.parse(payload)),
});
