import { describe, expect, it } from 'vitest';
import { type KeptDraft, keepDraft } from './kept-draft.ts';

const day = 86_400_000;
const key = 'campaign/1';

const openBrowser = () => {
  const entries = new Map<string, string>();
  let time = 0;
  let pages = 0;
  const storage = {
    getItem: (name: string) => entries.get(name) ?? null,
    setItem: (name: string, value: string) => void entries.set(name, value),
    removeItem: (name: string) => void entries.delete(name),
  };
  /** A tab that loads the page of the form, or loads it again. */
  const load = (from: typeof storage = storage): KeptDraft<string> => {
    pages += 1;
    return keepDraft({ storage: from, key, page: `page ${pages}`, now: () => time });
  };
  return {
    storage,
    load,
    entries,
    wait: (ms: number): void => {
      time += ms;
    },
  };
};

const type = (draft: KeptDraft<string>, words: string): void => {
  draft.hold(words);
  draft.flush();
};

describe('words that are typed and not saved', () => {
  it('are there after a reload', () => {
    const { load } = openBrowser();
    type(load(), 'half a sentence');
    expect(load().found).toBe('half a sentence');
  });

  it('are forgotten when they are saved, also by the page that took them over', () => {
    const { load } = openBrowser();
    const first = load();
    type(first, 'saved at once');
    first.forget();
    expect(load().found).toBeUndefined();
    type(load(), 'saved after a reload');
    load().forget();
    expect(load().found).toBeUndefined();
  });

  it('stay when another tab saves its own and forgets: the one that reloads has them nowhere else', () => {
    const { load } = openBrowser();
    const [first, second] = [load(), load()];
    type(first, 'typed in the first tab');
    type(second, 'typed in the second tab');
    first.forget();
    expect(load().found).toBe('typed in the second tab');
  });

  it('are written again when another tab has taken the draft over and forgotten it', () => {
    const { load } = openBrowser();
    const first = load();
    type(first, 'typed in the first tab');
    load().forget();
    first.flush();
    expect(load().found).toBe('typed in the first tab');
  });

  it('are held until they are forgotten, and not written after that', () => {
    const { load, entries } = openBrowser();
    const draft = load();
    expect(draft.isHeld()).toBe(false);
    draft.hold('typed');
    expect(draft.isHeld()).toBe(true);
    draft.forget();
    draft.flush();
    expect(draft.isHeld()).toBe(false);
    expect(entries.size).toBe(0);
  });

  it('are dropped after a month, and when they cannot be read', () => {
    const { load, wait, storage } = openBrowser();
    type(load(), 'long ago');
    wait(29 * day);
    expect(load().found).toBe('long ago');
    wait(day);
    expect(load().found).toBeUndefined();
    storage.setItem(key, '{"at":');
    expect(load().found).toBeUndefined();
  });

  it('can be typed on when the browser’s store is full', () => {
    const { load, storage } = openBrowser();
    const full = load({
      ...storage,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    expect(() => type(full, 'more than fits')).not.toThrow();
    expect(full.isHeld()).toBe(true);
  });
});
