import { dirname, join } from 'node:path/posix';
import { everyNode, lineOf, literalOf, type Source } from '../words/sources.fixture.ts';

export const stages = ['platform', 'guard', 'know', 'choose', 'reach', 'learn'] as const;
type Stage = (typeof stages)[number];
const isStage = (word: string | undefined): word is Stage => stages.some((stage) => stage === word);

export interface Rule {
  /** Completes “the console …”. */
  readonly says: string;
  /** A sentence for each breach: which file, what it does, what to do instead. */
  readonly breaches: (sources: readonly Source[]) => readonly string[];
}

interface Place {
  readonly stage: Stage | undefined;
  /** `know/imports`; undefined outside the rooms. */
  readonly room: string | undefined;
}

const placeOf = (name: string): Place => {
  const [stage, room] = name.split('/');
  return isStage(stage) && room !== undefined
    ? { stage, room: `${stage}/${room}` }
    : { stage: undefined, room: undefined };
};

/** Parsed once: every rule looks at the same sources. */
const known = new WeakMap<Source, readonly string[]>();

const importsOf = (source: Source): readonly string[] => {
  const before = known.get(source);
  if (before) return before;
  const found: string[] = [];
  everyNode(source, (node) => {
    if (!/^(Import|ExportNamed|ExportAll)/.test(node.type)) return;
    const path = literalOf(node['source']);
    if (path !== null) found.push(path);
  });
  known.set(source, found);
  return found;
};

/** A rule that looks at one file and its imports. */
const ofImports = (
  says: string,
  wrong: (name: string, path: string, place: Place) => string | null,
): Rule => ({
  says,
  breaches: (sources) =>
    sources.flatMap((source) =>
      importsOf(source).flatMap((path) => wrong(source.name, path, placeOf(source.name)) ?? []),
    ),
});

const doorOf = (path: string): readonly [string, string] | undefined => {
  const [, stage, room] = /^#(\w+)\/([\w-]+)$/.exec(path) ?? [];
  return stage !== undefined && room !== undefined ? [stage, room] : undefined;
};

const pointsLeft = ofImports('imports to the left only', (name, path, { stage, room }) => {
  const [target] = doorOf(path) ?? [];
  if (stage === undefined || !isStage(target) || stages.indexOf(target) <= stages.indexOf(stage)) return null;
  return `${name} imports ${path}, which is to its right (${stages.join(' ← ')}): let app/ bring the two together, or ${room ?? ''} take it as a property.`;
});

const throughDoors = ofImports('enters rooms by their doors only', (name, path, { stage, room }) => {
  if (path.startsWith('#')) {
    if (path === `#${room ?? ''}`) return `${name} imports its own door: use a relative path inside a room.`;
    return path === '#words' || isStage(doorOf(path)?.[0])
      ? null
      : `${name} imports ${path}: rooms are entered as '#stage/room', and nothing below that.`;
  }
  if (!path.startsWith('.')) return null;
  const target = join(dirname(name), path);
  const atHome = stage === undefined ? placeOf(target).room === undefined : placeOf(target).room === room;
  return atHome
    ? null
    : `${name} reaches ${path}: export what you need in that room's index.ts and enter by '#stage/room'.`;
});

const wordsAlone = ofImports('lets words know of nothing else', (name, path) =>
  name.startsWith('words/') && path.startsWith('#')
    ? `${name} imports ${path}: words are below everything.`
    : null,
);

const lightRoutes = ofImports('keeps routes light', (name, path, { stage }) => {
  if (!name.endsWith('/routes.ts') || stage === undefined || stage === 'platform') return null;
  const light =
    path === 'zod' ||
    path === '@tanstack/react-router' ||
    path.startsWith('@mesure/contract') ||
    path.startsWith('#platform/') ||
    path.startsWith('#') ||
    // Pages come by import(), and pure logic may be shared with them.
    path.endsWith('.ts') ||
    path.endsWith('-page.tsx');
  return light ? null : `${name} imports ${path}, which every first visit would load: import it in the page.`;
});

