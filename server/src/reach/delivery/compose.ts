import type { Product } from '#know/catalog';
import type { Profile } from '#know/profiles';
import type { Clock } from '#platform/clock';
import { appError, isAppError } from '#platform/errors';
import { composeMail, type OutgoingMail } from '#platform/mail';
import type { Database, Tx } from '#platform/postgres';
import type { Tokens } from '#platform/secrets';
import {
  buildContext,
  type MessageVersion,
  type Renderer,
  type RenderResult,
  renderLinks,
} from '#reach/content';
import { createLinks, isSafeTarget, type Links, type LinkTarget } from '#reach/pages';
import type { CampaignSender } from '#reach/sender';
import type { Composed, MessageComposer } from './ports.ts';
import type { PlannedVariant, RunPlan } from './run-plan.ts';
import type { SendProduct } from './send.ts';

export interface ComposerDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly tokens: Pick<Tokens, 'sign'>;
  readonly renderer: Pick<Renderer, 'render'>;
  readonly messages: {
    readonly approved: (
      tx: Tx,
      keys: readonly { readonly messageId: string; readonly contentHash: string }[],
    ) => Promise<ReadonlyMap<string, MessageVersion>>;
  };
  /** Throws with a sentence when this entity cannot send as it must. */
  readonly sender: { readonly forCampaign: (tx: Tx, entityId: string) => Promise<CampaignSender> };
}

/** One message to make. Without `sendId` it is a preview or a test: its links change nothing and count nowhere. */
export interface Draft {
  readonly sendId: string | null;
  readonly decisionId: string | null;
  readonly profileId: string;
  readonly profile: Profile;
  readonly variant: PlannedVariant;
  readonly products: readonly SendProduct[];
  readonly clickTracking: boolean;
}

export type Made =
  | {
      readonly ok: true;
      readonly subject: string;
      readonly html: string;
      readonly text: string;
      readonly unsubscribe: string;
    }
  | { readonly ok: false; readonly reason: 'template' | 'content_changed'; readonly error: string };

export interface Composer extends MessageComposer {
  /** What these people would read, with links that do nothing. One answer per draft, in order. */
  readonly preview: (input: {
    readonly workspaceId: string;
    readonly run: RunPlan;
    readonly drafts: readonly Draft[];
    readonly catalog: ReadonlyMap<string, Product>;
  }) => Promise<readonly Made[]>;
  /** A message marked [test] to one address. */
  readonly test: (input: {
    readonly workspaceId: string;
    readonly run: RunPlan;
    readonly draft: Draft;
    readonly catalog: ReadonlyMap<string, Product>;
    readonly to: string;
    readonly messageId: string;
  }) => Promise<Composed>;
}

interface Material {
  readonly sender: CampaignSender;
  readonly links: Links;
  readonly versions: ReadonlyMap<string, MessageVersion>;
}

const RENDER_BATCH = 100;

const productsOf = (products: readonly SendProduct[], catalog: ReadonlyMap<string, Product>) =>
  products.flatMap(({ sku, reason }) => {
    const product = catalog.get(sku);
    return product ? [{ ...product, reason }] : [];
  });

/**
 * Signs each link once: the HTML and the text part share it, and a link that names nobody (T-07) is the same for
 * everybody who reads this variant.
 */
const clickLinks = (links: Links): Links['click'] => {
  const signed = new Map<string, string>();
  return (click) => {
    const { target, url, link, withPerson } = click;
    const key = `${withPerson ? target.sendId : ''} ${link} ${url}`;
    const known = signed.get(key) ?? links.click(click);
    signed.set(key, known);
    return known;
  };
};

