/** A page's code could not be loaded. */
export class PartGone extends Error {
  constructor(cause: unknown) {
    super('A part of the console could not be loaded', { cause });
  }
}
