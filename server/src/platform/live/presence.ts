import type { PresentPerson } from '@mesure/contract/live';
import type { Announcement } from './notice.ts';

type Subject = Pick<Announcement, 'kind' | 'id'>;

interface Present {
  readonly workspaceId: string;
  readonly announcement: Announcement;
  readonly heardMs: number;
}

const MOST_PER_PERSON = 50;

const keyOf = (workspaceId: string, { kind, id, person, tab }: Announcement): string =>
  JSON.stringify([workspaceId, kind, id, person.id, tab]);

/** Who edits what, as this process heard it. `forgetMs`: how long somebody who says nothing is still there. */
export const createPresence = (deps: {
  readonly monotonicMs: () => number;
  readonly forgetMs: number;
  /** Somebody came or left. */
  readonly onChange: (workspaceId: string, subject: Subject, people: readonly PresentPerson[]) => void;
}) => {
  const present = new Map<string, Present>();

  const entriesOn = (workspaceId: string, { kind, id }: Subject): readonly Announcement[] =>
    [...present.values()]
      .filter(
        (entry) =>
          entry.workspaceId === workspaceId &&
          entry.announcement.kind === kind &&
          entry.announcement.id === id,
      )
      .map(({ announcement }) => announcement);

  /** Each person once, however many tabs, since the first of them. */
  const peopleOn = (workspaceId: string, subject: Subject): readonly PresentPerson[] => {
    const people = new Map<string, PresentPerson>();
    for (const { person, since } of entriesOn(workspaceId, subject)) {
      const known = people.get(person.id);
      people.set(person.id, { ...person, since: known && known.since < since ? known.since : since });
    }
    return [...people.values()].toSorted((a, b) => a.since.localeCompare(b.since));
  };

  const changing = (workspaceId: string, subject: Subject, change: () => void): void => {
    const who = (): string =>
      peopleOn(workspaceId, subject)
        .map(({ id }) => id)
        .toSorted()
        .join();
    const before = who();
    change();
    if (who() !== before) deps.onChange(workspaceId, subject, peopleOn(workspaceId, subject));
  };

  const makeRoom = (workspaceId: string, personId: string): void => {
    const own = [...present].filter(
      ([, entry]) => entry.workspaceId === workspaceId && entry.announcement.person.id === personId,
    );
    for (const [key] of own.slice(0, Math.max(0, own.length - MOST_PER_PERSON + 1))) present.delete(key);
  };

  return {
    apply: (workspaceId: string, announcement: Announcement): void =>
      changing(workspaceId, announcement, () => {
        const key = keyOf(workspaceId, announcement);
        const known = present.get(key);
        present.delete(key);
        if (!announcement.editing) return;
        makeRoom(workspaceId, announcement.person.id);
        present.set(key, {
          workspaceId,
          announcement: { ...announcement, since: known?.announcement.since ?? announcement.since },
          heardMs: deps.monotonicMs(),
        });
      }),
    forgetSilent: (): void => {
      const limit = deps.monotonicMs() - deps.forgetMs;
      for (const [key, { workspaceId, announcement, heardMs }] of present)
        if (heardMs < limit) changing(workspaceId, announcement, () => present.delete(key));
    },
    peopleOn,
    tabsOf: (workspaceId: string, subject: Subject, personId: string): readonly string[] =>
      entriesOn(workspaceId, subject)
        .filter(({ person }) => person.id === personId)
        .map(({ tab }) => tab),
  };
};
