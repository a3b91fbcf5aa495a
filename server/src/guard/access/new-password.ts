import { appError } from '#platform/errors';
import type { Passwords } from './password-hash.ts';
import { passwordProblem } from './password-rules.ts';

/** The hash of a password that may be used, or an error that says what to change. */
export const hashNewPassword = (
  passwords: Passwords,
  password: string,
  person: { email: string; name: string },
): Promise<string> => {
  const problem = passwordProblem(password, person);
  if (problem) {
    throw appError('unprocessable', {
      message: problem,
      details: { reason: 'weak_password', field: 'password' },
    });
  }
  return passwords.hash(password);
};
