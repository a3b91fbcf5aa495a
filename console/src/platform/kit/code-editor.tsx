import { Suspense } from 'react';
import { lazyPart } from '#platform/update';
import type { CodeEditorProps } from './code-mirror.tsx';
import { Loading } from './loading.tsx';

const Editor = lazyPart(async () => (await import('./code-mirror.tsx')).CodeMirrorEditor);
const Differ = lazyPart(async () => (await import('./code-diff.tsx')).CodeDiff);

/** As high as the editor will be (code-looks): what stands below does not move when it comes. */
const heightOf = ({ value, minHeight = 240 }: CodeEditorProps): string =>
  `clamp(${String(minHeight + 2)}px, ${String(value.split('\n').length)} * 1.1375rem + 10px, 70vh + 2px)`;

/** An editor for markup, Liquid or rules; loaded when it is first needed. */
export const CodeEditor = (props: CodeEditorProps) => (
  <Suspense fallback={<Loading lines={1} height={heightOf(props)} />}>
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
