import type { Health } from '@mesure/contract/health';

export interface EngineProbe {
  readonly name: string;
  /** Rejects when the engine does not answer. */
  readonly check: () => Promise<unknown>;
}

export interface HealthDeps {
  readonly engines: readonly EngineProbe[];
  readonly version: string;
  readonly monotonicMs: () => number;
  /** Longest wait for one engine. */
  readonly timeoutMs: number;
  readonly onFailure: (engine: string, error: unknown) => void;
}

const within = async (work: Promise<unknown>, timeoutMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Asks every engine at once. The cause of a failure goes to the log, not to whoever asks: the address is public. */
export const readHealth = async (deps: HealthDeps, stopping: boolean): Promise<Health> => {
  const engines = await Promise.all(
    deps.engines.map(async ({ name, check }) => {
      const startMs = deps.monotonicMs();
      const took = (): number => Math.round((deps.monotonicMs() - startMs) * 10) / 10;
      try {
        await within(check(), deps.timeoutMs);
        return { name, ok: true, milliseconds: took() };
      } catch (error) {
        deps.onFailure(name, error);
        return { name, ok: false, milliseconds: took() };
      }
    }),
  );
  const healthy = engines.every((engine) => engine.ok);
  return { status: stopping ? 'stopping' : healthy ? 'ok' : 'degraded', version: deps.version, engines };
};
