import { autocompletion, type CompletionSource, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { html } from '@codemirror/lang-html';
import { liquid } from '@codemirror/lang-liquid';
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { codeColours } from './code-colours.ts';
import { editorLooks } from './code-looks.ts';

/** Where something is wrong, in characters from the start, and what to do about it. */
export interface CodeFinding {
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

export interface CodeEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  readonly language: 'markup' | 'plain';
  readonly findings?: readonly CodeFinding[];
  readonly complete?: CompletionSource;
  readonly readOnly?: boolean;
  readonly minHeight?: number;
  readonly hint?: string;
  /** Puts the cursor there and shows it, each time another object is given. */
  readonly goTo?: { readonly at: number } | undefined;
  /** Written where the cursor is, each time another object is given. */
  readonly insert?: { readonly text: string } | undefined;
}

const languages: Readonly<Record<CodeEditorProps['language'], () => Extension>> = {
  markup: () => liquid({ base: html({ selfClosingTags: true, matchClosingTags: false }) }),
  plain: () => [],
};

/** Places in the text as it is now: a finding may be about a longer one. */
const marksOf = (findings: CodeEditorProps['findings'], end: number): Diagnostic[] =>
  (findings ?? []).map((finding) => ({
    ...finding,
    from: Math.min(finding.from, end),
    to: Math.min(Math.max(finding.to, finding.from), end),
  }));

export const CodeMirrorEditor = (props: CodeEditorProps) => {
  const { value, label, language, findings, readOnly = false, minHeight = 240, hint, goTo, insert } = props;
  const scheme = useComputedColorScheme('light');
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const looks = useRef(new Compartment());
  const latest = useRef(props);
  latest.current = props;
  const look = useRef({ scheme, minHeight });
  look.current = { scheme, minHeight };

  useEffect(() => {
    if (!place.current) return;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightSelectionMatches(),
          syntaxHighlighting(codeColours),
          lintGutter(),
          languages[language](),
          // Tab moves on, as everywhere; Escape first lets Tab indent (WCAG 2.1.2).
          keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...completionKeymap]),
          keymap.of(readOnly ? [] : [{ key: 'Mod-]', run: indentWithTab.run ?? (() => false) }]),
          autocompletion({
            override: [(context) => latest.current.complete?.(context) ?? null],
            activateOnTyping: true,
          }),
          EditorView.lineWrapping,
          EditorState.readOnly.of(readOnly),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true', tabindex: '0' }),
          hint === undefined ? [] : placeholder(hint),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
          EditorView.cspNonce.of(document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''),
          looks.current.of(editorLooks(look.current.scheme, look.current.minHeight)),
        ],
      }),
    });
    // Made anew when the language changes: what was marked before is marked again.
    made.dispatch(setDiagnostics(made.state, marksOf(latest.current.findings, made.state.doc.length)));
    view.current = made;
    return () => made.destroy();
  }, [language, readOnly, label, hint]);

  useEffect(() => {
    view.current?.dispatch({ effects: looks.current.reconfigure(editorLooks(scheme, minHeight)) });
  }, [scheme, minHeight]);

  useEffect(() => {
    const made = view.current;
    if (!made || made.state.doc.toString() === value) return;
    made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const made = view.current;
    if (!made) return;
    made.dispatch(setDiagnostics(made.state, marksOf(findings, made.state.doc.length)));
  }, [findings]);

  useEffect(() => {
    const made = view.current;
    if (!made || !goTo) return;
    const at = Math.min(goTo.at, made.state.doc.length);
    made.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    made.focus();
  }, [goTo]);

  useEffect(() => {
    const made = view.current;
    if (!made || !insert) return;
    made.dispatch(made.state.replaceSelection(insert.text), { scrollIntoView: true });
    made.focus();
  }, [insert]);

  return <div ref={place} />;
};
