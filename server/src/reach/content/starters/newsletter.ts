import type { MessageLanguage } from '../message.ts';
import { framed } from './frame.ts';
import type { Starter } from './starters.ts';

const WORDS = {
  en: {
    name: 'Newsletter with three products',
    subject: '{{ profile.first_name | default: "Hello" }}, three ideas chosen for you',
    title: 'Three ideas chosen for you',
    preview: 'Chosen from what you like',
    hello: 'Hello {{ profile.first_name | default: "and welcome" }},',
    intro: 'Here are a few things that could suit you.',
    see: 'Have a look',
  },
  fr: {
    name: 'Lettre avec trois produits',
    subject: '{{ profile.first_name | default: "Bonjour" }}, trois idées choisies pour vous',
    title: 'Trois idées choisies pour vous',
    preview: 'Choisies d’après ce que vous aimez',
    hello: 'Bonjour {{ profile.first_name | default: "et bienvenue" }},',
    intro: 'Voici quelques articles qui pourraient vous convenir.',
    see: 'Voir l’article',
  },
} as const;

/** Up to three products side by side; a product without picture or page is shown by its name. */
export const newsletter = (language: MessageLanguage): Starter => {
  const words = WORDS[language];
  return framed('newsletter', language, {
    ...words,
    body: `    <mj-section background-color="#ffffff">
      <mj-column>
        <mj-text font-size="24px" line-height="1.25" font-weight="600"><h1 style="margin: 0; font-size: 24px">${words.title}</h1></mj-text>
        <mj-text>${words.hello}</mj-text>
        <mj-text>${words.intro}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section background-color="#ffffff">
      <mj-raw>{% for product in products limit: 3 %}</mj-raw>
      <mj-column width="33.33%" vertical-align="top">
        <mj-raw>{% if product.image_url %}</mj-raw>
        <mj-image src="{{ product.image_url }}" alt="" />
        <mj-raw>{% endif %}</mj-raw>
        <mj-text align="center">
          <strong>{{ product.name }}</strong><br />
          {{ product.price }}<br />
          <span style="font-size: 13px; color: #555c66">{{ product.reason }}</span>
        </mj-text>
        <mj-raw>{% if product.url %}</mj-raw>
        <mj-button href="{{ product.url }}" title="{{ product.name }}">${words.see}</mj-button>
        <mj-raw>{% endif %}</mj-raw>
      </mj-column>
      <mj-raw>{% endfor %}</mj-raw>
    </mj-section>`,
  });
};
