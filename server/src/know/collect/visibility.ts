import { appError } from '#platform/errors';
import { ZERO_UUID } from '#platform/ids';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Filters are text, not bound values: nothing but a UUID is ever written into one. */
const literal = (id: string): string => {
  if (!UUID.test(id)) throw appError('internal', { cause: new Error('A filter takes UUIDs only') });
  return `'${id.toLowerCase()}'`;
};

/** What one workspace may see of the event store: its own rows, from the log or from an import that says committed. */
export const visibilityFilters = (
  workspaceId: string,
  importIds: readonly string[],
): Readonly<Record<'events' | 'profiles', string>> => {
  const imports = [ZERO_UUID, ...importIds].map(literal).join(', ');
  const condition = `workspace_id = ${literal(workspaceId)} and import_id in (${imports})`;
  return { events: condition, profiles: condition };
};
