import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const stages = ['platform', 'guard', 'know', 'choose', 'reach', 'learn'] as const;
export type Stage = (typeof stages)[number];

export const isStage = (word: string | undefined): word is Stage => stages.some((stage) => stage === word);

/** One file of the project, by its path from the project's folder. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
  /** What it imports: statically, dynamically, or as the module of a worker or a child process. */
  readonly imports: readonly string[];
  /** `know/segments`; undefined outside the rooms. */
  readonly room: string | undefined;
  readonly stage: Stage | undefined;
  /** Tests and what only tests import. */
  readonly forTests: boolean;
}

const IMPORT =
  /(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+|\bnew URL\(\s*(?=['"]\.[^'"]*\.ts['"]))['"]([^'"\n]+)['"]/gm;

export const sourceFile = (name: string, text: string): SourceFile => {
  const [, stage, room] = /^server\/src\/(\w+)\/([^/]+)/.exec(name) ?? [];
  return {
    name,
    text,
    imports: name.endsWith('.ts') ? [...text.matchAll(IMPORT)].map((match) => match[1] ?? '') : [],
    ...(isStage(stage) ? { stage, room: `${stage}/${room}` } : { stage: undefined, room: undefined }),
    forTests: /\.(test|suite|fixture)\.ts$|-for-tests\.ts$|^server\/src\/testing\//.test(name),
  };
};

/** Every TypeScript file of the workspaces, every migration, and every README.md of a room. */
export const readProject = (projectFolder: string): readonly SourceFile[] =>
  [
    'contract/src',
    'engine/src',
    'server/src',
    'server/migrations',
    'cli/src',
    'sample/src',
    'bench/src',
    'e2e/src',
  ]
    .flatMap((folder) =>
      readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.(ts|sql|md)$/.test(path))
        .map((path) => `${folder}/${path}`),
    )
    .map((name) => sourceFile(name, readFileSync(join(projectFolder, name), 'utf8')));
