/**
 * The words that open most lists of leaked passwords, in English and French, without their digits and signs. What is
 * left of a password after its digits, signs and usual letter swaps must be more than one of these, or two in a row.
 */
const commonWords: readonly string[] =
  `password passwort motdepasse secret secrets admin administrator administrateur root user utilisateur login
  welcome bienvenue bonjour hello salut letmein changeme changezmoi default test testing demo guest invite
  qwerty qwertyuiop qwertz azerty azertyuiop asdfgh asdfghjkl qsdfghjklm zxcvbnm wxcvbn iloveyou jetaime lovely
  sunshine soleil princess princesse dragon monkey football baseball basketball soccer hockey superman batman
  starwars pokemon master shadow michael jordan charlie jennifer jessica ashley nicole thomas nicolas julien
  camille chocolat chocolate cookie summer winter spring autumn printemps automne hiver ete
  january february march april june july august september october november december
  janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
  monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche
  marseille paris lyon france london company entreprise marketing mesure google facebook internet computer
  ordinateur whatever trustno freedom liberte mustang corvette ferrari harley killer hunter ranger pepper ginger
  abc abcd abcdef abcdefgh correct horse battery staple correcthorsebatterystaple passphrase`.split(/\s+/);

const common: ReadonlySet<string> = new Set(commonWords);

const swaps: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const lettersOnly = (text: string): string => text.replace(/[^\p{L}]/gu, '');

const unswapped = (text: string): string =>
  lettersOnly(
    Array.from(text)
      .map((character) => swaps[character] ?? character)
      .join(''),
  );

/** Without the digits and signs that people put around a word: 2024!p4ssw0rd99 → p4ssw0rd. */
const core = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

const isCommon = (letters: string): boolean => {
  if (common.has(letters)) return true;
  for (let cut = 2; cut < letters.length - 1; cut++) {
    if (common.has(letters.slice(0, cut)) && common.has(letters.slice(cut))) return true;
  }
  return false;
};

/** Runs such as 123456789012, abcdefghijkl and their reverse, rows of a keyboard, or few characters repeated. */
const rows = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertzuiopasdfghjklyxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik',
  '1q2w3e4r5t6y7u8i9o0p',
];

const isRun = (text: string): boolean =>
  rows.some((row) => row.includes(text) || row.split('').toReversed().join('').includes(text));

const distinctEnough = 5;

/**
 * Why a new password is refused, or null. Length is checked by the contract; there are no composition rules (NIST SP
 * 800-63B section 3.1.1.2): this only refuses what attackers try first.
 */
export const passwordProblem = (password: string, person: { email: string; name: string }): string | null => {
  const text = plain(password);
  const email = plain(person.email);
  const [localPart = ''] = email.split('@');
  const stems = [lettersOnly(text), unswapped(text), unswapped(core(text))];
  if (text === email || text.includes(email)) return 'The password must not contain the e-mail address.';
  const own = [lettersOnly(localPart), lettersOnly(plain(person.name))].filter((part) => part.length > 3);
  if (own.some((part) => stems.includes(part) || stems.includes(part + part))) {
    return 'The password must be more than the name or the e-mail address.';
  }
  if (new Set(text).size < distinctEnough)
    return `The password needs at least ${distinctEnough} different characters.`;
  if (isRun(text) || stems.some((stem) => isCommon(stem) || (stem.length > 3 && isRun(stem)))) {
    return 'This password is among the first that attackers try. Take a few words that do not belong together.';
  }
  return null;
};
