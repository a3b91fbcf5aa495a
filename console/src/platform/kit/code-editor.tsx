import { lazy, Suspense } from 'react';
import type { CodeEditorProps } from './code-mirror.tsx';
import { Loading } from './loading.tsx';

const Editor = lazy(async () => ({ default: (await import('./code-mirror.tsx')).CodeMirrorEditor }));
const Differ = lazy(async () => ({ default: (await import('./code-diff.tsx')).CodeDiff }));

/** An editor for markup, Liquid or rules; loaded when it is first needed. */
export const CodeEditor = (props: CodeEditorProps) => (
  <Suspense fallback={<Loading lines={1} height={props.minHeight ?? 240} />}>
    <Editor {...props} />
  </Suspense>
);

/** Two versions side by side, what changed marked. */
export const DiffView = (props: {
  readonly before: string;
  readonly after: string;
  readonly label: string;
}) => (
  <Suspense fallback={<Loading lines={1} height={240} />}>
    <Differ {...props} />
  </Suspense>
);
