import type { ReceivedMail } from './answering.ts';

/** A reader follows a link: the redirect is taken note of, the shop's page is not fetched. */
export const follow = async (link: string): Promise<boolean> => {
  const response = await fetch(link, {
    redirect: 'manual',
    headers: { 'user-agent': 'Mozilla/5.0 (sample reader)' },
  });
  await response.arrayBuffer();
  return response.status >= 300 && response.status < 400;
};

/** The button that mail programs show (RFC 8058): one POST, nothing else. */
export const unsubscribe = async (mail: ReceivedMail): Promise<boolean> => {
  const response = await fetch(mail.unsubscribeLink, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  await response.arrayBuffer();
  return response.ok;
};
