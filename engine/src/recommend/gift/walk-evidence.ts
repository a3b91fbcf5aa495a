import { checkLength } from '../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { type CorrectionsAlike, correctionsAlike } from './corrections-alike.ts';
import { EVIDENCE, type GiftEvidence, LIKELIHOOD_RATIOS } from './evidence.ts';
import { checkGiftLines, type GiftLines, NO, YES } from './gift-lines.ts';
import { type GiftModel, stratumOf } from './gift-model.ts';
import { type LikelihoodTable, logRatioOf } from './likelihood-table.ts';
import { type Outside, type VisitOrder, walkOrders } from './line-walk.ts';
import { expectedRepeats, ownPart } from './repeats.ts';
import { closeness } from './similar-items.ts';
import { sortLines } from './sorted-lines.ts';
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
  const taste = model.taste[stratumOf(outside.size)] as LikelihoodTable;
  const { repeats } = model;
  if (again) {
    // What people have in another order is as near to them as anything can be.
    out[INDEX.out_of_taste] = taste.logRatio[taste.edge.length] as number;
    out[INDEX.not_bought_again] = 0;
  } else {
    out[INDEX.out_of_taste] = logRatioOf(
      taste,
      closeness(model.similar, outside, { item, own: true, counted }),
    );
    const { later } = outside;
    const expected = expectedRepeats(repeats, { item, later, own: ownPart(outside, counted) });
    out[INDEX.not_bought_again] = logRatioOf(repeats.none, -expected);
  }
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
  { model, lines, watch }: { model: GiftModel; lines: GiftLines; watch?: Watch | undefined },
  visit: (line: LineEvidence) => void,
): void => {
  tell(watch, 'check', 0);
  checkGiftLines(lines);
  checkLength('the items of the lines', lines.events.items, model.items);
  const alike = correctionsAlike(lines, watchPart(watch, 0, 0.1));
  const logRatios = new Float64Array(EVIDENCE.length);
  const input = sortLines(lines, watchPart(watch, 0.1, 0.3));
  const judge: VisitOrder = (rows, outside) => {
    for (const row of rows) {
      fillEvidence(logRatios, model, { lines, row, outside, alike });
      visit({ row, logRatios });
    }
  };
  walkOrders(input, judge, watchPart(watch, 0.3, 1));
};
