import type { ErrorCode } from '@mesure/contract';
import { ApiError } from '#platform/api';

export interface SampleRow {
  readonly name: string;
  readonly minor: number;
  readonly tone: 'neutral' | 'active' | 'good' | 'caution' | 'bad';
}

const names = ['Moka d’Éthiopie', 'Savon à la rose', 'Écharpe 😀', 'قهوة', 'x'.repeat(200)] as const;
const tones = ['neutral', 'active', 'good', 'caution', 'bad'] as const;

/** Enough to scroll; the odd names that lists meet among them. */
export const rows: readonly SampleRow[] = Array.from({ length: 200 }, (_unused, index) => ({
  name: `${names[index % names.length] ?? ''} ${String(index + 1)}`,
  minor: (index * 7919) % 100_000,
  tone: tones[index % tones.length] ?? 'neutral',
}));

interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

const refused = ({ status, ...error }: Refusal): ApiError =>
  new ApiError(status, { error: { ...error, requestId: status === 0 ? '' : 'req-01a1ff' } });

export const sampleErrors: readonly ApiError[] = [
  refused({
    status: 409,
    code: 'conflict',
    message: 'This is the last admin.',
    details: { reason: 'last_admin' },
  }),
  refused({ status: 404, code: 'not_found', message: 'There is no campaign under this id.' }),
  refused({
    status: 403,
    code: 'forbidden',
    message: 'This needs the role admin.',
    details: { roles: ['approver', 'admin'] },
  }),
  refused({ status: 0, code: 'unavailable', message: 'No answer.' }),
];

export const markup =
  '<mjml>\n  <mj-body>\n    <mj-text>Hello {{ profile.first_name }}</mj-text>\n  </mj-body>\n</mjml>\n';
export const changedMarkup = markup.replace('Hello', 'Good morning');

export const mail =
  '<!doctype html><html><head><style>h1{color:#0b6e6e;font-family:sans-serif}</style></head><body><h1>Moka</h1><p>12,90 €</p><script>document.body.textContent="!"</script></body></html>';

export const value =
  'mesure1._domainkey.news.shop.example TXT v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A';

export const monthly = [120, 132, 101, 134, 190, 230, 210] as const;
