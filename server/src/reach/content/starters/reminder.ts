import type { MessageLanguage } from '../message.ts';
import { framed } from './frame.ts';
import type { Starter } from './starters.ts';

const WORDS = {
  en: {
    name: 'Reminder of one product',
    subject: 'Time for a new one, {{ profile.first_name | default: "perhaps" }}?',
    title: 'Time for a new one?',
    preview: 'A reminder, if it helps',
    hello: 'Hello {{ profile.first_name | default: "" }}',
    intro: 'If you are running low, this may be of use. If not, there is nothing to do.',
    none: 'We have nothing to suggest today.',
    order: 'Order again',
  },
  fr: {
    name: 'Rappel d’un produit',
    subject: 'Bientôt à court, {{ profile.first_name | default: "peut-être" }} ?',
    title: 'Bientôt à court ?',
    preview: 'Un rappel, si cela vous aide',
    hello: 'Bonjour {{ profile.first_name | default: "" }}',
    intro: 'Si vos réserves baissent, ceci peut vous être utile. Sinon, vous n’avez rien à faire.',
    none: 'Nous n’avons rien à vous suggérer aujourd’hui.',
    order: 'Commander à nouveau',
  },
} as const;

export const reminder = (language: MessageLanguage): Starter => {
  const words = WORDS[language];
  return framed('reminder', language, {
    ...words,
    body: `    <mj-section background-color="#ffffff">
      <mj-column>
        <mj-text>${words.hello}</mj-text>
        <mj-text>${words.intro}</mj-text>
        <mj-raw>{% if products.size > 0 %}{% assign product = products | first %}</mj-raw>
        <mj-raw>{% if product.image_url %}</mj-raw>
        <mj-image src="{{ product.image_url }}" alt="" width="240px" />
        <mj-raw>{% endif %}</mj-raw>
        <mj-text align="center"><strong>{{ product.name }}</strong><br />{{ product.price }}</mj-text>
        <mj-raw>{% if product.url %}</mj-raw>
        <mj-button href="{{ product.url }}">${words.order}</mj-button>
        <mj-raw>{% endif %}{% else %}</mj-raw>
        <mj-text>${words.none}</mj-text>
        <mj-raw>{% endif %}</mj-raw>
      </mj-column>
    </mj-section>`,
  });
};
