export type { CompiledMessage, LinkSlot } from './compiled.ts';
export type { CompileResult } from './compiler.ts';
export {
  buildContext,
  type ContextInput,
  type ContextProduct,
  type ContextProfile,
  formatPrice,
  type RenderContext,
  type RenderProduct,
} from './context.ts';
export type { Finding } from './finding.ts';
export {
  type Both,
  contentHash,
  type MessageLanguage,
  type MessageSource,
  type Problem,
  type Where,
} from './message.ts';
export { type RenderedLink, type RenderedMessage, type RenderResult, renderLinks } from './rendered.ts';
export type { Renderer } from './renderer.ts';
export {
  type Content,
  type ContentDeps,
  createContent,
  type PreviewContexts,
  type SendTest,
  type TestOutcome,
} from './room.ts';
export { bindContentRoutes } from './routes.ts';
export {
  type Message,
  type Messages,
  type MessageVersion,
  type PreparedSource,
  type SavedMessage,
  versionKey,
} from './service.ts';
export { starters } from './starters/starters.ts';
