import {
  type ImportDetail,
  type ImportGuess,
  type ImportMapping,
  importsRoutes,
} from '@mesure/contract/imports';
import { useEffect, useRef, useState } from 'react';
import { useCall } from '#platform/api';
import { useDraft } from '#platform/drafts';
import { correctionOf, missingOf } from './mapping.ts';

/** Corrections rest this long before they are sent: several clicks in a row are one change. */
const restMs = 400;

/** The mapping as it is being corrected: kept in this browser until the server has it, and sent by itself. */
export const useMapping = (found: ImportDetail, guess: ImportGuess, saved: ImportMapping) => {
  const draft = useDraft<ImportMapping>(`import/${found.id}`);
  const [mapping, setMapping] = useState(draft.found ?? saved);
  const [dirty, setDirty] = useState(draft.found !== undefined);
  const latest = useRef(mapping);
  const call = useCall(importsRoutes.correctImportMapping, {
    onSuccess: (answer) => {
      if (JSON.stringify(correctionOf(guess.mapping, latest.current)) !== sent.current) return;
      if (answer.mapping) latest.current = answer.mapping;
      setMapping(latest.current);
      setDirty(false);
      draft.forget();
    },
  });
  const sent = useRef('');
  const missing = missingOf(mapping);

  useEffect(() => {
    if (!dirty || missing.length > 0) return;
    const timer = setTimeout(() => {
      const body = correctionOf(guess.mapping, mapping);
      sent.current = JSON.stringify(body);
      call.mutate({ params: { id: found.id }, body });
    }, restMs);
    return () => clearTimeout(timer);
  }, [mapping, dirty]);

  // Another file, or a colleague, changed what the server has while nothing is being corrected here.
  useEffect(() => {
    if (dirty) return;
    latest.current = saved;
    setMapping(saved);
  }, [saved]);

  const change = (next: ImportMapping): void => {
    latest.current = next;
    setMapping(next);
    setDirty(true);
    draft.keep(next);
  };
  return { mapping, change, missing, dirty, saving: call.isPending, error: call.error };
};
