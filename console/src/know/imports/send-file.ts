import type { ErrorBody } from '@mesure/contract';
import { type ImportDetail, importsRoutes } from '@mesure/contract/imports';
import { ApiError, askToSignInAgain } from '#platform/api';

interface Sending {
  readonly importId: string;
  readonly file: File;
  /** Bytes that have left this browser. */
  readonly onSent: (bytes: number) => void;
  readonly signal: AbortSignal;
}

const { method, path, response: answer } = importsRoutes.addImportFile;

const pathOf = (importId: string, name: string): string =>
  path.replace(':id', encodeURIComponent(importId)).replace(':name', encodeURIComponent(name));

const noAnswer = (): ApiError =>
  new ApiError(0, { error: { code: 'unavailable', message: 'No answer from the server.', requestId: '' } });

const errorOf = (status: number, text: string): ApiError => {
  try {
    return new ApiError(status, JSON.parse(text) as ErrorBody);
  } catch {
    return noAnswer();
  }
};

/** XMLHttpRequest, because fetch tells nothing of the bytes that have left. The file is streamed from the disk. */
const sendOnce = ({ importId, file, onSent, signal }: Sending): Promise<ImportDetail> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    request.open(method, pathOf(importId, file.name));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded }) => onSent(Math.min(loaded, file.size)));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300)
        resolve(answer.parse(JSON.parse(request.responseText)));
      else reject(errorOf(request.status, request.responseText));
    });
    request.addEventListener('error', () => reject(noAnswer()));
    request.addEventListener('abort', () => reject(new DOMException('Stopped', 'AbortError')));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', stop));
    signal.addEventListener('abort', stop);
    request.send(file);
  });

/** Sends one file; a session that ended meanwhile is asked for again, and the file goes once more. */
export const sendFile = async (sending: Sending): Promise<ImportDetail> => {
  try {
    return await sendOnce(sending);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'unauthenticated') throw error;
    if (!(await askToSignInAgain())) throw error;
    return sendOnce(sending);
  }
};