const noRings: Rule = {
  says: 'has no ring of rooms inside a stage',
  breaches: (sources) => {
    const edges = new Map<string, Set<string>>();
    for (const source of sources) {
      const { stage, room } = placeOf(source.name);
      if (room === undefined) continue;
      for (const path of importsOf(source)) {
        const [targetStage, targetRoom] = doorOf(path) ?? [];
        const target = `${targetStage ?? ''}/${targetRoom ?? ''}`;
        if (targetStage === stage && target !== room)
          edges.set(room, (edges.get(room) ?? new Set()).add(target));
      }
    }
    const rings = new Set<string>();
    const walk = (room: string, path: readonly string[]): void => {
      if (path.includes(room)) {
        rings.add(`${path.slice(path.indexOf(room)).toSorted().join(', ')} import each other in a ring.`);
        return;
      }
      for (const next of edges.get(room) ?? []) walk(next, [...path, room]);
    };
    for (const room of edges.keys()) walk(room, []);
    return [...rings];
  },
};

const haveDoors: Rule = {
  says: 'has a room for every file of a stage, and a door for every room',
  breaches: (sources) => {
    const names = new Set(sources.map(({ name }) => name));
    const rooms = new Set([...names].flatMap((name) => placeOf(name).room ?? []));
    return [...rooms].flatMap((room) => {
      if (/\.tsx?$/.test(room)) return [`${room} lies directly in a stage. Give it a room.`];
      return names.has(`${room}/index.ts`) ? [] : [`${room} has no door: add index.ts.`];
    });
  },
};

const drawers = /(^|\/)(utils?|helpers?|lib|shared|misc|types)(\.tsx?$|\/)/;
const noDrawers: Rule = {
  says: 'has no drawer for odds and ends',
  breaches: (sources) =>
    sources.flatMap(({ name }) =>
      drawers.test(name) ? [`${name}: name the file after the one thing in it.`] : [],
    ),
};

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|(^|[^:'"`])\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '));

interface Single {
  readonly what: RegExp;
  /** Files where it may be; nowhere when absent. */
  readonly allowedIn?: RegExp;
  readonly todo: string;
}

const onlyIn = (says: string, { what, allowedIn, todo }: Single): Rule => ({
  says,
  breaches: (sources) =>
    sources.flatMap(({ name, text }) => {
      if (allowedIn?.test(name) || name.startsWith('architecture/')) return [];
      const found = what.exec(withoutComments(text));
      return found ? [`${name}:${String(lineOf(text, found.index))} has ${found[0]}. ${todo}`] : [];
    }),
});

export const consoleRules: readonly Rule[] = [
  pointsLeft,
  throughDoors,
  wordsAlone,
  lightRoutes,
  noRings,
  haveDoors,
  noDrawers,
  onlyIn('never makes markup of stored text', {
    what: /\bdangerouslySetInnerHTML\b|\.innerHTML\b|\.outerHTML\s*=|insertAdjacentHTML/,
    todo: 'Text is text; messages are shown in MailFrame.',
  }),
  onlyIn('does not read the clock of the browser', {
    what: /\bnew Date\(\)|\bDate\.now\b/,
    todo: 'Instants come from the API: the demo lives in a time of its own.',
  }),
  onlyIn('talks to the API through one client', {
    what: /(?<![.\w])fetch\(/,
    allowedIn: /^platform\/api\//,
    todo: 'Use call, queryOf or useCall.',
  }),
  onlyIn('keeps to the contrast of quiet text', {
    what: /"dimmed"|'dimmed'/,
    todo: 'Use var(--mesure-quiet).',
  }),
  onlyIn('names what it exports', { what: /^export default\b/m, todo: 'Name it.' }),
  onlyIn('formats numbers, money and dates in platform/format', {
    what: /\.toLocale(Date|Time)?String\(/,
    allowedIn: /^platform\/format\//,
    todo: 'Use the functions of #platform/format.',
  }),
];
