import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begin, type History, record, redo, undo } from './history.ts';

describe('going back and forth', () => {
  it('counts what is typed into one field as one step', () => {
    let history = begin('');
    for (const text of ['a', 'ab', 'abc']) history = record(history, text, 'name');
    history = record(history, 'abc!', 'other');
    expect(undo(history).present).toBe('abc');
    expect(undo(undo(history)).present).toBe('');
    expect(redo(undo(undo(history))).present).toBe('abc');
  });

  it('begins a new step after one went back', () => {
    const typed = record(begin(''), 'a', 'name');
    const back = undo(record(typed, 'b', 'other'));
    expect(undo(record(back, 'ab', 'name')).present).toBe('a');
  });

  it('comes back to where it was, whatever was done', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(9)), { maxLength: 40 }), fc.nat(40), (acts, steps) => {
        let history: History<number> = begin(-1);
        for (const act of acts) history = act === null ? undo(history) : record(history, act);
        const before = history.present;
        const possible = Math.min(steps, history.past.length);
        for (let i = 0; i < possible; i += 1) history = undo(history);
        for (let i = 0; i < possible; i += 1) history = redo(history);
        expect(history.present).toBe(before);
      }),
    );
  });
});
