import { parentPort, workerData } from 'node:worker_threads';
import type { RenderContext } from './context.ts';
import {
  liquidFailure,
  type ParsedTemplate,
  parseTemplate,
  type RawResult,
  type RawTemplate,
} from './render-batch.ts';

export interface RenderRequest {
  readonly key: string;
  /** Absent when this worker has seen the key before. */
  readonly template?: RawTemplate;
  /** The other thread has forgotten what this one knows. */
  readonly forget?: boolean;
  readonly contexts: readonly RenderContext[];
}

const progress = new Int32Array(workerData.progress);
const parsed = new Map<string, ParsedTemplate>();

const templateOf = ({ key, template }: RenderRequest): ParsedTemplate => {
  const known = parsed.get(key);
  if (known !== undefined) {
    return known;
  }
  if (template === undefined) {
    throw new Error('the template was not sent');
  }
  const fresh = parseTemplate(template);
  parsed.set(key, fresh);
  return fresh;
};

const render = (request: RenderRequest): RawResult[] => {
  if (request.forget) {
    parsed.clear();
  }
  let template: ParsedTemplate;
  try {
    template = templateOf(request);
  } catch (error) {
    const failure = liquidFailure('html', error);
    return request.contexts.map(() => ({ ok: false, failure }));
  }
  return request.contexts.map((context, index) => {
    // Read by the other thread after it had to kill this one: it names who was being written to.
    Atomics.store(progress, 0, index);
    return template.render(context);
  });
};

parentPort?.on('message', (request: RenderRequest) => {
  parentPort?.postMessage(render(request));
});
parentPort?.postMessage('ready');
