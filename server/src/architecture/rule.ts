import type { SourceFile } from './source-file.ts';

export interface ArchitectureRule {
  /** Completes “the house …”. */
  readonly says: string;
  /** A sentence for each breach: which file, what it does, what to do instead. */
  readonly breaches: (files: readonly SourceFile[]) => readonly string[];
}

/** A rule that looks at one file at a time. */
export const ruleOfFile = (
  says: string,
  breachesIn: (file: SourceFile) => readonly string[],
): ArchitectureRule => ({ says, breaches: (files) => files.flatMap(breachesIn) });
