import { type ParsedRule, parseRule, printRule } from '@mesure/contract/rule-text';
import type { Rule } from '@mesure/contract/segments';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useDraft } from '#platform/drafts';
import { begin, record, redo, undo } from './tree/history.ts';
import { validate } from './tree/validate.ts';

/** What is edited and not saved; `text`: typed in the text form and not what the tree would be written as. */
export interface Typed {
  readonly name: string;
  readonly description: string;
  readonly rule: Rule;
  readonly text: string | null;
}

interface Definition {
  readonly name: string;
  readonly description?: string | undefined;
  readonly rule: Rule;
}

/** What is edited, when it is what is saved. */
export const typedOf = ({ name, description = '', rule }: Definition): Typed => ({
  name,
  description,
  rule,
  text: null,
});

interface Kept extends Typed {
  readonly base: number;
}

const WIDTH = 80;
const written = (rule: Rule): string => printRule(rule, { width: WIDTH });

const same = (a: Typed, b: Typed): boolean =>
  a.name === b.name &&
  a.description === b.description &&
  a.text === b.text &&
  printRule(a.rule) === printRule(b.rule);

/** A rule from an older program may lack what this one needs: then the draft is as if it had never been. */
const usable = (kept: Kept | undefined): Kept | undefined =>
  kept !== undefined && typeof kept.name === 'string' && typeof kept.rule?.kind === 'string'
    ? kept
    : undefined;

export interface Editing extends Typed {
  /** The version that these changes are made to; 0: not saved yet. */
  readonly base: number;
  readonly dirty: boolean;
  readonly restored: boolean;
  readonly parsed: ParsedRule;
  readonly shownText: string;
  /** The text cannot be read: the tree is the last that could be. */
  readonly unread: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly rename: (name: string) => void;
  readonly describe: (description: string) => void;
  readonly build: (rule: Rule, typing?: string) => void;
  readonly type: (text: string) => void;
  readonly dropText: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Starts again from what is saved. */
  readonly reset: (saved: Typed, base: number) => void;
  /** Keeps what is here, on top of a newer version. */
  readonly rebase: (base: number) => void;
  /** What was sent is saved; what was typed while it was under way is not. */
  readonly saved: (sent: Definition, base: number) => void;
}

/** One tree in two forms, with its name: what is typed in either is kept, undone and restored. */
export const useEditing = (draftName: string, start: Typed, version: number): Editing => {
  const draft = useDraft<Kept>(draftName);
  const [found] = useState(() => usable(draft.found));
  const [clean, setClean] = useState<Typed>(start);
  const [base, setBase] = useState(found?.base ?? version);
  const [restored, setRestored] = useState(found !== undefined);
  const [name, rename] = useState(found?.name ?? start.name);
  const [description, describe] = useState(found?.description ?? start.description);
  const [history, setHistory] = useState(() => begin<Rule>(found?.rule ?? start.rule));
  const [text, setText] = useState<string | null>(found?.text ?? null);
  const rule = history.present;
  const shownText = useMemo(() => text ?? written(rule), [text, rule]);
  const parsed = useMemo(() => parseRule(shownText), [shownText]);
  const unread = text !== null && !parsed.ok;
  const typed = useMemo(
    () => ({ name, description, rule, text: unread ? text : null }),
    [name, description, rule, text, unread],
  );
  const dirty = !same(typed, clean);
  const { keep, forget } = draft;
  useEffect(() => {
    if (dirty) keep({ ...typed, base });
    else forget();
  }, [dirty, typed, base, keep, forget]);

  const build = useCallback((next: Rule, typing?: string) => {
    setText(null);
    setHistory((before) => record(before, next, typing ?? null));
  }, []);
  const type = useCallback((next: string) => {
    setText(next);
    const read = parseRule(next);
    if (!read.ok) return;
    setHistory((before) => {
      const changed =
        validate(before.present).length > 0 || printRule(before.present) !== printRule(read.rule);
      return changed ? record(before, read.rule, 'text') : before;
    });
  }, []);
  const go = useCallback((way: typeof undo<Rule>) => {
    setText(null);
    setHistory(way);
  }, []);
  return {
    ...typed,
    base,
    dirty,
    restored: restored && dirty,
    parsed,
    shownText,
    unread,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    rename,
    describe,
    build,
    type,
    dropText: useCallback(() => setText(null), []),
    undo: useCallback(() => go(undo), [go]),
    redo: useCallback(() => go(redo), [go]),
    reset: useCallback((saved: Typed, newer: number) => {
      setClean(saved);
      setBase(newer);
      setRestored(false);
      rename(saved.name);
      describe(saved.description);
      setText(saved.text);
      setHistory((before) => record(before, saved.rule));
    }, []),
    rebase: setBase,
    saved: useCallback(
      (sent: Definition, newer: number) => {
        const now = typedOf(sent);
        setClean(now);
        setBase(newer);
        setRestored(false);
        if (same(typed, now)) forget();
      },
      [typed, forget],
    ),
  };
};
