import {
  type LiveEvent,
  type LiveKind,
  liveEvent,
  liveRoutes,
  type PresentPerson,
} from '@mesure/contract/live';
import {
  askToSignInAgain,
  connectionDoubted,
  createStore,
  heard,
  knownUntil,
  refresh,
  refreshAll,
} from '#platform/api';

/** Which tags of the contract a change of each kind makes old. */
const tagsOf: Readonly<Record<LiveKind, readonly string[]>> = {
  campaign: ['campaigns', 'sends', 'reports', 'home'],
  message: ['messages', 'home'],
  segment: ['segments', 'home'],
  import: ['imports', 'home', 'profiles', 'catalog', 'segments'],
  catalog: ['catalog'],
  customer: ['profiles', 'consent', 'sends', 'decisions'],
  delivery: ['sends', 'home'],
  brake: ['brake', 'home', 'campaigns'],
  settings: ['settings', 'sender', 'consent', 'tokens', 'home'],
  team: ['team', 'home'],
  catcher: ['catcher'],
  demo: ['demo', 'home'],
  other: [],
};

const presenceKey = (kind: string, id: string): string => `${kind}/${id}`;

/** Who edits what, as the server told it last. */
export const present = createStore<ReadonlyMap<string, readonly PresentPerson[]>>(new Map());
export const presentAt = (kind: string, id: string): readonly PresentPerson[] =>
  present.read().get(presenceKey(kind, id)) ?? [];
export const notePresent = (kind: string, id: string, people: readonly PresentPerson[]): void => {
  present.write(new Map(present.read()).set(presenceKey(kind, id), people));
};

let stream: EventSource | null = null;
let openAgain: ReturnType<typeof setTimeout> | undefined;

const close = (): void => {
  clearTimeout(openAgain);
  stream?.close();
  stream = null;
};

const onEvent = (event: LiveEvent): void => {
  switch (event.type) {
    case 'changed':
      void refresh(...tagsOf[event.kind], 'audit');
      return;
    case 'presence':
      notePresent(event.kind, event.id, event.people);
      return;
    case 'refetch':
      void refreshAll();
      return;
    case 'ended':
      close();
      if (event.reason === 'session') void askToSignInAgain().then((again) => (again ? listen() : undefined));
      else if (event.reason === 'server') openAgain = setTimeout(listen, 1_000);
      else document.addEventListener('visibilitychange', listen, { once: true });
  }
};

/** Listens to what changes, as long as somebody is signed in. The browser reconnects by itself after a cut line. */
export const listen = (): void => {
  close();
  // What changed after the first answers on the screen, or after the stream before it stopped, is asked for again.
  const after = knownUntil();
  const query = after === null ? '' : `?after=${encodeURIComponent(after)}`;
  const made = new EventSource(`${liveRoutes.openLive.path}${query}`);
  made.addEventListener('message', ({ data, lastEventId }: MessageEvent<string>) => {
    heard(lastEventId);
    const parsed = liveEvent.safeParse(JSON.parse(data));
    if (parsed.success) onEvent(parsed.data);
  });
  made.addEventListener('error', () => {
    // Whoever only reads or types asks for nothing: the stream is the first to know.
    void connectionDoubted();
    // Closed for good: an answer that is no stream (a restart behind a proxy, an ended session).
    if (made.readyState === EventSource.CLOSED) openAgain = setTimeout(listen, 5_000);
  });
  stream = made;
};

export const stopListening = close;
