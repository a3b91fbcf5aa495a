import { describe, expect, it } from 'vitest';
import { parkTab } from './park-tab.ts';

const openTab = (entries = new Map<string, string>()) => {
  const storage = {
    getItem: (name: string) => entries.get(name) ?? null,
    setItem: (name: string, value: string) => void entries.set(name, value),
    removeItem: (name: string) => void entries.delete(name),
    key: () => null,
    length: 0,
  };
  let ids = 0;
  const load = (from = storage) => {
    const page = new EventTarget() as unknown as Window;
    ids += 1;
    const tab = parkTab({ storage: from, page, newId: () => `tab ${ids} of ${entries.size}` });
    return {
      tab,
      hide: () => page.dispatchEvent(new Event('pagehide')),
      show: () => page.dispatchEvent(new Event('pageshow')),
    };
  };
  return { load, storage, duplicate: () => openTab(new Map([...entries, ['copied', 'yes']])) };
};

describe('a tab', () => {
  it('is the same over a reload', () => {
    const { load } = openTab();
    const first = load();
    first.hide();
    const second = load();
    second.hide();
    expect(load().tab).toBe(first.tab);
    expect(second.tab).toBe(first.tab);
  });

  it('is not its duplicate, which the browser gives a copy of its store', () => {
    const { load, duplicate } = openTab();
    const first = load();
    expect(duplicate().load().tab).not.toBe(first.tab);
    // Nor after somebody went away and came back by the browser's memory.
    first.hide();
    first.show();
    expect(duplicate().load().tab).not.toBe(first.tab);
  });

  it('is one also where nothing can be kept', () => {
    const { load, storage } = openTab();
    const full = load({
      ...storage,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    expect(() => full.hide()).not.toThrow();
    expect(load().tab).not.toBe(full.tab);
  });
});
