import { describe, expect, it } from 'vitest';
import { describeAddress, explainRefusal, readAddress } from './address.ts';

const variable = 'MESURE_DATABASE_URL';
const secret = 'hunter2';

describe('a database URL', () => {
  it('is refused with a sentence that names the setting and not the password', () => {
    for (const [url, words] of [
      [`postgresql//u:${secret}@h/d`, /is not a URL/],
      [`mysql://u:${secret}@h/d`, /starts with mysql:/],
      [`postgresql://u:${secret}@h`, /names no database/],
      ['postgresql://h/d', /names no user/],
    ] as const) {
      const refusal = (): unknown => readAddress({ url, variable });
      expect(refusal).toThrow(words);
      expect(refusal).toThrow(/^MESURE_DATABASE_URL /);
      expect(refusal).not.toThrow(secret);
    }
  });

  it('is described without its password, also for a socket', () => {
    expect(describeAddress(`postgresql://app:${secret}@db.example:5433/shop`)).toBe(
      'shop at db.example:5433 as app',
    );
    expect(describeAddress('postgresql://app@localhost/shop?host=%2Frun%2Fpg')).toBe(
      'shop at /run/pg as app',
    );
  });

  it('that leads nowhere says what to do', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const error = explainRefusal({ url: `postgresql://app:${secret}@db.example/shop`, variable }, refused);
    expect(error.message).toBe(
      'MESURE_DATABASE_URL cannot be used: shop at db.example:5432 as app. Nothing listens there. Start PostgreSQL, or correct host and port.',
    );
  });
});
