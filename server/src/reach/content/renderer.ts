import type { CompiledMessage } from './compiled.ts';
import type { RenderContext } from './context.ts';
import { createKillablePool } from './killable-pool.ts';
import { placeAt } from './liquid-tokens.ts';
import type { Problem, Where } from './message.ts';
import { killedProblem, renderProblem } from './problems.ts';
import type { RawFailure, RawResult } from './render-batch.ts';
import type { RenderRequest } from './render-worker.ts';
import type { RenderResult } from './rendered.ts';

export interface RendererOptions {
  /** Threads. Default 1: one renders several thousand messages a second. */
  readonly threads?: number;
  /** Longest time one message may take. Default 150. */
  readonly stallMs?: number;
  /** Default 96. */
  readonly heapMb?: number;
}

export interface Renderer {
  /**
   * One result per context, in order. Never rejects because of a template or a person's data: 50–200 contexts per
   * call keep the cost of the round trip small.
   */
  readonly render: (
    compiled: CompiledMessage,
    contexts: readonly RenderContext[],
  ) => Promise<readonly RenderResult[]>;
  readonly stop: () => Promise<void>;
}

/** Where a compiled part's offset stands in what was written. */
export const sourcePlace = (
  compiled: CompiledMessage,
  failure: Pick<RawFailure, 'part' | 'offset'>,
): Where => {
  const written = failure.part === 'subject' || (failure.part === 'text' && compiled.textWritten);
  const place =
    failure.offset === undefined ? undefined : placeAt(compiled.places[failure.part], failure.offset);
  return { part: written ? failure.part : 'mjml', ...place };
};

/** A thread keeps at most so many parsed templates. */
const REMEMBERED = 64;
/** After so many kills in a row a template gets no further chance until one of its messages succeeds. */
const STRIKES = 3;

export const createRenderer = (options: RendererOptions = {}): Renderer => {
  const pool = createKillablePool<RenderRequest, RawResult[]>({
    module: new URL('./render-worker.ts', import.meta.url),
    size: options.threads ?? 1,
    stallMs: options.stallMs ?? 150,
    heapMb: options.heapMb ?? 96,
  });
  /** Kills in a row per template; absent until it rendered something or was killed. */
  const strikes = new Map<string, number>();
  const lastKill = new Map<string, Problem>();

  const ask = (compiled: CompiledMessage, contexts: readonly RenderContext[]) =>
    pool.run((memory) => {
      const key = compiled.hash;
      if (memory.has(key)) {
        return { key, contexts };
      }
      const forget = memory.size >= REMEMBERED;
      if (forget) {
        memory.clear();
      }
      memory.add(key);
      const { language, subject, html, text } = compiled;
      return { key, contexts, template: { language, subject, html, text }, ...(forget ? { forget } : {}) };
    });

  const present = (compiled: CompiledMessage, result: RawResult): RenderResult =>
    result.ok
      ? result
      : { ok: false, error: renderProblem(result.failure, sourcePlace(compiled, result.failure)) };

  const render = async (
    compiled: CompiledMessage,
    contexts: readonly RenderContext[],
  ): Promise<readonly RenderResult[]> => {
    const { hash } = compiled;
    const results: (RenderResult | undefined)[] = contexts.map(() => undefined);
    let pending = contexts.map((_, index) => index);
    while (pending.length > 0) {
      const count = strikes.get(hash) ?? 0;
      const known = lastKill.get(hash);
      if (count >= STRIKES && known !== undefined) {
        for (const index of pending) {
          results[index] = { ok: false, error: known };
        }
        break;
      }
      const batch = pending;
      const answer = await ask(
        compiled,
        batch.flatMap((index) => contexts[index] ?? []),
      );
      if (answer.kind === 'done') {
        answer.reply.forEach((result, position) => {
          results[batch[position] ?? -1] = present(compiled, result);
        });
        strikes.set(hash, 0);
        break;
      }
      const offender = batch[answer.at] ?? batch[0] ?? 0;
      // A message of a template that has worked before may have been held up by a busy machine: it gets one more try,
      // alone. A template that never worked gets none.
      pending = batch.filter((index) => index !== offender);
      if (answer.why !== 'memory' && strikes.get(hash) === 0) {
        const alone = await ask(
          compiled,
          [offender].flatMap((index) => contexts[index] ?? []),
        );
        const first = alone.kind === 'done' ? alone.reply[0] : undefined;
        if (first !== undefined) {
          results[offender] = present(compiled, first);
          continue;
        }
      }
      const problem = killedProblem(answer.why);
      strikes.set(hash, count + 1);
      lastKill.set(hash, problem);
      results[offender] = { ok: false, error: problem };
    }
    return results.map((result) => result ?? { ok: false, error: killedProblem('crashed') });
  };

  return { render, stop: pool.stop };
};
