import { dirname, join } from 'node:path/posix';
import { type ArchitectureRule, ruleOfFile } from './rule.ts';
import { isStage, type SourceFile, sourceFile, stages } from './source-file.ts';

const doorOf = (path: string): readonly [string, string] | undefined => {
  const [, stage, room] = /^#(\w+)\/([\w-]+)$/.exec(path) ?? [];
  return stage !== undefined && room !== undefined ? [stage, room] : undefined;
};

const pointsLeft = ruleOfFile(
  'lets a room import only from itself and from stages to its left',
  ({ name, stage, room, imports }) =>
    imports.flatMap((path) => {
      const [target] = doorOf(path) ?? [];
      if (stage === undefined || !isStage(target) || stages.indexOf(target) <= stages.indexOf(stage))
        return [];
      return [
        `${name} is in ${stage} and imports ${path}, which is to its right. Imports point left only (${stages.join(' ← ')}): let ${room} own a small port, and have app.ts wire ${path} into it.`,
      ];
    }),
);

const throughDoors = ruleOfFile('lets rooms be entered by their doors only', (file) => {
  const { name, stage, room, imports, forTests } = file;
  if (!name.startsWith('server/src/') || name.startsWith('server/src/architecture')) return [];
  return imports.flatMap((path) => {
    if (path.startsWith('#')) {
      if (path === '#testing') {
        return forTests ? [] : [`${name} imports #testing, which is for tests: the product never needs it.`];
      }
      if (path === `#${room}` && !forTests) {
        return [`${name} imports its own door ${path}: use a relative path inside a room.`];
      }
      return isStage(doorOf(path)?.[0])
        ? []
        : [
            `${name} imports ${path}: other rooms are entered as '#stage/room', and nothing below that. Export what you need in that room's index.ts.`,
          ];
    }
    if (!path.startsWith('.')) return [];
    const target = sourceFile(join(dirname(name), path), '');
    const atHome = stage === undefined ? target.stage === undefined : target.room === room;
    return atHome
      ? []
      : [
          `${name} reaches ${path}: rooms are entered by their door, '#stage/room'. Export what you need in that room's index.ts.`,
        ];
  });
});

const edgesInStages = (files: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const edges = new Map<string, Set<string>>();
  for (const { stage, room, imports, forTests } of files) {
    if (stage === undefined || room === undefined || forTests) continue;
    for (const path of imports) {
      const [targetStage, targetRoom] = doorOf(path) ?? [];
      if (targetStage !== stage) continue;
      const target = `${targetStage}/${targetRoom}`;
      if (target !== room) edges.set(room, (edges.get(room) ?? new Set()).add(target));
    }
  }
  return edges;
};

const noRings: ArchitectureRule = {
  says: 'has no ring of rooms inside a stage',
  breaches: (files) => {
    const edges = edgesInStages(files);
    const rings = new Set<string>();
    const walk = (room: string, path: readonly string[]): void => {
      if (path.includes(room)) {
        const ring = path.slice(path.indexOf(room)).toSorted();
        rings.add(`${ring.join(', ')} import each other in a ring: one of them should own a port instead.`);
        return;
      }
      for (const next of edges.get(room) ?? []) walk(next, [...path, room]);
    };
    for (const room of edges.keys()) walk(room, []);
    return [...rings];
  },
};

export const arrowRules: readonly ArchitectureRule[] = [pointsLeft, throughDoors, noRings];
