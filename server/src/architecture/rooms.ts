import type { ArchitectureRule } from './rule.ts';
import { ruleOfFile } from './rule.ts';

const noStrays = ruleOfFile('has a room for every file of a stage', ({ name, stage }) =>
  stage !== undefined && /^server\/src\/\w+\/[^/]+\.ts$/.test(name)
    ? [`${name} lies directly in a stage. Give it a room.`]
    : [],
);

const everyDoor: ArchitectureRule = {
  says: 'gives each room a door',
  breaches: (files) => {
    const names = new Set(files.map(({ name }) => name));
    const rooms = new Set(files.flatMap(({ room }) => (room === undefined || room.endsWith('.ts') ? [] : [room])));
    return [...rooms]
      .filter((room) => !names.has(`server/src/${room}/index.ts`))
      .map((room) => `${room} has no door: add index.ts with what other rooms may use.`);
  },
};

const drawers = /(^|\/)(utils?|helpers?|lib|common|shared|misc|types)(\.ts|\/)/;

const noDrawers = ruleOfFile('has no drawer for odds and ends', ({ name }) =>
  drawers.test(name) ? [`${name} says nothing about what is inside: name the file after the one thing in it.`] : [],
);

export const roomRules: readonly ArchitectureRule[] = [noStrays, everyDoor, noDrawers];
