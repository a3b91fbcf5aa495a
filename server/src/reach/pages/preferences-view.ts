import { type Html, html } from '#platform/http';
import { type AgreedPurpose, agreement, topicLegend } from './choice-words.ts';
import type { Choices } from './choices.ts';
import { formatDate } from './language.ts';
import type { PreferencesAction } from './preferences-action.ts';
import { preferencesWords } from './preferences-words.ts';
import type { Visit } from './visit.ts';

/** What has just been done, with what its undo needs. */
export interface Done {
  readonly action: PreferencesAction | null;
  readonly topicsBefore: readonly string[];
}

interface Button {
  readonly action: string;
  readonly label: string;
  readonly plain?: boolean;
  readonly content?: Html;
}

const form = (
  visit: Visit,
  button: Button,
): Html => html`<form method="post" action="?lang=${visit.language}">
${button.content}<button ${button.plain && html`class="plain" `}name="action" value="${button.action}">${button.label}</button>
</form>`;

const agreeForm = (visit: Visit, purpose: AgreedPurpose, label: string): Html =>
  form(visit, {
    action: `agree_${purpose}`,
    label,
    plain: true,
    content: html`<p>${agreement[purpose][visit.language](visit.senderName)}</p>`,
  });

const doneText = (visit: Visit, done: Done, choices: Choices): string => {
  const w = preferencesWords[visit.language].done;
  const action = done.action;
  if (!action) return w.nothing;
  switch (action.kind) {
    case 'pause':
      return w.pause(formatDate(choices.pausedUntil ?? visit.now, visit.language, visit.timeZone));
    case 'stop':
    case 'agree':
      if (action.kind === 'agree' && action.purpose === 'prospecting' && choices.blocked)
        return w.agree_blocked;
      return w[`${action.kind}_${action.purpose}`];
    case 'topics':
    case 'resume':
    case 'stop_all':
      return w[action.kind];
  }
};

const undoForm = (visit: Visit, done: Done): Html | null => {
  const { undo, again } = preferencesWords[visit.language];
  const action = done.action;
  if (!action) return null;
  switch (action.kind) {
    case 'topics':
      return form(visit, {
        action: 'topics',
        label: undo,
        plain: true,
        content: html`${done.topicsBefore.map((key) => html`<input type="hidden" name="topic" value="${key}">`)}`,
      });
    case 'pause':
      return form(visit, { action: 'resume', label: undo, plain: true });
    case 'resume':
      return form(visit, { action: 'pause', label: undo, plain: true });
    case 'stop_all':
      return agreeForm(visit, 'prospecting', again);
    case 'stop':
      return agreeForm(visit, action.purpose, undo);
    case 'agree':
      return form(visit, {
        action: `stop_${action.purpose}`,
        label: undo,
        plain: true,
      });
  }
};

const topicsSection = (visit: Visit, choices: Choices): Html | null => {
  if (choices.topics.length === 0) return null;
  const w = preferencesWords[visit.language];
  const boxes = choices.topics.map(
    (topic) =>
      html`<label><input type="checkbox" name="topic" value="${topic.key}"${
        topic.on && html` checked`
      }> ${visit.language === 'fr' ? topic.nameFr : topic.nameEn}</label>`,
  );
  const content = html`<fieldset><legend>${topicLegend[visit.language]}</legend>${boxes}</fieldset>`;
  return html`<section><h2>${w.topics}</h2>${form(visit, { action: 'topics', label: w.save, content })}</section>`;
};

const pauseSection = (visit: Visit, choices: Choices): Html => {
  const w = preferencesWords[visit.language];
  return choices.pausedUntil
    ? html`<section><h2>${w.pause}</h2><p>${w.pausedUntil(formatDate(choices.pausedUntil, visit.language, visit.timeZone))}</p>
${form(visit, { action: 'resume', label: w.resumeButton, plain: true })}</section>`
    : html`<section><h2>${w.pause}</h2><p>${w.pauseText}</p>
${form(visit, { action: 'pause', label: w.pauseButton, plain: true })}</section>`;
};

const personalisationSection = (visit: Visit, choices: Choices): Html => {
  const w = preferencesWords[visit.language];
  const text = {
    granted: w.personalisationOn,
    withdrawn: w.personalisationOff,
    none: w.personalisationNone,
  }[choices.personalisation];
  return html`<section><h2>${w.personalisation}</h2><p>${text}</p>
${choices.personalisation !== 'withdrawn' && form(visit, { action: 'stop_personalisation', label: w.stopPersonalisation, plain: true })}
${choices.personalisation !== 'granted' && agreeForm(visit, 'personalisation', w.agreePersonalisation)}</section>`;
};

const clicksSection = (visit: Visit, choices: Choices): Html => {
  const w = preferencesWords[visit.language];
  return choices.clickTracking === 'granted'
    ? html`<section><h2>${w.clicks}</h2><p>${w.clicksOn}</p>
${form(visit, { action: 'stop_click_tracking', label: w.stopClicks, plain: true })}</section>`
    : html`<section><h2>${w.clicks}</h2><p>${w.clicksOff}</p>
${agreeForm(visit, 'click_tracking', w.agreeClicks)}</section>`;
};

export const preferencesView = (
  visit: Visit,
  choices: Choices,
  done: Done | null,
): { readonly title: string; readonly content: Html } => {
  const w = preferencesWords[visit.language];
  return {
    title: w.title,
    content: html`${done && html`<div class="note" role="status"><p>${doneText(visit, done, choices)}</p>${undoForm(visit, done)}</div>`}
<p>${w.intro(visit.senderName)}</p>
<p><strong>${choices.marketing ? w.yes : w.no}</strong></p>
${topicsSection(visit, choices)}
${pauseSection(visit, choices)}
${personalisationSection(visit, choices)}
${clicksSection(visit, choices)}
<section><h2>${w.all}</h2>
${!choices.allStopped && html`<p>${w.allText}</p>${form(visit, { action: 'stop_all', label: w.allButton })}`}
${!choices.marketing && agreeForm(visit, 'prospecting', w.again)}</section>`,
  };
};
