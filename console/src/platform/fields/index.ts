export { CurrencySelect } from './currency-select.tsx';
export { focusWrong } from './focus-wrong.ts';
export { guessCurrency } from './guess-currency.ts';
export { LanguageChoice } from './language-choice.tsx';
export { NewPassword } from './new-password.tsx';
export { TimeZoneSelect } from './time-zone-select.tsx';
