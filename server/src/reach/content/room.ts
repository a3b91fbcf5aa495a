import type { Actor } from '#guard/access';
import type { AuditDoor } from '#guard/audit';
import type { Clock } from '#platform/clock';
import type { Ids } from '#platform/ids';
import type { CompiledMessage } from './compiled.ts';
import { type Compiler, createCompiler } from './compiler.ts';
import type { RenderContext } from './context.ts';
import type { Finding } from './finding.ts';
import { lintSource } from './lint/lint.ts';
import type { MessageLanguage, MessageSource } from './message.ts';
import { createRenderer, type Renderer, type RendererOptions } from './renderer.ts';
import { createMessages, type Messages, type PreparedSource } from './service.ts';

/** Real people's data for previews; whoever knows profiles, products and tokens builds it. Unknown ids are left out. */
export type PreviewContexts = (
  workspaceId: string,
  profileIds: readonly string[],
  /** Of the message: prices are written in it. The person's own when absent. */
  language?: MessageLanguage,
) => Promise<ReadonlyMap<string, RenderContext>>;

/** One draft to the actor's own address, marked [test], with the data of this person or of nobody. */
export type SendTest = (
  workspaceId: string,
  draft: {
    readonly source: MessageSource;
    readonly compiled: CompiledMessage;
    readonly profileId: string | undefined;
    readonly actor: Actor;
  },
) => Promise<TestOutcome>;

export interface TestOutcome {
  readonly to: string;
  readonly outcome: 'accepted' | 'rejected' | 'deferred' | 'uncertain';
  readonly detail: string;
}

export interface ContentDeps {
  readonly ids: Ids;
  readonly clock: Clock;
  readonly audit: Pick<AuditDoor, 'record'>;
  readonly renderer?: RendererOptions;
}

export interface Content {
  readonly messages: Messages;
  /** MJML and Liquid to a compiled message; every mistake is said with its place, none is thrown. */
  readonly compile: Compiler['compile'];
  /** For saving: compiled when that is possible. Call it outside any transaction. */
  readonly prepare: (source: MessageSource) => Promise<PreparedSource>;
  readonly renderer: Renderer;
  readonly lint: (source: MessageSource) => Promise<readonly Finding[]>;
  readonly stop: () => Promise<void>;
}

export const createContent = (deps: ContentDeps): Content => {
  const compiler = createCompiler();
  const renderer = createRenderer(deps.renderer);
  return {
    messages: createMessages(deps),
    compile: compiler.compile,
    prepare: async (source) => {
      const result = await compiler.compile(source);
      return { source, compiled: result.ok ? result.compiled : null };
    },
    renderer,
    lint: (source) => lintSource(source, { compile: compiler.compile, render: renderer.render }),
    stop: async () => {
      await compiler.stop();
      await renderer.stop();
    },
  };
};
