declare module 'mjml' {
  export interface MjmlError {
    readonly line: number;
    readonly message: string;
    readonly tagName: string;
  }
  export interface MjmlOptions {
    readonly fonts?: Readonly<Record<string, string>>;
    readonly ignoreIncludes?: boolean;
    readonly keepComments?: boolean;
    readonly validationLevel?: 'skip' | 'soft' | 'strict';
  }
  const mjml2html: (
    mjml: string,
    options?: MjmlOptions,
  ) => Promise<{ readonly html: string; readonly errors: readonly MjmlError[] }>;
  export default mjml2html;
}
