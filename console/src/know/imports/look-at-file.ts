/** What the first bytes of a file say against sending it; the server looks again at all of them. */
export type FileProblem =
  | 'empty'
  | 'tooLarge'
  | 'excel'
  | 'zip'
  | 'pdf'
  | 'image'
  | 'utf16'
  | 'markup'
  | 'binary'
  | 'unreadable';

/** The server's own limit (20 GB a file): said before an hour of sending. */
export const maxFileBytes = 20_000_000_000;
const headBytes = 4_096;

const starts = (bytes: Uint8Array, ...prefix: readonly number[]): boolean =>
  prefix.every((byte, index) => bytes[index] === byte);

const isZip = (head: Uint8Array): boolean => starts(head, 0x50, 0x4b, 0x03, 0x04);
const isOldOffice = (head: Uint8Array): boolean => starts(head, 0xd0, 0xcf, 0x11, 0xe0);
const isPicture = (head: Uint8Array): boolean =>
  starts(head, 0x89, 0x50, 0x4e, 0x47) || starts(head, 0xff, 0xd8, 0xff) || starts(head, 0x47, 0x49, 0x46);
const isGzip = (head: Uint8Array): boolean => starts(head, 0x1f, 0x8b);
const isUtf16 = (head: Uint8Array): boolean => starts(head, 0xff, 0xfe) || starts(head, 0xfe, 0xff);

/** Pure: name and first bytes in, a problem or null out. */
export const problemOfHead = (name: string, head: Uint8Array): FileProblem | null => {
  if (isGzip(head)) return null;
  if (isZip(head)) return /\.(xlsx|xlsm|ods)$/i.test(name) ? 'excel' : 'zip';
  if (isOldOffice(head)) return 'excel';
  if (starts(head, 0x25, 0x50, 0x44, 0x46)) return 'pdf';
  if (isPicture(head)) return 'image';
  if (isUtf16(head)) return 'utf16';
  if (head.includes(0)) return 'binary';
  // Latin letters are enough to see where markup begins.
  const text = new TextDecoder('windows-1252')
    .decode(head.subarray(0, 200))
    .replace(/^\u00ef\u00bb\u00bf/, '');
  return /^\s*[{[<]/.test(text) ? 'markup' : null;
};

export const lookAtFile = async (file: File): Promise<FileProblem | null> => {
  if (file.size === 0) return 'empty';
  if (file.size > maxFileBytes) return 'tooLarge';
  try {
    return problemOfHead(file.name, new Uint8Array(await file.slice(0, headBytes).arrayBuffer()));
  } catch {
    return 'unreadable';
  }
};

/** Above this, hashing would hold too much in memory; the server tells then, after the file has arrived. */
const hashedBytes = 64_000_000;

/** SHA-256 in hexadecimal, as the server keeps it; null where the browser offers none (plain http) or the file is large. */
export const hashOf = async (file: File): Promise<string | null> => {
  if (file.size > hashedBytes || !('subtle' in crypto)) return null;
  try {
    const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch {
    return null;
  }
};
