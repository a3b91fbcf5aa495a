import { useDebouncedValue } from '@mantine/hooks';
import { profilesRoutes } from '@mesure/contract/profiles';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { keepingBefore, queryOf } from '#platform/api';
import { useWords } from '#words';
import { nameOf, pickReaders, type Reader } from './readers.ts';

const shown = 12;
const tried = 200;

export interface Readers {
  /** Undefined until it is known who there is. */
  readonly list: readonly Reader[] | undefined;
  /** Everybody a draft is tried on. */
  readonly tried: readonly Reader[];
  readonly found: readonly Reader[];
  readonly search: (text: string) => void;
  readonly current: Reader | null;
  readonly choose: (reader: Reader) => void;
  readonly step: (by: 1 | -1) => void;
}

/** Real people to try a message on: the oddest, some by chance, and whoever is looked for. */
export const useReaders = (): Readers => {
  const { t } = useWords();
  const nameless = t('messages.preview.nameless');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Reader | null>(null);
  const [asked] = useDebouncedValue(text.trim(), 150);

  const crowd = useQuery({
    ...queryOf(profilesRoutes.listProfiles, { query: { limit: tried } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const people = crowd.data?.items;
  const list = useMemo(() => people && pickReaders(people, shown, nameless), [people, nameless]);
  const all = useMemo(() => pickReaders(people ?? [], tried, nameless), [people, nameless]);
  const found = useQuery({
    ...queryOf(profilesRoutes.listProfiles, { query: { search: asked, limit: 12 } }),
    ...keepingBefore,
    enabled: asked !== '',
  });

  const current = chosen ?? list?.[0] ?? null;
  return {
    list,
    tried: all,
    found:
      asked === ''
        ? []
        : (found.data?.items ?? []).map((person) => ({
            id: person.id,
            name: nameOf(person, nameless),
            picked: null,
            email: person.email,
          })),
    search: setText,
    current,
    choose: setChosen,
    step: (by) => {
      if (!list || list.length === 0) return;
      const at = list.findIndex(({ id }) => id === current?.id);
      const next = list[(Math.max(at, at < 0 && by < 0 ? 0 : at) + by + list.length) % list.length];
      if (next) setChosen(next);
    },
  };
};
