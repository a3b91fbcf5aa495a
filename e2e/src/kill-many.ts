// Many more kills than a test run has time for: KILLS=200 SEED=1 node e2e/src/kill-many.ts
import { createRandom } from '@mesure/engine/random';
import { everybody, prepareMaterial } from './harness/campaign.ts';
import { openHouse } from './harness/house.ts';
import { drawKill, killDuringCampaign } from './harness/kill-run.ts';
import { importShop, shopFile } from './harness/shop-orders.ts';

const wanted = Number(process.env.KILLS ?? 20);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const house = await openHouse({ pressureCap: { messages: 100, hours: 1 }, globalHoldoutShare: 0 });
let kills = 0;
let messages = 0;
let uncertain = 0;
let problems = 0;
try {
  await importShop(house.team().marketer, shopFile(450));
  const material = await prepareMaterial(house.team().marketer, {
    name: 'Everybody',
    rule: everybody,
    starter: 'letter-fr',
  });
  say(`seed ${seed}`);
  for (let run = 0; kills < wanted; run += 1) {
    const random = createRandom(seed, `run ${run}`);
    const first = drawKill(random);
    const result = await killDuringCampaign(
      house,
      material,
      random.chance(0.3) ? [first, drawKill(random)] : [first],
    );
    kills += result.kills.length;
    messages += result.accepted + result.uncertain;
    uncertain += result.uncertain;
    problems += result.problems.length;
    const where = result.kills.map(({ point, hit }) => `${point}:${hit}`).join(', ');
    say(`${kills}/${wanted} ${where}: ${result.accepted} accepted, ${result.uncertain} uncertain`);
    for (const problem of result.problems) say(`  run ${run}: ${problem}`);
  }
} finally {
  await house.close();
}
say(
  `${kills} kills, ${messages} messages, ${uncertain} uncertain, ${problems} disagreements between ledger and journal (seed ${seed})`,
);
process.exitCode = problems === 0 ? 0 : 1;
