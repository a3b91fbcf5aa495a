const scriptsOf = (markup: string): readonly string[] =>
  [...markup.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g)].map(([, path = '']) => path);

/** What the server gives to a new tab now, when that is another build than this tab runs; null otherwise, or unknown. */
export const newerBuild = async (): Promise<string | null> => {
  try {
    const answer = await fetch('/', { cache: 'no-store' });
    const theirs = answer.ok ? scriptsOf(await answer.text()) : [];
    const isOurs = theirs.every((path) => document.querySelector(`script[src="${CSS.escape(path)}"]`));
    return isOurs ? null : theirs.join(' ');
  } catch {
    return null;
  }
};
