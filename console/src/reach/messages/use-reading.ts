import { useDebouncedValue } from '@mantine/hooks';
import { type MessageFinding, type MessageSourceBody, messagesRoutes } from '@mesure/contract/messages';
import { useQuery } from '@tanstack/react-query';
import { keepingBefore, queryOf } from '#platform/api';

/** Long enough not to ask at every key, short enough to feel at once. */
const restMs = 350;

/** Every source typed would stay otherwise. */
const forgotten = { gcTime: 30_000, staleTime: Number.POSITIVE_INFINITY } as const;

export interface Reading {
  /** What was typed when the fingers rested. */
  readonly source: MessageSourceBody;
  readonly findings: readonly MessageFinding[] | undefined;
  readonly behind: boolean;
  readonly error: unknown;
}

/** What the server says of a draft as it is typed. */
export const useReading = (typed: MessageSourceBody): Reading => {
  const written = JSON.stringify(typed);
  const [rested] = useDebouncedValue(written, restMs);
  const source = JSON.parse(rested) as MessageSourceBody;
  const lint = useQuery({
    ...queryOf(messagesRoutes.lintMessageSource, { body: source }),
    ...keepingBefore,
    ...forgotten,
    enabled: source.mjml !== '',
  });
  return {
    source,
    findings: source.mjml === '' ? undefined : lint.data?.findings,
    behind: rested !== written || lint.isFetching,
    error: lint.error,
  };
};

/** A draft for one person; null: for somebody who does not exist. */
export const usePreview = (source: MessageSourceBody, profileId: string | null | undefined) => {
  const preview = useQuery({
    ...queryOf(messagesRoutes.previewMessageSource, {
      body: { source, profileIds: profileId ? [profileId] : [] },
    }),
    ...keepingBefore,
    ...forgotten,
    enabled: source.mjml !== '' && profileId !== undefined,
  });
  return preview;
};

/** For whom among many the draft fails. */
export const useCheck = (source: MessageSourceBody, profileIds: readonly string[]) =>
  useQuery({
    ...queryOf(messagesRoutes.checkMessageSource, { body: { source, profileIds: [...profileIds] } }),
    ...keepingBefore,
    ...forgotten,
    enabled: source.mjml !== '' && profileIds.length > 0,
  });
