import { liveKind, presenceKind } from '@mesure/contract/live';
import { z } from 'zod';

/** The channel of PostgreSQL that all server processes of one database listen to. */
export const channel = 'mesure_live';

const announcement = z.object({
  /** The process that it comes from: it has applied it already. */
  from: z.string(),
  kind: presenceKind,
  id: z.string(),
  person: z.object({ id: z.string(), name: z.string() }),
  tab: z.string(),
  editing: z.boolean(),
  since: z.iso.datetime(),
});
export type Announcement = z.infer<typeof announcement>;

const notice = z.object({
  workspaceId: z.uuid(),
  changed: z.object({ kind: liveKind, id: z.string() }).optional(),
  presence: announcement.optional(),
});
export type Notice = z.infer<typeof notice>;

export const writeNotice = (value: Notice): string => JSON.stringify(value);

/** Null: not ours, or of a version that says more than this one understands. */
export const readNotice = (payload: string): Notice | null => {
  try {
    return notice.parse(JSON.parse(payload));
  } catch {
    return null;
  }
};