export const createComposer = (deps: ComposerDeps): Composer => {
  const material = (workspaceId: string, run: RunPlan): Promise<Material> =>
    deps.database.inWorkspace(
      workspaceId,
      async (tx) => {
        const sender = await deps.sender.forCampaign(tx, run.entityId);
        const found = await deps.messages.approved(tx, run.variants);
        return {
          sender,
          links: createLinks({ tokens: deps.tokens, publicUrl: sender.publicUrl }),
          versions: new Map([...found.values()].map((version) => [version.contentHash, version])),
        };
      },
      { readOnly: true },
    );

  const targetOf = (workspaceId: string, run: RunPlan, draft: Draft): LinkTarget => ({
    workspaceId,
    entityId: run.entityId,
    campaignId: run.campaignId,
    variant: draft.variant.key,
    profileId: draft.sendId ? draft.profileId : null,
    sendId: draft.sendId,
    decisionId: draft.decisionId,
  });

  /** All drafts of one variant through the renderer, then their links. */
  const makeVariant = async (
    { sender, links, versions }: Material,
    input: {
      readonly workspaceId: string;
      readonly run: RunPlan;
      readonly drafts: readonly Draft[];
      readonly catalog: ReadonlyMap<string, Product>;
    },
  ): Promise<readonly Made[]> => {
    const { run, drafts, workspaceId } = input;
    const wanted = drafts[0]?.variant;
    const version = versions.get(wanted?.contentHash ?? '');
    const compiled = version?.compiled;
    // The bytes that leave are the ones that were approved, or none (P-20).
    if (!compiled || compiled.hash !== wanted?.contentHash) {
      const error = 'The approved version of this message is not there any more.';
      return drafts.map(() => ({ ok: false, reason: 'content_changed', error }));
    }
    const targets = drafts.map((draft) => targetOf(workspaceId, run, draft));
    const own = targets.map((target) => ({
      unsubscribe: links.unsubscribe(target),
      preferences: links.preferences(target),
      why: links.why(target),
    }));
    const contexts = drafts.map((draft, index) =>
      buildContext({
        language: compiled.language,
        profile: draft.profile,
        products: productsOf(draft.products, input.catalog),
        links: own[index] ?? { unsubscribe: '', preferences: '', why: '' },
        sender: sender.legal,
        campaignName: run.campaignName,
      }),
    );
    const rendered: RenderResult[] = [];
    for (let from = 0; from < contexts.length; from += RENDER_BATCH) {
      rendered.push(...(await deps.renderer.render(compiled, contexts.slice(from, from + RENDER_BATCH))));
    }
    const clickLink = clickLinks(links);
    return drafts.map((draft, index): Made => {
      const result = rendered[index];
      const target = targets[index];
      if (!result?.ok || !target) {
        return {
          ok: false,
          reason: 'template',
          error: result && !result.ok ? result.error.message.en : 'Not rendered.',
        };
      }
      const parts = renderLinks(result, (url, link) =>
        isSafeTarget(url) ? clickLink({ target, url, link, withPerson: draft.clickTracking }) : url,
      );
      return { ok: true, subject: result.subject, ...parts, unsubscribe: own[index]?.unsubscribe ?? '' };
    });
  };

  const make = async (
    known: Material,
    input: Parameters<typeof makeVariant>[1],
  ): Promise<readonly Made[]> => {
    const made: Made[] = [];
    const places = Map.groupBy(
      input.drafts.keys(),
      (index) => input.drafts[index]?.variant.contentHash ?? '',
    );
    for (const indexes of places.values()) {
      const results = await makeVariant(known, {
        ...input,
        drafts: indexes.flatMap((index) => input.drafts[index] ?? []),
      });
      indexes.forEach((index, position) => {
        made[index] = results[position] ?? { ok: false, reason: 'template', error: 'Not rendered.' };
      });
    }
    return made;
  };

  const asMail = async (
    made: Made,
    input: {
      readonly sender: CampaignSender;
      readonly to: string;
      readonly messageId: string;
      readonly mark?: string;
    },
  ): Promise<Composed> => {
    if (!made.ok) return made;
    const { sender, to, messageId, mark } = input;
    try {
      const { raw, envelope }: OutgoingMail = await composeMail({
        from: sender.from,
        replyTo: sender.replyTo,
        dkim: sender.dkim,
        to: { address: to },
        subject: mark ? `${mark} ${made.subject}` : made.subject,
        html: made.html,
        text: made.text,
        // RFC 8058 section 3.1: one HTTPS address, one Post field (E-01).
        headers: {
          'List-Unsubscribe': `<${made.unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
        messageId,
        date: deps.clock.now(),
      });
      return { ok: true, mail: { raw, envelope }, subject: made.subject };
    } catch (error) {
      if (!isAppError(error)) throw error;
      return {
        ok: false,
        reason: error.details?.field === 'to' ? 'address' : 'template',
        error: error.message,
      };
    }
  };

  return {
    compose: async (chunk) => {
      const known = await material(chunk.workspaceId, chunk.run);
      const drafts = chunk.sends.map(
        (send): Draft => ({
          sendId: send.id,
          decisionId: send.decisionId,
          profileId: send.profileId,
          profile: send.profile,
          variant: send.variant,
          products: send.facts.products,
          clickTracking: send.facts.clickTracking,
        }),
      );
      const made = await make(known, { ...chunk, drafts });
      // Signing runs on the thread pool: side by side, both cores work.
      return Promise.all(
        chunk.sends.map(({ id, address }, index) =>
          asMail(made[index] ?? { ok: false, reason: 'template', error: 'Not rendered.' }, {
            sender: known.sender,
            to: address,
            messageId: id,
          }),
        ),
      );
    },
    preview: async (input) => make(await material(input.workspaceId, input.run), input),
    test: async ({ draft, to, messageId, ...input }) => {
      const known = await material(input.workspaceId, input.run);
      const [made] = await make(known, { ...input, drafts: [draft] });
      if (!made) throw appError('internal', { cause: new Error('One draft, no answer') });
      return asMail(made, { sender: known.sender, to, messageId, mark: '[test]' });
    },
  };
};
