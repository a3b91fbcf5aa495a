import type { MessageLanguage } from '../message.ts';
import type { Starter } from './starters.ts';

interface FooterWords {
  readonly sentBy: string;
  readonly why: string;
  readonly preferences: string;
  readonly unsubscribe: string;
}

const FOOTER: Readonly<Record<MessageLanguage, FooterWords>> = {
  en: {
    sentBy: 'Sent by',
    why: 'Why did I get this?',
    preferences: 'Choose what you receive',
    unsubscribe: 'Unsubscribe',
  },
  fr: {
    sentBy: 'Envoyé par',
    why: 'Pourquoi ai-je reçu ceci ?',
    preferences: 'Choisir ce que je reçois',
    unsubscribe: 'Se désabonner',
  },
};

interface FramedParts {
  readonly name: string;
  readonly subject: string;
  readonly title: string;
  readonly preview: string;
  readonly body: string;
}

/** A starter with what all of them have: a head without remote fonts, and a footer with sender and ways out. */
export const framed = (key: string, language: MessageLanguage, parts: FramedParts): Starter => ({
  key: `${key}-${language}`,
  name: parts.name,
  language,
  subject: parts.subject,
  mjml: mjmlOf(language, parts),
});

const mjmlOf = (language: MessageLanguage, parts: FramedParts): string => {
  const words = FOOTER[language];
  return `<mjml lang="${language}">
  <mj-head>
    <mj-title>${parts.title}</mj-title>
    <mj-preview>${parts.preview}</mj-preview>
    <mj-attributes>
      <mj-all font-family="-apple-system, 'Segoe UI', Roboto, Arial, sans-serif" />
      <mj-text font-size="16px" line-height="1.5" color="#1c1f24" />
      <mj-button background-color="#1d5fa8" color="#ffffff" font-size="16px" border-radius="4px" />
      <mj-class name="small" font-size="13px" color="#555c66" />
    </mj-attributes>
    <mj-style>a { color: #1d5fa8; }</mj-style>
  </mj-head>
  <mj-body background-color="#f4f5f7">
${parts.body}
    <mj-section>
      <mj-column>
        <mj-text mj-class="small" align="center">
          ${words.sentBy} {{ sender.name }}, {{ sender.address }}<br />
          <a href="{{ links.why }}" style="color: #1d5fa8">${words.why}</a> ·
          <a href="{{ links.preferences }}" style="color: #1d5fa8">${words.preferences}</a> ·
          <a href="{{ links.unsubscribe }}" style="color: #1d5fa8">${words.unsubscribe}</a>
        </mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;
};
