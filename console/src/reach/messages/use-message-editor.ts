import { messagesRoutes } from '@mesure/contract/messages';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError, queryClient, queryOf, useCall } from '#platform/api';
import { useDraft } from '#platform/drafts';
import { tell, tellError, tellWithUndo } from '#platform/feedback';
import { useWords } from '#words';
import { draftOf, type MessageDraft, type SavedMessage, sameContent, sourceOf } from './draft.ts';

export interface MessageEditor {
  readonly saved: SavedMessage;
  readonly typed: MessageDraft;
  readonly type: (change: Partial<MessageDraft>) => void;
  readonly dirty: boolean;
  /** Typing of an earlier visit is before one's eyes. */
  readonly restored: boolean;
  readonly discard: () => void;
  /** A version that somebody else saved after this typing began. */
  readonly newer: boolean;
  readonly saving: boolean;
  readonly save: () => void;
  /** Saves what was typed on top of whatever is the newest. */
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
  /** The save was refused because of a newer version: compare and decide. */
  readonly conflict: boolean;
  readonly closeConflict: () => void;
  readonly openConflict: () => void;
}

/** What is typed, kept in this browser until it is saved; and what others save meanwhile. */
export const useMessageEditor = (id: string): MessageEditor => {
  const { t } = useWords();
  const { data: saved } = useSuspenseQuery(queryOf(messagesRoutes.readMessage, { params: { id } }));
  const latest = draftOf(saved);
  const { found, keep, forget } = useDraft<MessageDraft>(`message/${id}`);
  const [base, setBase] = useState(latest);
  const [typed, setTyped] = useState(found ?? latest);
  const [restored, setRestored] = useState(found !== undefined && !sameContent(found, latest));
  const [conflict, setConflict] = useState(false);
  const dirty = !sameContent(typed, base);

  const show = (draft: MessageDraft): void => {
    setBase(draft);
    setTyped(draft);
    setRestored(false);
    setConflict(false);
    forget();
  };
  const now = useRef(typed);
  now.current = typed;
  const sent = useRef(typed);
  const update = useCall(messagesRoutes.updateMessage, {
    onSuccess: (answer) => {
      const fresh = draftOf(answer);
      queryClient.setQueryData(queryOf(messagesRoutes.readMessage, { params: { id } }).queryKey, answer);
      setBase(fresh);
      setRestored(false);
      setConflict(false);
      if (sameContent(now.current, sent.current)) {
        setTyped(fresh);
        forget();
      } else {
        // Typed while it was being saved: it stays typed, on top of what is saved now.
        const since = { ...now.current, basedOn: fresh.basedOn };
        setTyped(since);
        keep(since);
      }
      tell(t('messages.editor.nowSaved', { version: fresh.basedOn }));
    },
    onError: async (error) => {
      if (!(error instanceof ApiError) || error.code !== 'conflict') return tellError(error);
      await queryClient.refetchQueries(queryOf(messagesRoutes.readMessage, { params: { id } }));
      setConflict(true);
    },
  });

  // While a save is under way, what is newest may be what it saved.
  const behind = latest.basedOn > typed.basedOn && !update.isPending;
  const newer = behind && !sameContent(typed, latest);
  // Somebody else saved, and nothing was typed here: their version is the one to see.
  useEffect(() => {
    if (!behind || dirty) return;
    setBase(latest);
    setTyped(latest);
  });

  const save = (basedOn: number): void => {
    if (update.isPending) return;
    sent.current = typed;
    update.mutate({ params: { id }, body: { name: typed.name, basedOn, ...sourceOf(typed) } });
  };

  return {
    saved,
    typed,
    type: (change) => {
      // Two changes before the next drawing (a field and the editor) both count.
      const next = { ...now.current, ...change };
      now.current = next;
      setTyped(next);
      if (sameContent(next, base)) forget();
      else keep(next);
    },
    dirty,
    restored,
    discard: () => show(latest),
    newer,
    saving: update.isPending,
    save: () => {
      if (newer) setConflict(true);
      else if (dirty) save(typed.basedOn);
    },
    keepMine: () => save(latest.basedOn),
    takeTheirs: () => {
      const mine = typed;
      show(latest);
      tellWithUndo(t('messages.conflict.taken', { version: latest.basedOn }), async () => {
        setTyped(mine);
        keep(mine);
      });
    },
    conflict,
    closeConflict: () => setConflict(false),
    openConflict: () => setConflict(true),
  };
};
