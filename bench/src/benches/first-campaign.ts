import type { Bench } from '../bench.ts';
import { lastJsonLine, launch, removeFolder, temporaryDataFolder } from '../measure/launched.ts';
import { round } from '../measure/median.ts';
import { watchPss } from '../measure/process-tree.ts';

const copied = [
  'people',
  'audience',
  'accepted',
  'blocked',
  'held',
  'uncertain',
  'rejected',
  'cancelled',
  'holdout',
  'unaccounted',
  'acceptedShareOfEligible',
  'truthInsideInterval',
] as const;

export const firstCampaign: Bench = {
  name: 'first-campaign',
  about:
    'the whole loop on the sample shop of 5,000 customers, as `npm run demo -- --once` does it, from an empty data folder',
  run: async ({ say }) => {
    const folder = temporaryDataFolder();
    try {
      const started = performance.now();
      const demo = launch('sample/src/demo/main.ts', ['--once', '--json'], { MESURE_DATA_FOLDER: folder });
      const pss = watchPss(demo.pid);
      const { code, output } = await demo.ended;
      const wallSeconds = (performance.now() - started) / 1000;
      const peakPssMb = pss.stop();
      if (code !== 0) throw new Error(`The demo ended with ${code}.`);
      const summary = lastJsonLine(output);
      say(`phases in seconds: ${JSON.stringify(summary.seconds)}`);
      return {
        figures: {
          wallSeconds: round(wallSeconds),
          peakPssMb: round(peakPssMb, 0),
          ...Object.fromEntries(copied.map((name) => [name, summary[name] as number])),
        },
      };
    } finally {
      removeFolder(folder);
    }
  },
};
