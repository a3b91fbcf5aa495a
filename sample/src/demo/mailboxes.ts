import type { RunningServer } from '@mesure/server';
import type { ReceivedMail } from './answering.ts';

export interface MailboxQuery {
  readonly workspaceId: string;
  readonly since: Date;
  readonly categoryOf: (sku: string) => string | undefined;
}

const header = (
  headers: readonly { readonly name: string; readonly value: string }[],
  name: string,
): string => headers.find((candidate) => candidate.name.toLowerCase() === name)?.value ?? '';

/** Where a tracked link leads is written in it, signed but readable, as any mail program shows it. */
const targetOf = (link: string): string => {
  const payload = link.slice(link.lastIndexOf('/')).split('.')[1] ?? '';
  try {
    const { u } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { readonly u?: string };
    return u ?? '';
  } catch {
    return '';
  }
};

const skuOf = (link: string): string | undefined =>
  /\/produits\/([^/?#]+)/.exec(targetOf(link))?.[1]?.toUpperCase();

export type Opened = Awaited<ReturnType<NonNullable<RunningServer['catcher']>['messages']>>[number];

/** A caught message as its reader has it. */
export const asReceived = (mail: Opened, categoryOf: MailboxQuery['categoryOf']): ReceivedMail => {
  const productLinks = mail.links.filter((link) => link.includes('/t/') && skuOf(link) !== undefined);
  return {
    to: mail.to,
    productLinks,
    unsubscribeLink: /<([^>]+)>/.exec(header(mail.headers, 'list-unsubscribe'))?.[1] ?? '',
    shows: [...new Set(productLinks.flatMap((link) => categoryOf(skuOf(link) ?? '') ?? []))],
  };
};

/** Each reader's newest message since then, by address. */
export const receivedMails = async (
  server: RunningServer,
  query: MailboxQuery,
): Promise<ReadonlyMap<string, ReceivedMail>> => {
  const mails = new Map<string, ReceivedMail>();
  let since: string | undefined;
  for (;;) {
    const page = (await server.catcher?.messages(query.workspaceId, { since, limit: 500 })) ?? [];
    for (const mail of page) {
      since = mail.id;
      if (mail.at < query.since) continue;
      mails.set(mail.to.toLowerCase(), asReceived(mail, query.categoryOf));
    }
    if (page.length < 500) return mails;
  }
};
