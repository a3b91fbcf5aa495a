import { describe, expect, it } from 'vitest';
import { createSlots } from './slots.ts';

describe('slots', () => {
  it('lets so many in at a time, and the others in the order asked', async () => {
    const slots = createSlots(2);
    const entered: number[] = [];
    const enter = async (guest: number): Promise<void> => {
      await slots.acquire();
      entered.push(guest);
    };
    const everybody = [1, 2, 3, 4].map(enter);
    await Promise.all(everybody.slice(0, 2));
    expect(entered).toEqual([1, 2]);
    slots.release();
    await everybody[2];
    expect(entered).toEqual([1, 2, 3]);
    slots.release();
    await everybody[3];
    expect(entered).toEqual([1, 2, 3, 4]);
  });

  it('hands a slot over to whoever waits, so that nobody slips in between', async () => {
    const slots = createSlots(1);
    await slots.acquire();
    const waited = slots.acquire();
    slots.release();
    let slipped = false;
    void slots.acquire().then(() => {
      slipped = true;
    });
    await waited;
    expect(slipped).toBe(false);
  });
});
