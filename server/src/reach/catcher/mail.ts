/** What the catcher remembers of a message without opening it again. */
export interface CaughtMail {
  readonly id: string;
  /** Business clock. */
  readonly at: Date;
  readonly from: string;
  /** The envelope's recipient. */
  readonly to: string;
  readonly subject: string;
  readonly bytes: number;
}

export interface OpenedMail extends CaughtMail {
  /** In their order, unfolded and decoded. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly text: string;
  readonly html: string;
  /** Web addresses of the HTML part in their order, each once. */
  readonly links: readonly string[];
}

export interface MailQuery {
  readonly search?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  /** Id of the last message of the page before. */
  readonly before?: string | undefined;
}

export interface MailPage {
  readonly items: readonly CaughtMail[];
  /** How many match, on all pages. */
  readonly total: number;
  readonly next?: string;
}
