import { type ArchitectureRule, ruleOfFile } from './rule.ts';
import type { SourceFile } from './source-file.ts';

interface SinglePlace {
  readonly says: string;
  readonly what: RegExp;
  readonly allowedIn: RegExp;
  readonly todo: string;
}

/** What only the files of one place may do, in the server's own files; tests may do it anywhere. */
const singlePlace = ({ says, what, allowedIn, todo }: SinglePlace): ArchitectureRule =>
  ruleOfFile(says, ({ name, text, forTests }) => {
    if (!name.startsWith('server/src/') || !name.endsWith('.ts') || forTests || allowedIn.test(name))
      return [];
    const found = what.exec(text);
    if (!found || name.startsWith('server/src/architecture')) return [];
    const line = text.slice(0, found.index).split('\n').length;
    return [`${name}:${line} has ${JSON.stringify(found[0].trim().slice(0, 40))}. ${todo}`];
  });

// The platform makes the connections, the migrations, the queue and the backup of every table.
const sqlFiles = /\/([\w-]+-)?(store|read|compile)\.ts$|^server\/src\/platform\//;
const moveSql = 'Move the statement to store.ts (writes), read.ts (reads) or compile.ts of its room.';

/** Who created a table owns it: the migration is named after the room. The first one made the workspaces. */
const namedOtherwise: Readonly<Record<string, string>> = { foundation: 'access' };

const tablesByRoom = (files: readonly SourceFile[]): ReadonlyMap<string, string> =>
  new Map(
    files.flatMap(({ name, text }) => {
      const [, word] = /^server\/migrations\/postgres\/\d+-([\w-]+)\.sql$/.exec(name) ?? [];
      if (word === undefined) return [];
      const room = namedOtherwise[word] ?? word;
      return [...text.matchAll(/\bcreate table (?:if not exists )?(\w+)/gi)].map(
        (match) => [match[1] ?? '', room] as const,
      );
    }),
  );

const oneOwner: ArchitectureRule = {
  says: 'gives each table one owner',
  breaches: (files) => {
    const owners = tablesByRoom(files);
    return files.flatMap(({ name, stage, room, text, forTests }) => {
      if (room === undefined || stage === 'platform' || forTests || !sqlFiles.test(name)) return [];
      const touched = new Set(
        [...text.matchAll(/\b(?:insert into|update|delete from|from|join)\s+(\w+)/gi)].map(
          (match) => match[1] ?? '',
        ),
      );
      return [...touched].flatMap((table) => {
        const owner = owners.get(table);
        return owner === undefined || room.endsWith(`/${owner}`)
          ? []
          : [
              `${name} has a statement on ${table}, which belongs to the room ${owner}. Ask that room through its door.`,
            ];
      });
    });
  },
};

export const singlePlaceRules: readonly ArchitectureRule[] = [
  singlePlace({
    says: 'reads the time in platform/clock',
    what: /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bprocess\.hrtime\b|\bTemporal\.Now\b/,
    allowedIn: /^server\/src\/platform\/(clock|ids)\//,
    todo: 'Take a Clock (business time) or monotonicMs (durations) from #platform/clock.',
  }),
  singlePlace({
    says: 'takes chance as an argument',
    what: /\bMath\.random\b/,
    allowedIn: /^$/,
    todo: 'Take a seed, or the random function that app.ts hands out.',
  }),
  singlePlace({
    says: 'reads process.env in config.ts',
    what: /\bprocess\.env\b|\benv\b[^'"\n]*\bfrom ['"]node:process['"]/,
    allowedIn: /^server\/src\/config\.ts$/,
    todo: 'Add a variable to config.ts and take it as an argument.',
  }),
  singlePlace({
    says: 'writes SQL in store, read and compile files',
    what: /[`'"]\s*(?:--[^\n]*\n\s*)*(?:select|insert\s+into|update|delete\s+from)\s(?:(?!`)[\s\S])*?\b(?:from|into|set|values|where)\b|[`'"]\s*with\s+(?:recursive\s+)?\w+\s+as\s/i,
    allowedIn: sqlFiles,
    todo: moveSql,
  }),
  singlePlace({
    says: 'talks to a transaction in store, read and compile files',
    what: /\btx\s*\.\s*(?:rows|one|maybe|run|copy)\b/,
    allowedIn: sqlFiles,
    todo: moveSql,
  }),
  oneOwner,
];
