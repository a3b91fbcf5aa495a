/** One promised figure or a few: measures, never judges. Names of figures carry their unit. */
export interface Bench {
  readonly name: string;
  /** What it runs, in a sentence. */
  readonly about: string;
  readonly run: (context: BenchContext) => Promise<BenchResult>;
}

export interface BenchContext {
  /** Progress and remarks, to the error stream. */
  readonly say: (line: string) => void;
}

export interface BenchResult {
  readonly figures: Readonly<Record<string, number | string | boolean | null>>;
  /** What was not measured, or measured otherwise than promised. */
  readonly notes?: readonly string[];
}
