import type { Rule } from '@mesure/contract/segments';
import { createContext, use } from 'react';
import type { Edited } from './tree/edit.ts';
import type { Known } from './tree/fresh.ts';
import type { Path } from './tree/path.ts';
import type { ProblemCode } from './tree/validate.ts';

export interface Builder {
  readonly root: Rule;
  readonly known: Known;
  readonly currency: string;
  readonly disabled: boolean;
  readonly problemAt: (path: Path) => ProblemCode | undefined;
  /** Takes the outcome of an act; `focus` is the part that the keyboard goes on with. Undefined: it was not possible. */
  readonly act: (edited: Edited, focus?: Rule) => void;
  /** The same part changed; what is typed into one field (`typing`) counts as one step back. */
  readonly change: (path: Path, next: Rule, typing?: string) => void;
  readonly remove: (path: Path) => void;
}

export const BuilderContext = createContext<Builder | null>(null);

export const useBuilder = (): Builder => {
  const builder = use(BuilderContext);
  if (builder === null) throw new Error('Parts of a rule stand in a rule builder.');
  return builder;
};
