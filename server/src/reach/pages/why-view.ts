import {
  type Change,
  conditionsOf,
  type Decision,
  flipsOf,
  isMet,
  type UsedValue,
  whatWouldHaveChanged,
} from '#choose/policy';
import type { ProvenEntry } from '#guard/consent';
import { type Html, html } from '#platform/http';
import { formatDate, formatNumber, formatShare, type Language } from './language.ts';
import type { Visit } from './visit.ts';
import { whyWords } from './why-words.ts';

export interface WhyStory {
  readonly decision: Decision;
  /** The consent that the decision names, with the words shown that day. */
  readonly proof: ProvenEntry | null;
  readonly preferencesPath: string;
  readonly unsubscribePath: string;
}

const section = (title: string, content: Html): Html => html`<section><h2>${title}</h2>${content}</section>`;

const listOf = (items: readonly Html[]): Html =>
  html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;

const valueText = (value: UsedValue['value'], language: Language): string => {
  if (typeof value === 'boolean') return value ? whyWords[language].yes : whyWords[language].no;
  if (typeof value === 'number') return formatNumber(value, language);
  return typeof value === 'string' ? value : value[language];
};

/** "33 %", and "1 in 3" where that says the same. */
const chanceText = (probability: number, language: Language): string => {
  const share = formatShare(probability, language);
  const n = Math.round(1 / probability);
  return n > 1 && Math.abs(probability * n - 1) < 0.005 ? whyWords[language].oneOf(share, n) : share;
};

const allowed = (visit: Visit, story: WhyStory): Html => {
  const w = whyWords[visit.language];
  const { proof } = story;
  if (!proof) return html`<p>${w.noProof}</p>`;
  const date = formatDate(proof.at, visit.language, visit.timeZone);
  const { wording, language, source, url, simulated } = proof.proof;
  return html`<p>${wording ? w.agreed(date) : w.agreedNoWords(date)}</p>
${wording && html`<blockquote${language && html` lang="${language}"`}>${wording}</blockquote>`}
<p class="soft">${w.proof(source)}</p>
${url && html`<p class="soft">${url}</p>`}
${simulated && html`<p class="note">${w.simulated}</p>`}
${!proof.standing && html`<p>${w.withdrawnSince}</p>`}`;
};

const you = (visit: Visit, { audienceRule }: Decision): Html => {
  const { language } = visit;
  const w = whyWords[language];
  const { outcome, values } = audienceRule;
  const decisive = outcome && isMet(outcome) ? new Set(flipsOf(outcome).flat()) : new Set<number>();
  const conditions = (outcome ? conditionsOf(outcome) : [])
    .filter((_, position) => decisive.has(position))
    .map((condition) => {
      const words = condition.met ? condition.words[language] : w.notTrue(condition.words[language]);
      return html`${words}${condition.value && html`<span class="yours">${w.yourValue(condition.value[language])}</span>`}`;
    });
  return html`<p>${w.rule}</p><blockquote>${audienceRule.words[language]}</blockquote>
${conditions.length > 0 && html`<p>${w.conditions}</p>${listOf(conditions)}`}
${
  values.length > 0 &&
  html`<p>${w.values}</p><dl>${values.map(
    ({ name, value }) => html`<dt>${name[language]}</dt><dd>${valueText(value, language)}</dd>`,
  )}</dl>`
}`;
};

const chosen = (visit: Visit, decision: Decision): Html => {
  const { language } = visit;
  const w = whyWords[language];
  const { choice, probability, experimentArms } = decision;
  const versions =
    choice.variants.length < 2
      ? html`<p>${w.oneVersion}</p>`
      : html`<p>${w.versions(choice.variants.length)} ${
          probability < 1 ? w.versionDrawn(chanceText(probability, language)) : w.versionChosen
        }</p>`;
  const holdouts = experimentArms
    .filter((arm) => arm.kind === 'holdout' && arm.share < 1)
    .map((arm) => {
      const words = arm.experiment === 'global_holdout' ? w.globalHoldout : w.holdout;
      return html`<p>${words(formatShare(1 - arm.share, language))}</p>`;
    });
  return html`${versions}${holdouts}${decision.approverNames.length > 0 && html`<p>${w.approved}</p>`}`;
};

