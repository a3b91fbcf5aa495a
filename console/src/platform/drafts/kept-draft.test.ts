import { describe, expect, it } from 'vitest';
import { type KeptDraft, keepDraft } from './kept-draft.ts';

const day = 86_400_000;
const form = 'campaign/1';

const openBrowser = () => {
  const entries = new Map<string, string>();
  let time = 0;
  const storage = {
    getItem: (name: string) => entries.get(name) ?? null,
    setItem: (name: string, value: string) => void entries.set(name, value),
    removeItem: (name: string) => void entries.delete(name),
    key: (at: number) => [...entries.keys()][at] ?? null,
    get length() {
      return entries.size;
    },
  };
  return {
    storage,
    entries,
    /** A tab that loads the page of the form, or loads it again. */
    load: (tab = 'one', from: typeof storage = storage): KeptDraft<string> =>
      keepDraft({ storage: from, form, tab, now: () => time }),
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
    const [first, second] = [load('one'), load('two')];
    type(second, 'typed in the second tab');
    type(first, 'typed in the first tab');
    first.forget();
    expect(load('two').found).toBe('typed in the second tab');
  });

  it('come back as they were in this tab, however late another one kept its own', () => {
    const { load, wait } = openBrowser();
    type(load('one'), 'typed in the first tab');
    wait(1_000);
    type(load('two'), 'typed in the second tab');
    expect(load('one').found).toBe('typed in the first tab');
    expect(load('three').found).toBe('typed in the second tab');
  });

  it('are another tab’s to take over and forget, unless they were typed on since', () => {
    const { load, wait } = openBrowser();
    const first = load('one');
    type(first, 'left by a tab that was closed');
    load('two').forget();
    expect(load('three').found).toBeUndefined();
    type(first, 'half a');
    const third = load('three');
    wait(1_000);
    type(first, 'half a sentence');
    third.forget();
    expect(load('one').found).toBe('half a sentence');
  });

  it('are written again when another tab has taken the draft over and forgotten it', () => {
    const { load } = openBrowser();
    const first = load('one');
    type(first, 'typed in the first tab');
    load('two').forget();
    first.flush();
    expect(load('one').found).toBe('typed in the first tab');
  });

  it('of one form are not those of another whose name begins the same', () => {
    const { load, storage } = openBrowser();
    type(keepDraft({ storage, form: `${form}/verdict`, tab: 'one', now: () => 0 }), 'a comment');
    load('one').forget();
    expect(load('one').found).toBeUndefined();
    expect(keepDraft({ storage, form: `${form}/verdict`, tab: 'one', now: () => 0 }).found).toBe('a comment');
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
    const { load, wait, storage, entries } = openBrowser();
    type(load('one'), 'long ago');
    wait(29 * day);
    expect(load('two').found).toBe('long ago');
    wait(day);
    storage.setItem(`${form}#three`, '{"at":');
    expect(load('two').found).toBeUndefined();
    expect(entries.size).toBe(0);
  });

  it('can be typed on when the browser’s store is full', () => {
    const { load, storage } = openBrowser();
    const full = load('one', {
      ...storage,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    expect(() => type(full, 'more than fits')).not.toThrow();
    expect(full.isHeld()).toBe(true);
  });
});
