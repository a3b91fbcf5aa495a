import { createStore } from './store.ts';

/** Whether the server answered the last time somebody asked. */
export const connection = createStore<'fine' | 'lost'>('fine');

let probe: ReturnType<typeof setTimeout> | undefined;

// A cut line may hang for minutes without an error: five seconds without an answer are none.
const answers = async (): Promise<boolean> => {
  try {
    const { ok } = await fetch('/api/health/live', { cache: 'no-store', signal: AbortSignal.timeout(5_000) });
    return ok;
  } catch {
    return false;
  }
};

const askAgain = (waitMs: number): void => {
  clearTimeout(probe);
  probe = setTimeout(async () => {
    if (await answers()) connectionSeen();
    else if (connection.read() === 'lost') askAgain(Math.min(waitMs * 2, 15_000));
  }, waitMs);
};

export const connectionLost = (): void => {
  if (connection.read() === 'lost') return;
  connection.write('lost');
  askAgain(1_000);
};

export const connectionSeen = (): void => {
  clearTimeout(probe);
  connection.write('fine');
};

/** Something took long, broke off or was answered by somebody in between: looks whether the server is there. */
export const connectionDoubted = async (): Promise<void> => {
  if (connection.read() === 'fine' && !(await answers())) connectionLost();
};