const products = (visit: Visit, decision: Decision): Html => {
  const w = whyWords[visit.language];
  const shown = decision.choice.products.flatMap((sku) => {
    const candidate = decision.candidates.find((found) => found.sku === sku);
    return candidate
      ? [html`<strong>${candidate.name}</strong>${w.productBecause(w.reasons[candidate.reason])}`]
      : [];
  });
  // Other reasons for removal would tell what the shop considers sensitive (W-14).
  const bought = decision.removed
    .filter(({ reason }) => reason === 'just_bought' || reason === 'bought_before_sending')
    .map(({ name }) => html`${name}`);
  return html`${shown.length > 0 ? listOf(shown) : html`<p>${w.noProducts}</p>`}
${bought.length > 0 && html`<p>${w.leftOut}</p>${listOf(bought)}`}`;
};

/** Words that may hold quotation marks themselves: the inner ones are of the other kind. */
const quoted = (words: string, language: Language): string =>
  language === 'fr'
    ? `« ${words.replaceAll(/« ?/g, '“').replaceAll(/ ?»/g, '”')} »`
    : `“${words.replaceAll('“', '‘').replaceAll('”', '’')}”`;

/** The record keeps the template of the subject: what stood in place of a field was each reader's own. */
const subjectText = (subject: string): string =>
  subject
    .replace(/\{%.*?%\}/g, '')
    .replace(/\{\{.*?\}\}/g, '…')
    .trim();

const changeText = (change: Change, language: Language): string => {
  const w = whyWords[language];
  switch (change.kind) {
    case 'conditions':
      return w.ifAll(change.conditions.map(({ words }) => quoted(words, language)).join(w.and));
    case 'rule':
      return w.ifRule;
    case 'consent':
      return w.ifConsent;
    case 'holdout':
      return w.ifHoldout;
    case 'variant':
      return w.ifVariant;
    case 'bought':
      return change.instead ? w.ifBought(change.product, change.instead) : w.ifBoughtNone(change.product);
  }
};

/** The stored record in plain words, by templates only (W-10, W-20): no model and no present state is asked. */
export const whyView = (
  visit: Visit,
  story: WhyStory,
): { readonly title: string; readonly content: Html } => {
  const { language, entity } = visit;
  const { decision } = story;
  const w = whyWords[language];
  const { message } = decision;
  const date = formatDate(decision.at, language, visit.timeZone);
  const changes = new Set(
    whatWouldHaveChanged(decision, language).map((change) => changeText(change, language)),
  );
  return {
    title: w.title,
    content: html`${section(
      w.who,
      html`<p>${w.whoText(visit.brand, visit.senderName)}${entity && html`, ${entity.address}`}</p>`,
    )}
${section(w.what, html`<p>${w.whatText(subjectText(message.subject), date)} ${w.campaign(message.campaignName)}</p>`)}
${section(w.allowed, allowed(visit, story))}
${section(w.you, you(visit, decision))}
${section(w.chosen, chosen(visit, decision))}
${section(w.products, products(visit, decision))}
${section(w.changed, listOf([...changes].map((text) => html`${text}`)))}
${section(
  w.controls,
  html`<ul class="actions"><li><a href="${story.preferencesPath}?lang=${language}">${w.preferences}</a></li>
<li><a href="${story.unsubscribePath}?lang=${language}">${w.unsubscribe}</a></li>
${entity && html`<li>${w.correct(entity.contactEmail)}</li>`}</ul>`,
)}
${section(
  w.keep,
  html`<p>${w.keepText}${entity?.privacyUrl && html` <a href="${entity.privacyUrl}">${w.notice}</a>`}</p>
<p>${w.cnil} <a href="${w.cnilUrl}">${w.cnilUrl}</a></p>`,
)}`,
  };
};

export const whyMissing = (visit: Visit): { readonly title: string; readonly content: Html } => {
  const w = whyWords[visit.language];
  return { title: w.title, content: html`<p>${w.missing}</p>` };
};
