import { dirname, join } from 'node:path/posix';
import { type ArchitectureRule, ruleOfFile } from './rule.ts';

interface Workspace {
  readonly folder: string;
  /** Beside relative paths. */
  readonly imports: RegExp;
  readonly inWords: string;
  readonly todo: string;
}

const workspaces: readonly Workspace[] = [
  {
    folder: 'contract',
    imports: /^zod$/,
    inWords: 'zod only',
    todo: 'A program outside the server must be able to use it as it is: keep what needs more in the server.',
  },
  {
    folder: 'engine',
    imports: /^$/,
    inWords: 'nothing',
    todo: 'It is pure mathematics: hand the numbers in.',
  },
  {
    folder: 'cli',
    imports: /^node:|^commander$|^@mesure\/contract(\/|$)|^@mesure\/server\/(config|local)$/,
    inWords: 'the contract, commander, and of the server where it runs (/config, /local)',
    todo: 'The command line speaks HTTP only: what it lacks is an operation of the API.',
  },
  {
    folder: 'sample',
    imports: /^node:|^@mesure\/(contract|engine)(\/|$)|^@mesure\/server(\/(config|local))?$/,
    inWords: 'contract, engine, and the server’s doors to start it',
    todo: 'The demo plays by the API: it shows nothing that a shop could not do.',
  },
  {
    folder: 'server',
    imports: /^(?!@mesure\/(?!contract(\/|$)|engine(\/|$)))/,
    inWords: 'contract and engine of the project, never what is built upon it',
    todo: 'Whoever starts the server hands it in.',
  },
];

const onlyItsOwn = ({ folder, imports: allowed, inWords, todo }: Workspace): ArchitectureRule =>
  ruleOfFile(`lets ${folder}/ import ${inWords}`, ({ name, imports, forTests }) => {
    if (!name.startsWith(`${folder}/src/`) || forTests) return [];
    return imports.flatMap((path) => {
      const inside = path.startsWith('#')
        ? folder === 'server'
        : path.startsWith('.')
          ? join(dirname(name), path).startsWith(`${folder}/src/`)
          : allowed.test(path);
      return inside ? [] : [`${name} imports ${path}; ${folder}/ may import ${inWords}. ${todo}`];
    });
  });

const STRING_OR_COMMENT =
  /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** Comments may speak of a process; what stands in a string is kept, templates hold code. */
const withoutComments = (text: string): string =>
  text.replace(STRING_OR_COMMENT, (_all, string: string | undefined) => string ?? ' ');

const OUTSIDE =
  /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\)|\bperformance\.|\bprocess\.|\bglobalThis\.fetch\b|(?<!\.)\bfetch\(|\bconsole\./;

/** `fetch` taken out of an object of one's own is not the network's. */
const OWN_FETCH = /\bconst \{[^}]*\bfetch\b[^}]*\} = (?!globalThis\b)\w/;

const outsideIn = (code: string): string | undefined =>
  OUTSIDE.exec(OWN_FETCH.test(code) ? code.replaceAll(/(?<!\.)\bfetch\(/g, 'own(') : code)?.[0];

const pureEngine = ruleOfFile(
  'keeps the engine without I/O, clock and chance of its own',
  ({ name, text, forTests }) => {
    if (!name.startsWith('engine/src/') || !name.endsWith('.ts') || forTests) return [];
    const found = outsideIn(withoutComments(text));
    return found
      ? [`${name} has ${found}. Numbers go in, numbers come out; a seed goes in where chance is needed.`]
      : [];
  },
);

export const workspaceRules: readonly ArchitectureRule[] = [...workspaces.map(onlyItsOwn), pureEngine];
