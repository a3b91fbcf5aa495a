import { z } from 'zod';
import { route } from './route.ts';

export const backupRoutes = {
  backUp: route({
    method: 'POST',
    path: '/api/backups',
    summary:
      'Write both stores as of one moment into a new folder of the server; only for the command line of this machine',
    tag: 'Backup',
    access: ['admin'],
    body: z.strictObject({ folder: z.string().min(1).max(1000).describe('Absolute; new or empty') }),
    response: z.object({ id: z.string(), rows: z.int(), bytes: z.int() }),
  }),
} as const;
