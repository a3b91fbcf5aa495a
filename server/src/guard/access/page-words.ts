import type { Role } from '@mesure/contract';
import type { AppError } from '#platform/errors';

const english = {
  home: 'Start page',
  name: 'Your name',
  password: 'Password',
  missing: 'Enter your name and a password of 12 to 128 characters.',
  roles: { marketer: 'marketer', approver: 'approver', admin: 'admin' } satisfies Record<Role, string>,
  problem: (error: AppError): string => error.message,
  wrongFields: (fields: readonly string[]): string =>
    `Please check: ${fields.map((field) => englishFields[field] ?? field).join(', ')}.`,
  join: {
    title: (workspace: string): string => `Join ${workspace}`,
    lead: (email: string, roles: string): string =>
      `This invitation is for ${email}, with the role ${roles}.`,
    passwordHint:
      'At least 12 characters: a few words that do not belong together. If you have an account, its password.',
    button: 'Join',
    doneTitle: 'You are in',
    done: 'Your account is ready and you are signed in.',
    goneTitle: 'This invitation is not valid any more',
    gone: 'It was used, taken back, or is older than seven days. Ask for a new one.',
  },
  setUp: {
    title: 'Set up Mesure',
    lead: 'The first account may do everything and can invite others. A campaign needs two people: one who writes it, one who approves it.',
    workspace: 'Name of the shop or team',
    timeZone: 'Time zone',
    currency: 'Currency',
    email: 'E-mail address',
    passwordHint: 'At least 12 characters: a few words that do not belong together.',
    button: 'Create the account',
    doneTitle: 'Mesure is ready',
    done: 'Your account is ready and you are signed in. Invite a colleague next.',
  },
};

const englishFields: Readonly<Record<string, string>> = {
  token: 'the link (open the one printed at start)',
  name: 'the names',
  timeZone: 'the time zone, such as Europe/Paris',
  currency: 'the currency, such as EUR',
  email: 'the e-mail address',
  password: 'the password, 12 to 128 characters',
};

const frenchReasons: Readonly<Record<string, string>> = {
  weak_password:
    'Ce mot de passe est trop facile à deviner. Choisissez quelques mots sans lien entre eux, sans votre nom ni votre adresse.',
  setup_token_not_valid:
    'Ce lien n’est pas valable. Le bon s’affiche au démarrage du serveur, tant qu’aucun compte n’existe.',
  invitation_not_valid: 'Cette invitation n’est plus valable. Demandez-en une nouvelle.',
};

const frenchCodes: Readonly<Record<string, string>> = {
  wrong_credentials: 'Cette adresse a déjà un compte, et le mot de passe n’est pas le bon.',
  rate_limited: 'Trop d’essais. Attendez quinze minutes et réessayez.',
  unavailable: 'Une base de données ne répond pas. Réessayez dans un instant.',
};

const french: typeof english = {
  home: 'Page d’accueil',
  name: 'Votre nom',
  password: 'Mot de passe',
  missing: 'Indiquez votre nom et un mot de passe de 12 à 128 caractères.',
  roles: { marketer: 'marketing', approver: 'approbateur', admin: 'administrateur' },
  problem: (error) =>
    frenchReasons[String(error.details?.['reason'])] ??
    frenchCodes[error.code] ??
    'La demande n’a pas abouti. Réessayez dans un instant.',
  wrongFields: (fields) =>
    `Veuillez vérifier : ${fields.map((field) => frenchFields[field] ?? field).join(', ')}.`,
  join: {
    title: (workspace) => `Rejoindre ${workspace}`,
    lead: (email, roles) => `Cette invitation est pour ${email}, avec le rôle ${roles}.`,
    passwordHint:
      'Au moins 12 caractères : quelques mots sans lien entre eux. Si vous avez déjà un compte, son mot de passe.',
    button: 'Rejoindre',
    doneTitle: 'Vous voilà dans l’équipe',
    done: 'Votre compte est prêt et vous êtes connecté.',
    goneTitle: 'Cette invitation n’est plus valable',
    gone: 'Elle a été utilisée, reprise, ou elle a plus de sept jours. Demandez-en une nouvelle.',
  },
  setUp: {
    title: 'Installer Mesure',
    lead: 'Le premier compte peut tout faire et inviter d’autres personnes. Une campagne se fait à deux : l’une écrit, l’autre approuve.',
    workspace: 'Nom de la boutique ou de l’équipe',
    timeZone: 'Fuseau horaire',
    currency: 'Devise',
    email: 'Adresse e-mail',
    passwordHint: 'Au moins 12 caractères : quelques mots sans lien entre eux.',
    button: 'Créer le compte',
    doneTitle: 'Mesure est prêt',
    done: 'Votre compte est prêt et vous êtes connecté. Invitez maintenant un collègue.',
  },
};

const frenchFields: Readonly<Record<string, string>> = {
  token: 'le lien (ouvrez celui qui s’affiche au démarrage)',
  name: 'les noms',
  timeZone: 'le fuseau horaire, par exemple Europe/Paris',
  currency: 'la devise, par exemple EUR',
  email: 'l’adresse e-mail',
  password: 'le mot de passe, de 12 à 128 caractères',
};

export const pageWords = { en: english, fr: french } as const;
