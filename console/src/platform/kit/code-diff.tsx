import { html } from '@codemirror/lang-html';
import { syntaxHighlighting } from '@codemirror/language';
import { MergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { codeColours } from './code-colours.ts';
import { editorLooks } from './code-looks.ts';

interface CodeDiffProps {
  readonly before: string;
  readonly after: string;
  readonly label: string;
}

export const CodeDiff = ({ before, after, label }: CodeDiffProps) => {
  const scheme = useComputedColorScheme('light');
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return;
    const extensions: Extension[] = [
      lineNumbers(),
      html(),
      syntaxHighlighting(codeColours),
      EditorView.lineWrapping,
      EditorState.readOnly.of(true),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      EditorView.cspNonce.of(document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''),
      editorLooks(scheme, 120),
    ];
    const view = new MergeView({
      parent: place.current,
      a: { doc: before, extensions },
      b: { doc: after, extensions },
      collapseUnchanged: { margin: 3, minSize: 6 },
      gutter: true,
    });
    return () => view.destroy();
  }, [before, after, label, scheme]);
  return <div ref={place} />;
};
