/** TXT records of a name, each joined from its strings; an empty list when the name has none. Rejects when DNS fails. */
export type DnsResolver = (name: string) => Promise<readonly string[]>;

export interface DnsRecord {
  readonly purpose: 'dkim' | 'spf' | 'dmarc';
  readonly type: 'TXT';
  readonly name: string;
  readonly value: string;
  readonly status: 'unchecked' | 'ok' | 'missing' | 'differs' | 'unreachable';
  readonly found: readonly string[];
  readonly advice: { readonly en: string; readonly fr: string };
}

export interface WantedRecords {
  readonly domain: string;
  readonly dkim: { readonly selector: string; readonly publicKey: string } | null;
  /** The mail server, when there is one. */
  readonly smtpHost: string | null;
}

const ADVICE = {
  dkim: {
    en: 'Publish this record, then activate the key: messages are signed with it.',
    fr: 'Publiez cet enregistrement, puis activez la clé : les messages seront signés avec elle.',
  },
  spf: {
    en: 'One SPF record per domain. If there is one already, add to it what your mail provider asks for.',
    fr: 'Un seul enregistrement SPF par domaine. S’il en existe déjà un, complétez-le selon les consignes de votre prestataire d’envoi.',
  },
  dmarc: {
    en: 'Start with p=none and read the reports; p=quarantine later protects your name.',
    fr: 'Commencez par p=none et lisez les rapports ; p=quarantine protégera ensuite votre nom.',
  },
} as const;

const record = (purpose: DnsRecord['purpose'], name: string, value: string): DnsRecord => ({
  purpose,
  type: 'TXT',
  name,
  value,
  status: 'unchecked',
  found: [],
  advice: ADVICE[purpose],
});

export const wantedRecords = ({ domain, dkim, smtpHost }: WantedRecords): DnsRecord[] => [
  ...(dkim === null
    ? []
    : [record('dkim', `${dkim.selector}._domainkey.${domain}`, `v=DKIM1; k=rsa; p=${dkim.publicKey}`)]),
  record('spf', domain, smtpHost === null ? 'v=spf1 mx ~all' : `v=spf1 mx a:${smtpHost} ~all`),
  record('dmarc', `_dmarc.${domain}`, `v=DMARC1; p=none; rua=mailto:dmarc@${domain}`),
];

const tags = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(';').flatMap((part) => {
      const equals = part.indexOf('=');
      return equals < 0
        ? []
        : [[part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).replace(/\s+/g, '')] as const];
    }),
  );

/** Whether what is published does the job; it need not be the very words that we suggest. */
const judge = (wanted: DnsRecord, found: readonly string[]): DnsRecord['status'] => {
  const starts = { dkim: /^\s*(?:v=DKIM1|k=|p=)/i, spf: /^v=spf1(?:\s|$)/i, dmarc: /^v=DMARC1/i }[
    wanted.purpose
  ];
  const matching = found.filter((text) => starts.test(text));
  const [first] = matching;
  if (first === undefined) return 'missing';
  if (wanted.purpose === 'dkim') {
    return matching.some((text) => tags(text).get('p') === tags(wanted.value).get('p')) ? 'ok' : 'differs';
  }
  // RFC 7208 section 4.5, RFC 7489 section 6.6.3: with two of them neither counts.
  if (matching.length > 1) return 'differs';
  if (wanted.purpose === 'spf') return /[\s][+]?all\b/i.test(first) ? 'differs' : 'ok';
  return /^(?:none|quarantine|reject)$/i.test(tags(first).get('p') ?? '') ? 'ok' : 'differs';
};

export const checkRecords = (records: readonly DnsRecord[], resolve: DnsResolver): Promise<DnsRecord[]> =>
  Promise.all(
    records.map(async (wanted): Promise<DnsRecord> => {
      try {
        const found = await resolve(wanted.name);
        return { ...wanted, found, status: judge(wanted, found) };
      } catch {
        return { ...wanted, status: 'unreachable' };
      }
    }),
  );
