import { describe, expect, it } from 'vitest';
import { keepsPassword, type StoredTransport, transportBody, transportValues } from './transport-values.ts';

const stored: StoredTransport = {
  kind: 'smtp',
  pinned: false,
  host: 'smtp.shop.example',
  port: 587,
  security: 'starttls',
  user: 'mesure',
  hasPassword: true,
};

describe('the mail server in its form', () => {
  it('leaves the stored password alone while server and user stay', () => {
    const values = transportValues(stored);
    expect(keepsPassword(values, stored)).toBe(true);
    expect(transportBody(values, stored)).toEqual({
      kind: 'smtp',
      host: 'smtp.shop.example',
      port: 587,
      security: 'starttls',
      user: 'mesure',
    });
  });

  it('never sends the password of one server to another', () => {
    const values = { ...transportValues(stored), host: 'smtp.elsewhere.example' };
    expect(keepsPassword(values, stored)).toBe(false);
    expect(transportBody(values, stored)).toMatchObject({ password: null });
    expect(transportBody({ ...values, password: 'new one' }, stored)).toMatchObject({ password: 'new one' });
  });

  it('says nothing but its name for the catcher', () => {
    expect(transportBody({ ...transportValues(stored), kind: 'catcher' }, stored)).toEqual({
      kind: 'catcher',
    });
  });
});
