import type { SmtpProblem } from '#platform/mail';

/** What to do about a mail server that does not take messages. */
export const smtpAdvice: Readonly<Record<SmtpProblem, { readonly en: string; readonly fr: string }>> = {
  refused: {
    en: 'Nothing listens there: the connection was refused. Check host and port, and that the server runs.',
    fr: 'Personne n’écoute à cette adresse : la connexion a été refusée. Vérifiez l’hôte, le port et que le serveur est lancé.',
  },
  unreachable: {
    en: 'The server cannot be reached from this machine. Check the network and its firewall.',
    fr: 'Le serveur est injoignable depuis cette machine. Vérifiez le réseau et le pare-feu.',
  },
  unknown_host: {
    en: 'No such host. Check the spelling of the name.',
    fr: 'Cet hôte n’existe pas. Vérifiez l’orthographe du nom.',
  },
  timeout: {
    en: 'The server does not answer. It may expect TLS from the first byte (port 465), or a firewall drops the connection.',
    fr: 'Le serveur ne répond pas. Il attend peut-être TLS dès la connexion (port 465), ou un pare-feu bloque.',
  },
  tls: {
    en: 'No secure connection could be made. Check the security setting (465: tls, 587: starttls) and the certificate.',
    fr: 'La connexion sécurisée a échoué. Vérifiez le mode de sécurité (465 : tls, 587 : starttls) et le certificat.',
  },
  auth: {
    en: 'User or password was not accepted. Some providers want a password made for applications.',
    fr: 'L’identifiant ou le mot de passe a été refusé. Certains prestataires exigent un mot de passe d’application.',
  },
  sender: {
    en: 'The server does not let this account send from this address. Verify the domain with your provider.',
    fr: 'Le serveur n’autorise pas ce compte à envoyer depuis cette adresse. Faites valider le domaine par votre prestataire.',
  },
  busy: {
    en: 'The server asks to try again later.',
    fr: 'Le serveur demande de réessayer plus tard.',
  },
  closed: {
    en: 'The server closed the connection without an answer.',
    fr: 'Le serveur a fermé la connexion sans répondre.',
  },
  protocol: {
    en: 'What answers there does not speak SMTP, or asks for another kind of security.',
    fr: 'Ce qui répond à cette adresse ne parle pas SMTP, ou attend un autre mode de sécurité.',
  },
};
