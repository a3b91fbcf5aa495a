import type { MessageLanguage } from './message.ts';

/** A link of the message; `href` as it was written, fields included. */
export interface LinkSlot {
  readonly index: number;
  readonly href: string;
  readonly label: string;
}

/**
 * Where each Liquid token of a part came from: [offset in the part, line, column] one after the other, offsets
 * ascending. Lines and columns count from 1 in the source.
 */
export type Places = readonly number[];

/** One version, ready for any number of recipients. Plain data: it is stored with the version and sent to workers. */
export interface CompiledMessage {
  /** Content hash of the source: also the key under which workers remember the parsed templates. */
  readonly hash: string;
  readonly language: MessageLanguage;
  /** Liquid. Links in `html` and `text` stand between the marks of link-marks.ts. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** False when the text part was made from the HTML. */
  readonly textWritten: boolean;
  readonly links: readonly LinkSlot[];
  readonly places: { readonly subject: Places; readonly html: Places; readonly text: Places };
}
