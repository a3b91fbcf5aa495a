import type { Completion, CompletionSource } from '@codemirror/autocomplete';
import { messagesRoutes } from '@mesure/contract/messages';
import { segmentsRoutes } from '@mesure/contract/segments';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queryOf } from '#platform/api';
import { useWords } from '#words';
import { offersAt, type Vocabulary } from './completions.ts';

const lookedBack = 4_000;

export const useGuide = () =>
  useQuery({ ...queryOf(messagesRoutes.listMessageFields), staleTime: Number.POSITIVE_INFINITY });

/** Traits that customers of this shop have, the most common first. */
export const useTraits = () => {
  const { data } = useQuery({ ...queryOf(segmentsRoutes.getSegmentVocabulary), staleTime: 300_000 });
  return data?.traits;
};

/** Completes fields, filters, tags and components while typing. */
export const useCompletions = (): CompletionSource => {
  const { i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const { data: guide } = useGuide();
  const traits = useTraits();
  return useMemo((): CompletionSource => {
    if (!guide) return () => null;
    const vocabulary: Vocabulary = { guide, language, traits: (traits ?? []).map(({ key }) => key) };
    return (context) => {
      const before = context.state.sliceDoc(Math.max(0, context.pos - lookedBack), context.pos);
      const { typed, items } = offersAt(before, vocabulary);
      const begun = typed > 0 || context.explicit || /(?:\{\{|\{%|\||<)\s*$/.test(before);
      if (!begun || items.length === 0) return null;
      return {
        from: context.pos - typed,
        options: items.map(
          ({ label, detail, apply, kind }): Completion => ({ label, detail, apply, type: kind }),
        ),
        filter: false,
      };
    };
  }, [guide, traits, language]);
};
