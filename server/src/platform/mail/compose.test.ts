import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { authenticate } from 'mailauth';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { composeMail, type MailContent, parseDkimKey } from './index.ts';

// As long as real ones: a token with four ids and its signature.
const unsubscribe = `<https://boutique.example/p/u/v1.${'eyJ3Ijoi'.repeat(30)}.${'Zm9v'.repeat(8)}>`;

const base: MailContent = {
  from: { name: 'Boutique', address: 'bonjour@boutique.example' },
  to: { name: 'Zoé Martin', address: 'zoe@example.test' },
  subject: 'Vos recommandations',
  html: '<p>Bonjour Zoé,</p>\n<p>.commençons</p>',
  text: 'Bonjour Zoé,\n.commençons\n',
  headers: {
    'List-Unsubscribe': unsubscribe,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
  messageId: 'send-1',
  date: new Date('2026-11-03T09:00:00Z'),
};

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const dkim = parseDkimKey({ domain: 'boutique.example', selector: 'mesure1', privateKeyPem: privateKey });

const verify = async (raw: Buffer): Promise<string> => {
  const { dkim: result } = await authenticate(raw, {
    ip: '192.0.2.1',
    helo: 'mail.boutique.example',
    mta: 'mx.example.test',
    sender: 'bonjour@boutique.example',
    resolver: async (name: string, type: string) => {
      if (type === 'TXT' && name === 'mesure1._domainkey.boutique.example') {
        return [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]];
      }
      throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    },
  });
  return String(result.results[0]?.status.result);
};

describe('a composed message', () => {
  it('reads back as it was written, text part first', async () => {
    const { raw, envelope, messageId } = await composeMail({
      ...base,
      replyTo: { name: 'Service "clients"', address: 'aide@boutique.example' },
    });
    const parsed = await simpleParser(raw);
    expect(parsed.subject).toBe(base.subject);
    expect(parsed.from?.value[0]).toMatchObject(base.from);
    expect(parsed.replyTo?.value[0]).toMatchObject({
      name: 'Service "clients"',
      address: 'aide@boutique.example',
    });
    expect(parsed.html).toBe(base.html);
    expect(parsed.text?.trim()).toBe(base.text.trim());
    expect(parsed.date).toEqual(base.date);
    expect(parsed.messageId).toBe(messageId);
    expect(messageId).toBe('<send-1@boutique.example>');
    expect(envelope).toEqual({ from: 'bonjour@boutique.example', to: 'zoe@example.test' });
    const source = raw.toString('latin1');
    expect(source.indexOf('text/plain')).toBeLessThan(source.indexOf('text/html'));
    expect(source.match(/^List-Unsubscribe:/gim)).toHaveLength(1);
    // Folded or not, an address that is written out: nothing encoded (RFC 2369 section 2).
    expect(source.replaceAll('\r\n ', ' ')).toContain(`List-Unsubscribe: ${unsubscribe}\r\n`);
    expect(source.match(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/gm)).toHaveLength(1);
  });

  it('keeps any subject, name and body through a second parser', async () => {
    const printable = fc
      .string({ unit: 'grapheme', maxLength: 300 })
      .map((text) => text.replace(/\p{Cc}/gu, ''));
    const samples = fc.constantFrom(
      'Zoé, l’équipe',
      'مرحبا بالعالم',
      '👩‍👩‍👧 '.repeat(40).trim(),
      '=?utf-8?Q?not_a_word?=',
      `quotes " and \\ ${'x'.repeat(200)}`,
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(printable, samples), fc.oneof(printable, samples), async (subject, body) => {
        const { raw } = await composeMail({
          ...base,
          subject,
          from: { ...base.from, name: subject },
          html: `<p>${body}</p>`,
        });
        const parsed = await simpleParser(raw);
        expect((parsed.subject ?? '').trim()).toBe(subject.trim());
        expect(parsed.html).toBe(`<p>${body}</p>`);
        for (const line of raw.toString('latin1').split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(998);
          expect(line).not.toMatch(/[\r\n]/);
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each<[string, Partial<MailContent>]>([
    ['subject', { subject: 'Hello\r\nBcc: all@example.test' }],
    ['sender name', { from: { name: 'x\nBcc: a@example.test', address: 'a@b.example' } }],
    ['recipient address', { to: { address: 'a@example.test\r\nRCPT TO:<b@example.test>' } }],
    ['two recipients', { to: { address: 'a@example.test, b@example.test' } }],
    ['reply-to', { replyTo: { name: 'x\r\ny', address: 'a@b.example' } }],
    ['custom header', { headers: { 'X-Campaign': 'a\r\nBcc: b@example.test' } }],
    ['custom header name', { headers: { 'X:\r\nBcc': 'b@example.test' } }],
    ['list comment', { headers: { 'List-Id': '"x\u0000y" <list.example>' } }],
    ['a second From', { headers: { from: 'other@example.test' } }],
    ['the same header twice', { headers: { 'X-A': '1', 'x-a': '2' } }],
    ['message id', { messageId: 'a>\r\nBcc: b' }],
    ['local part outside ASCII', { to: { address: 'élodie@example.test' } }],
  ])('refuses %s that would change the message', async (_what, change) => {
    await expect(composeMail({ ...base, ...change })).rejects.toMatchObject({ code: 'unprocessable' });
  });

  it('writes an internationalised domain in ASCII', async () => {
    const { envelope } = await composeMail({ ...base, to: { address: 'dupond@société-é.example' } });
    expect(envelope.to).toBe(
      'dupond@xn--socit--xsabe.example'.replace(
        'xn--socit--xsabe',
        new URL('http://société-é.example').hostname.split('.')[0] ?? '',
      ),
    );
  });
});

describe('DKIM', () => {
  it('is valid for an independent verifier and covers both List-Unsubscribe fields', async () => {
    const { raw } = await composeMail({ ...base, dkim });
    expect(await verify(raw)).toBe('pass');
    const source = raw.toString('latin1');
    for (const field of ['List-Unsubscribe', 'List-Unsubscribe-Post', 'Subject', 'From']) {
      const stripped = source.replace(new RegExp(`^${field}: .*\\r\\n`, 'm'), '');
      expect(stripped).not.toBe(source);
      expect(await verify(Buffer.from(stripped, 'latin1'))).not.toBe('pass');
    }
    const added = source.replace('\r\nSubject:', '\r\nList-Unsubscribe: <https://evil.example>\r\nSubject:');
    expect(await verify(Buffer.from(added, 'latin1'))).not.toBe('pass');
  });

  it('survives trailing white space and empty lines in the body', async () => {
    const { raw } = await composeMail({ ...base, text: 'a  b \t \n\n\n', html: '<p>x</p>   \n\n\n', dkim });
    expect(await verify(raw)).toBe('pass');
  });
});
