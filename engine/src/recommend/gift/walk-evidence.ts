import { checkLength } from '../../errors/index.ts';
import { type CorrectionsAlike, correctionsAlike } from './corrections-alike.ts';
import { EVIDENCE, type GiftEvidence, LIKELIHOOD_RATIOS } from './evidence.ts';
import { checkGiftLines, type GiftLines, NO, YES } from './gift-lines.ts';
import { type GiftModel, stratumOf } from './gift-model.ts';
import { type LikelihoodTable, logRatioOf } from './likelihood-table.ts';
import { type Outside, walkOrders } from './line-walk.ts';
import { closeness } from './similar-items.ts';
import { unusualness } from './unusual.ts';

const INDEX = Object.fromEntries(EVIDENCE.map((code, e) => [code, e])) as Readonly<
  Record<GiftEvidence, number>
>;
/** The natural logarithm of a stated ratio; 0 where it is not known. */
const stated = (code: keyof typeof LIKELIHOOD_RATIOS, flag: number | undefined): number =>
  flag === YES
    ? Math.log(LIKELIHOOD_RATIOS[code].yes)
    : flag === NO
      ? Math.log(LIKELIHOOD_RATIOS[code].no)
      : 0;

/** Writes the log-ratio of each piece of evidence for a line, before the model's strengths. */
const fillEvidence = (
  out: Float64Array,
  model: GiftModel,
  {
    lines,
    row,
    outside,
    alike,
  }: { lines: GiftLines; row: number; outside: Outside; alike: CorrectionsAlike },
): void => {
  const { events, otherName, otherAddress, seasons, price } = lines;
  const item = events.item[row] as number;
  out[INDEX.gift_wrap] = stated('gift_wrap', lines.wrapped?.[row]);
  out[INDEX.gift_note] = stated('gift_note', lines.note?.[row]);
  out[INDEX.other_name] = stated('other_name', otherName?.[row]);
  out[INDEX.other_address] = otherName?.[row] === YES ? 0 : stated('other_address', otherAddress?.[row]);
  const instant = events.atMs[row] as number;
  const inSeason = seasons?.some(({ fromMs, toMs }) => instant >= fromMs && instant < toMs);
  out[INDEX.gift_season] = inSeason === undefined ? 0 : stated('gift_season', inSeason ? YES : NO);
  out[INDEX.corrected_alike] = alike(row);
  const counted = lines.counted?.[events.person[row] as number] !== NO;
  const again = (outside.orders[item] as number) > 0;
  out[INDEX.bought_again] = again ? stated('bought_again', YES) : 0;
  const near = again ? Number.NaN : closeness(model.similar, outside, { item, own: true, counted });
  out[INDEX.out_of_taste] = logRatioOf(model.taste[stratumOf(outside.size)] as LikelihoodTable, near);
  out[INDEX.unusual_price] = price
    ? logRatioOf(model.price, -unusualness(outside.price, price[row] as number, model.priceSpread))
    : 0;
  out[INDEX.unusual_quantity] = events.weight
    ? logRatioOf(
        model.quantity,
        -unusualness(outside.quantity, events.weight[row] as number, model.quantitySpread),
      )
    : 0;
};

export interface LineEvidence {
  readonly row: number;
  /** One per `EVIDENCE`, natural logarithms before strengths; used again for the next line. */
  readonly logRatios: Float64Array;
}

/** Calls `visit` for every purchase with its evidence. @throws EngineError `length_mismatch` and those of the lines */
export const walkEvidence = (
  model: GiftModel,
  lines: GiftLines,
  visit: (line: LineEvidence) => void,
): void => {
  checkGiftLines(lines);
  checkLength('the items of the lines', lines.events.items, model.items);
  const alike = correctionsAlike(lines);
  const logRatios = new Float64Array(EVIDENCE.length);
  walkOrders(lines, (rows, outside) => {
    for (const row of rows) {
      fillEvidence(logRatios, model, { lines, row, outside, alike });
      visit({ row, logRatios });
    }
  });
};
