import { type ArchitectureRule, ruleOfFile } from './rule.ts';

const noStrays = ruleOfFile('has a room for every file of a stage', ({ name, stage }) =>
  stage !== undefined && /^server\/src\/\w+\/[^/]+\.ts$/.test(name)
    ? [`${name} lies directly in a stage. Give it a room.`]
    : [],
);

const doorAndReadme: ArchitectureRule = {
  says: 'gives each room a door, and a README of at most 40 lines',
  breaches: (files) => {
    const texts = new Map(files.map(({ name, text }) => [name, text]));
    const rooms = new Set(
      files.flatMap(({ room }) => (room === undefined || /\.\w+$/.test(room) ? [] : [room])),
    );
    return [...rooms].flatMap((room) => {
      const readme = texts.get(`server/src/${room}/README.md`);
      const lines = readme?.trimEnd().split('\n').length ?? 0;
      return [
        ...(texts.has(`server/src/${room}/index.ts`)
          ? []
          : [`${room} has no door: add index.ts with what other rooms may use.`]),
        ...(readme === undefined
          ? [`${room} has no README.md: say its promise, invariants, tables, events in and out.`]
          : []),
        ...(lines > 40
          ? [`${room}/README.md has ${lines} lines. 40 are enough to say what a room promises.`]
          : []),
      ];
    });
  },
};

const drawers = /(^|\/)(utils?|helpers?|lib|common|shared|misc|types)(\.ts|\/)/;

const noDrawers = ruleOfFile('has no drawer for odds and ends', ({ name }) =>
  drawers.test(name)
    ? [`${name} says nothing about what is inside: name the file after the one thing in it.`]
    : [],
);

export const roomRules: readonly ArchitectureRule[] = [noStrays, doorAndReadme, noDrawers];
