import type { CompileResult } from './compile.ts';
import { createKillablePool } from './killable-pool.ts';
import type { MessageSource } from './message.ts';
import { killedProblem } from './problems.ts';

export type { CompileResult } from './compile.ts';

export interface Compiler {
  readonly compile: (source: MessageSource) => Promise<CompileResult>;
  readonly stop: () => Promise<void>;
}

/** Larger sources are refused before any parser sees them. */
const MAX_SOURCE = 500_000;

/** One thread, started with the first message: MJML takes half a second to load and 60 MB. */
export const createCompiler = (): Compiler => {
  const pool = createKillablePool<MessageSource, CompileResult>({
    module: new URL('./compile-worker.ts', import.meta.url),
    size: 1,
    stallMs: 5_000,
    heapMb: 256,
  });
  return {
    compile: async (source) => {
      if (source.subject.length + source.mjml.length + (source.text?.length ?? 0) > MAX_SOURCE) {
        const message = {
          en: `A message may have ${MAX_SOURCE} characters at most.`,
          fr: `Un message peut avoir ${MAX_SOURCE} caractères au plus.`,
        };
        return { ok: false, problems: [{ code: 'too_large', message, where: { part: 'mjml' } }] };
      }
      const answer = await pool.run(() => source);
      return answer.kind === 'done' ? answer.reply : { ok: false, problems: [killedProblem(answer.why)] };
    },
    stop: pool.stop,
  };
};
