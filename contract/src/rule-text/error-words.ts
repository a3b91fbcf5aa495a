import type { Problem } from './problem.ts';
import type { Expected } from './reader.ts';
import type { Token } from './tokens.ts';

export interface Both {
  readonly en: string;
  readonly fr: string;
}

const same = (text: string): Both => ({ en: `“${text}”`, fr: `« ${text} »` });

const KINDS: Readonly<Record<Exclude<Expected['kind'], 'word' | 'mark'>, Both>> = {
  condition: {
    en: 'a condition, such as country is "FR" or did order_completed',
    fr: 'une condition, par exemple country is "FR" ou did order_completed',
  },
  field: { en: 'a field, such as country', fr: 'un champ, par exemple country' },
  event: {
    en: 'the name of an event, such as order_completed',
    fr: 'le nom d’un événement, par exemple order_completed',
  },
  trait: { en: 'the key of a trait', fr: 'la clé d’une caractéristique' },
  property: { en: 'the key of a property of the event', fr: 'la clé d’une propriété de l’événement' },
  text: { en: 'a text between double quotes', fr: 'un texte entre guillemets droits' },
  number: { en: 'a number, such as 2.5', fr: 'un nombre, par exemple 2.5' },
  whole_number: { en: 'a whole number', fr: 'un nombre entier' },
  money: { en: 'an amount, such as 100.00', fr: 'un montant, par exemple 100.00' },
  currency: { en: 'a currency in capitals, such as EUR', fr: 'une devise en majuscules, par exemple EUR' },
  instant: {
    en: 'a date such as 2026-03-31, or an instant such as 2026-03-31T18:00:00Z',
    fr: 'une date comme 2026-03-31, ou un instant comme 2026-03-31T18:00:00Z',
  },
};

export const expectedWords = (expected: Expected): Both =>
  expected.kind === 'word' || expected.kind === 'mark' ? same(expected.text) : KINDS[expected.kind];

export const wrongWords = (wrong: NonNullable<Token['wrong']>, found: string): Both => {
  switch (wrong) {
    case 'unclosed_text':
      return {
        en: 'This text has no end. Close it with a double quote on the same line; write \\n for a new line in it.',
        fr: 'Ce texte n’a pas de fin. Fermez-le par un guillemet droit sur la même ligne ; un retour à la ligne s’y écrit \\n.',
      };
    case 'unknown_escape':
      return {
        en: 'A backslash in this text is followed by something unknown. Write \\\\ for a backslash, \\" for a quote.',
        fr: 'Une barre oblique inverse de ce texte est suivie d’un caractère inconnu. Écrivez \\\\ pour une barre, \\" pour un guillemet.',
      };
    case 'typographic_quote':
      return {
        en: `Texts stand between straight double quotes: write " instead of ${found}.`,
        fr: `Les textes s’écrivent entre guillemets droits : mettez " à la place de ${found}.`,
      };
    case 'unknown_character':
      return {
        en: `The character “${found}” has no meaning here. Remove it, or put what it belongs to between double quotes.`,
        fr: `Le caractère « ${found} » n’a pas de sens ici. Supprimez-le, ou mettez ce dont il fait partie entre guillemets droits.`,
      };
  }
};

export const problemWords = (problem: Problem): Both => {
  switch (problem.code) {
    case 'unclosed_text':
    case 'unknown_escape':
    case 'typographic_quote':
    case 'unknown_character':
      return wrongWords(problem.code, '');
    case 'text_too_long':
      return {
        en: `This is longer than ${problem.most} characters. Shorten it.`,
        fr: `Ce texte dépasse ${problem.most} caractères. Raccourcissez-le.`,
      };
    case 'empty_text':
      return {
        en: 'This is empty. Write at least one character.',
        fr: 'Ce texte est vide. Écrivez au moins un caractère.',
      };
    case 'number_out_of_range':
      return {
        en: `Write a whole number from ${problem.least} to ${problem.most}.`,
        fr: `Écrivez un nombre entier de ${problem.least} à ${problem.most}.`,
      };
    case 'number_too_large':
      return {
        en: 'This number is too large. Write a smaller one.',
        fr: 'Ce nombre est trop grand. Écrivez-en un plus petit.',
      };
    case 'ends_swapped':
      return {
        en: 'The upper end is below the lower end. Swap them.',
        fr: 'La borne supérieure est sous la borne inférieure. Échangez-les.',
      };
    case 'unknown_instant':
      return {
        en: 'There is no such date or time. Write it as 2026-03-31, or as 2026-03-31T18:00:00Z.',
        fr: 'Cette date ou cette heure n’existe pas. Écrivez-la comme 2026-03-31 ou 2026-03-31T18:00:00Z.',
      };
    case 'said_twice':
      return {
        en: 'This is said twice of the same item. Keep one of them.',
        fr: 'Ceci est dit deux fois du même article. N’en gardez qu’un.',
      };
    case 'too_deep':
      return {
        en: `Conditions are nested more than ${problem.most} deep here. Take some parentheses or “not” away.`,
        fr: `Les conditions sont imbriquées sur plus de ${problem.most} niveaux ici. Retirez des parenthèses ou des « not ».`,
      };
    case 'too_many_conditions':
      return {
        en: `The rule has more than ${problem.most} conditions. Remove some from here on; “is one of” holds many values in one.`,
        fr: `La règle compte plus de ${problem.most} conditions. Supprimez-en à partir d’ici ; « is one of » réunit plusieurs valeurs en une.`,
      };
    case 'too_many_values':
      return {
        en: `This list has more than ${problem.most} values. Split it into two conditions with “or”.`,
        fr: `Cette liste compte plus de ${problem.most} valeurs. Répartissez-la sur deux conditions avec « or ».`,
      };
    case 'too_many_filters':
      return {
        en: `There are more than ${problem.most} conditions on this event. Remove some.`,
        fr: `Il y a plus de ${problem.most} conditions sur cet événement. Supprimez-en.`,
      };
  }
};
